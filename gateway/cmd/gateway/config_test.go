package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is not set, or wrong, is named, and no secret is quoted.
func TestSettingsThatAreWrongAreNamed(t *testing.T) {
	for setting, c := range map[string]struct {
		config config
		read   func(config) error
	}{
		"TOUCHSTONE_PROFILE":          {config{}, func(c config) error { _, err := c.profile(); return err }},
		"TOUCHSTONE_WALLET_KEY_FILE":  {config{WalletKey: "secret"}, func(c config) error { _, err := c.walletKey(); return err }},
		"TOUCHSTONE_MASTER_KEYS_FILE": {config{MasterKeys: "1:secret"}, func(c config) error { _, err := c.keyring(); return err }},
	} {
		err := c.read(c.config)
		if err == nil || !strings.Contains(err.Error(), setting) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", setting, err)
		}
		if !strings.Contains(manual(), setting) {
			t.Errorf("the manual does not name %s", setting)
		}
	}
}

func TestASecretIsItsOwnersAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	for _, content := range []string{"first\n", "second\n"} {
		if err := writeSecret(file, content); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(file)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v %v", info.Mode(), err)
		}
		if got, _ := os.ReadFile(file); string(got) != content {
			t.Errorf("%q, want %q", got, content)
		}
	}
}
