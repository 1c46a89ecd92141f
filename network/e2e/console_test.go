package e2e

import (
	"maps"
	"testing"
)

// consoleRoles are those that the demo has accounts of.
var consoleRoles = []string{"platform", "producer", "seller", "distributor", "inspector", "auditor"}

// consoleJourney drives the console in a browser: browser/console/NAME.test.mjs,
// which finds the gateway's address, the roles' keys and what else it needs in CASES.
func consoleJourney(t *testing.T, name string, more object) {
	t.Helper()
	keys := object{}
	for _, role := range consoleRoles {
		keys[role] = touchstone.as(role).key
	}
	cases := object{"gateway": touchstone.gateway, "verifier": touchstone.verify, "keys": keys}
	maps.Copy(cases, more)
	runScript(t, "console/"+name+".test.mjs", cases)
}

// The frame around every page, for every role.
func TestConsoleShell(t *testing.T) { consoleJourney(t, "shell", nil) }

// Every page that there is, in both languages.
func TestConsoleEveryPage(t *testing.T) { consoleJourney(t, "everypage", nil) }

// Every form, whose session ends while it is sent.
func TestConsoleInterrupted(t *testing.T) { consoleJourney(t, "interrupted", nil) }
