package e2e

import "testing"

// What needs somebody today leads to where it is done: recalls, inspections,
// complaints, messages, webhooks.
func TestConsoleCare(t *testing.T) { consoleJourney(t, "care", nil) }
