# Everything a user or developer does. `make up` runs the system, `make test` tests it.
GO ?= go
export GOFLAGS += -buildvcs=false

.PHONY: up console test lint bench clean status generate fuzz vendor

up:
	$(GO) run ./network/cmd/touchstone up $(ARGS)

# The console, again where its source has changed; prints the folder for TOUCHSTONE_CONSOLE. `make up` does it too.
console:
	$(GO) run ./network/cmd/touchstone console

status:
	$(GO) run ./network/cmd/touchstone status $(ARGS)

clean:
	$(GO) run ./network/cmd/touchstone clean $(ARGS)

# Two packages at a time: several of them start a Fabric network of their own.
# Without the right to install, tests that lack a program are skipped and say so.
test:
	@.ci/install || true
	$(GO) run ./network/cmd/touchstone build
	$(GO) test -p 2 -timeout 80m ./...

# An auditor's check of a lot of ten thousand events. Scans a second, beside Postgres and against one INSERT each. Then
# clone detection: time per decision and line, tables and a picture against the simple rules.
bench:
	$(GO) test -run '^$$' -bench Verdicts -benchtime 1x -timeout 30m ./network/e2e
	$(GO) test -run '^$$' -bench History -benchtime 1x -timeout 30m ./verifier/rules/history
	$(GO) test -run '^$$' -bench ScanLoad -benchtime 1x -timeout 30m ./verifier/internal/web
	mkdir -p .touchstone
	$(GO) test -run '^$$' -bench . ./verifier/rules/scanrisk/...
	$(GO) run ./verifier/cmd/scanbench --svg .touchstone/scanbench.svg

lint:
	test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet ./...
	$(GO) tool -modfile=.ci/lint/go.mod golangci-lint run ./...

generate:
	$(GO) generate ./...

# The code reader of /scan, again from its npm packages.
vendor:
	verifier/internal/web/page/assets/vendor/fetch

# Each fuzz target for FUZZTIME; the seeds run in `make test`.
FUZZTIME ?= 20s
fuzz:
	.ci/fuzz $(FUZZTIME)
