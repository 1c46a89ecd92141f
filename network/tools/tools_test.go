package tools

import (
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestInstalledTakesAFolderThatHasEverything(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"peer", "orderer", "cryptogen", "configtxgen", "discover"} {
		program(t, dir, name)
	}
	_, err := Installed(dir)
	if err == nil || !strings.Contains(err.Error(), "fabric-ca-server") ||
		!strings.Contains(err.Error(), "FABRIC_BIN="+dir) {
		t.Errorf("without fabric-ca-server: got %v", err)
	}
	program(t, dir, "fabric-ca-server")
	bin, err := Installed(dir)
	if err != nil || bin["peer"] != filepath.Join(dir, "peer") {
		t.Errorf("got %v, %v", bin, err)
	}
}

func TestAFolderThatLacksACommandIsNotComplete(t *testing.T) {
	dir := t.TempDir()
	commands := []string{"example.org/cmd/peer", "example.org/cmd/orderer"}
	program(t, dir, "peer")
	if complete(dir, commands) {
		t.Error("complete without orderer")
	}
	program(t, dir, "orderer")
	if !complete(dir, commands) {
		t.Error("not complete with both")
	}
}

// The versions are written twice, in the module files and in the names that
// people know; this is where they are held together.
func TestModulesPinWhatTheySay(t *testing.T) {
	want := map[string]string{
		"fabric":   "v1.4.0-rc1.0.20250510200036-435a7f1a780a", // the commit of release 3.1.1
		"fabricca": "v1.5.15",
	}
	for _, m := range modules {
		version, commands, err := pinned(t.Context(), m.folder, m.pinned)
		if err != nil || version != want[m.folder] || len(commands) == 0 {
			t.Errorf("%s: got %s with %v, %v", m.folder, version, commands, err)
		}
	}
}

func TestBuiltProgramsRunAndSayTheirVersion(t *testing.T) {
	source, err := SourceRoot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	bin, err := Builder{Source: source, Log: slog.New(slog.DiscardHandler)}.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, release := range map[string]string{"peer": "3.1.1", "orderer": "3.1.1", "fabric-ca-server": "1.5.15"} {
		out, err := exec.Command(bin[name], "version").CombinedOutput()
		if err != nil || !strings.Contains(string(out), release) {
			t.Errorf("%s version: %s, %v", name, out, err)
		}
	}
}

func TestFollowCountsPackagesAndKeepsComplaints(t *testing.T) {
	var counted counter
	said := follow(
		strings.NewReader("crypto/sha256\n# example.org/broken\nbroken.go:3:1: syntax error\nnet/http\n"), &counted,
	)
	if counted != 2 || lastLine(said) != "broken.go:3:1: syntax error" {
		t.Errorf("counted %d, kept %q", counted, said)
	}
}

type counter int

func (c *counter) step() { *c++ }
func (c *counter) done() {}

func program(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
}
