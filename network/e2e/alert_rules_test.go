package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every alert is about numbers that the running programs give, and has a
// runbook of its name; there is no runbook for an alert that is gone.
func TestAlertsHaveTheirNumbersAndRunbooks(t *testing.T) {
	rules, err := os.ReadFile(filepath.Join(root(), "docs", "alerts.yml"))
	if err != nil {
		t.Fatal(err)
	}
	verdict(t, units(t, newBatch(t, "ALERTS", 1), "ALERTS", 0, 1)[0].uri) // so that what counts events has one
	numbers := ""
	for _, program := range []string{"GATEWAY", "VERIFIER", "MONITOR"} {
		numbers += string(request(t, http.MethodGet, touchstone.env["TOUCHSTONE_"+program+"_METRICS"], "", nil).raw)
	}
	names := regexp.MustCompile(`touchstone_[a-z_]+`).FindAllString(string(rules), -1)
	for _, name := range names {
		if !regexp.MustCompile(`(?m)^# TYPE ` + name + ` `).MatchString(numbers) {
			t.Errorf("an alert asks for %s, which no program gives", name)
		}
	}
	alerts := regexp.MustCompile(`(?m)- alert: (\w+)$`).FindAllStringSubmatch(string(rules), -1)
	runbooks, err := filepath.Glob(filepath.Join(root(), "docs", "runbooks", "*.md"))
	if err != nil || len(alerts) == 0 || len(names) < len(alerts) || len(runbooks) != len(alerts) {
		t.Errorf("%d alerts, %d numbers, %d runbooks, %v", len(alerts), len(names), len(runbooks), err)
	}
	for _, alert := range alerts {
		text, err := os.ReadFile(filepath.Join(root(), "docs", "runbooks", alert[1]+".md"))
		if err != nil || len(strings.Fields(string(text))) < 20 {
			t.Errorf("no runbook for %s: %v", alert[1], err)
		}
	}
}

// Prometheus finds our rules, and the numbers where the programs serve them by default.
func TestPrometheusLooksWhereTheNumbersAre(t *testing.T) {
	text := func(file string) string {
		content, err := os.ReadFile(filepath.Join(root(), file))
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	settings := text("docs/prometheus.yml")
	if !strings.Contains(settings, "rule_files: [alerts.yml]") {
		t.Error("the rules are not read")
	}
	listen := regexp.MustCompile(`TOUCHSTONE_METRICS_LISTEN" envDefault:"([^"]+)"`)
	for job, file := range map[string]string{"gateway": "gateway/cmd/gateway/config.go", "verifier": "verifier/cmd/verifier/config.go", "monitor": "gateway/cmd/auditor/config.go"} {
		address := listen.FindStringSubmatch(text(file))
		target := regexp.MustCompile(`job_name: ` + job + `\s+static_configs: \[\{targets: \["([^"]+)"\]`).
			FindStringSubmatch(settings)
		if address == nil || target == nil || target[1] != address[1] {
			t.Errorf("the %s serves at %v, and %v is asked", job, address, target)
		}
	}
}
