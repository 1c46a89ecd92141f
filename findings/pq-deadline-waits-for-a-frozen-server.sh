#!/usr/bin/env bash
# A context's deadline does not end a statement of lib/pq at a server that hangs
#
# One would guess: QueryContext with a deadline of a second returns about a second later, whatever the server does; that is what the
#   context is for.
# What happens: while the server works, the deadline holds, for the server answers a cancel request. While the server hangs (stopped, its
#   machine frozen, its disk not answering) its kernel still takes connections, so the cancel request is sent and nobody answers; lib/pq goes on
#   waiting for the statement's own answer, and the call returns when the server does, here after four seconds instead of one.
# Version: github.com/lib/pq v1.12.3 with Debian's PostgreSQL, whose processes are stopped for four seconds.
# Source: this run.
# Why it matters here: every request waits in a statement, so a hung database would have held all of them for ever in spite of deadlines.
#   verifier/program/lifeline looks for a sign of life on a connection of its own and closes the silent ones.
set -euo pipefail
initdb=$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -1)
[ -n "$initdb" ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null; initdb=$(ls /usr/lib/postgresql/*/bin/initdb | tail -1); }
bin=$(dirname "$initdb")
work=$(mktemp -d)
as() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
trap 'as "$bin/pg_ctl" -D "$work/db" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
[ "$(id -u)" -ne 0 ] || chown postgres "$work"
chmod 755 "$work"
as "$bin/initdb" -D "$work/db" -A trust -U postgres >/dev/null
as "$bin/pg_ctl" -D "$work/db" -w -o "-k $work -c listen_addresses=" -l "$work/db.log" start >/dev/null
mkdir "$work/code"
cd "$work/code"
cat > main.go <<'GO'
package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"

	_ "github.com/lib/pq"
)

func main() {
	postmaster, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	db, err := sql.Open("postgres", "postgres://postgres@/postgres?sslmode=disable&host="+os.Args[1])
	if err != nil {
		panic(err)
	}
	db.SetMaxOpenConns(1)
	var backend int
	if err := db.QueryRow(`select pg_backend_pid()`).Scan(&backend); err != nil {
		panic(err)
	}
	fmt.Println("a server that works: the deadline of a second holds:", took(db, `select pg_sleep(4)`) < 2*time.Second)

	if err := db.QueryRow(`select pg_backend_pid()`).Scan(&backend); err != nil { // another one, where the first was given up
		panic(err)
	}
	for _, pid := range []int{postmaster, backend} {
		if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
			panic(err)
		}
	}
	time.AfterFunc(4*time.Second, func() {
		_ = syscall.Kill(postmaster, syscall.SIGCONT)
		_ = syscall.Kill(backend, syscall.SIGCONT)
	})
	fmt.Println("a server that hangs for four: the deadline of a second holds:", took(db, `select 1`) < 2*time.Second)
}

// took is how long a statement with a deadline of a second takes.
func took(db *sql.DB, statement string) time.Duration {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	began := time.Now()
	_, _ = db.ExecContext(ctx, statement)
	return time.Since(began)
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/lib/pq@v1.12.3 >/dev/null 2>&1
go list -m github.com/lib/pq
"$bin/postgres" --version
seen=$(go run . "$work" "$(head -1 "$work/db/postmaster.pid")")
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED' || { echo "this has changed"; exit 1; }
a server that works: the deadline of a second holds: true
a server that hangs for four: the deadline of a second holds: false
EXPECTED
