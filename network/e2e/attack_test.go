package e2e

import (
	"os"
	"os/exec"
	"testing"
)

// The running system withstands every attack that there is.
func TestAttacks(t *testing.T) {
	newBatch(t, "ATTACK", 5000)
	cmd := exec.Command(
		"go", "run", "./network/e2e/attack", "--gateway", touchstone.gateway, "--verifier", touchstone.verify,
		"--gateway-metrics", touchstone.env["TOUCHSTONE_GATEWAY_METRICS"], "--verifier-metrics",
		touchstone.env["TOUCHSTONE_VERIFIER_METRICS"],
	)
	cmd.Dir = root()
	cmd.Env = append(
		os.Environ(),
		"TOUCHSTONE_KEY_PRODUCER="+touchstone.env["TOUCHSTONE_KEY_PRODUCER"],
		"TOUCHSTONE_KEY_OTHER="+otherBrand(t).key,
	)
	out, err := cmd.CombinedOutput()
	t.Logf("\n%s", out)
	if err != nil {
		t.Error(err)
	}
}
