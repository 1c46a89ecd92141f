package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// A new system has a key for serials and one for PINs, and verifiers get the first. A system of before keeps its key
// for what was printed, and gets two for what is to come. A second time changes nothing.
func TestKeysOfCodes(t *testing.T) {
	one := "1:" + strings.Repeat("0a", 32) + ":lettered"
	retired := "4:" + strings.Repeat("0b", 32) + "+" + strings.Repeat("0c", 32) + ":retired," + one
	for name, c := range map[string]struct {
		before  string
		current uint32
	}{"new": {"", 1}, "of one key": {one, 2}, "whose two keys are retired": {retired, 5}} {
		folder := t.TempDir()
		k := codeKeysCommand{
			Keys:     filepath.Join(folder, "master.keys"),
			Checking: filepath.Join(folder, "checking.keys"),
		}
		if c.before != "" {
			if err := os.WriteFile(k.Keys, []byte(c.before+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		made, checks := run(t, k)
		all, err := seal.ParseEpochs(made)
		if err != nil || !strings.HasPrefix(made, c.before) {
			t.Fatalf("%s: what was there is not kept: %v", name, err)
		}
		newest := all[len(all)-1]
		if ring, err := seal.NewKeyring(
			all...); err != nil || ring.Current() != c.current || newest.Number != c.current ||
			!newest.Split() ||
			!newest.Lettered {
			t.Errorf("%s: %v, %v", name, newest, err)
		}
		if want, err := seal.CheckingForm(made); err != nil || checks != want || strings.Contains(checks, "+") {
			t.Errorf("%s: verifiers get %d characters: %v", name, len(checks), err)
		}
		if again, _ := run(t, k); again != made {
			t.Errorf("%s: a second time changes the keys", name)
		}
	}
}

func run(t *testing.T, k codeKeysCommand) (made, checks string) {
	t.Helper()
	if err := k.Run(); err != nil {
		t.Fatal(err)
	}
	read := func(file string) string {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", filepath.Base(file), info.Mode(), err)
		}
		return strings.TrimSpace(string(content))
	}
	return read(k.Keys), read(k.Checking)
}

// Keys that cannot be read are left as they are.
func TestBrokenKeysOfCodesAreKept(t *testing.T) {
	k := codeKeysCommand{
		Keys:     filepath.Join(t.TempDir(), "master.keys"),
		Checking: filepath.Join(t.TempDir(), "checking.keys"),
	}
	if err := os.WriteFile(k.Keys, []byte("1:hunter2"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := k.Run(); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("%v", err)
	}
	if content, _ := os.ReadFile(k.Keys); string(content) != "1:hunter2" {
		t.Error("the file is replaced")
	}
}
