package e2e

import "testing"

// Who gets in, by what, what he then sees, and who does not get in, or no longer.
func TestConsoleAccess(t *testing.T) { consoleJourney(t, "access", nil) }
