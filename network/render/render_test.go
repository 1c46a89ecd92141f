package render

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/network/topology"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What is rendered is kept in testdata: everything for the default network, and
// for the others what depends on the orderers.
func TestFilesAreGolden(t *testing.T) {
	for _, c := range []struct {
		name     string
		orderers int
		only     []string
	}{
		{name: "raft1", orderers: 1},
		{name: "raft3", orderers: 3, only: []string{"channel", "crypto-config.yaml", "orderer3"}},
		{name: "bft4", orderers: 4, only: []string{"channel", "crypto-config.yaml", "orderer4"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := topology.Default().WithOrderers(c.orderers, "")
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range rendered(t, n, "/state/network") {
				name := strings.TrimPrefix(f.Path, "/state/network/")
				top, _, _ := strings.Cut(name, "/")
				if c.only == nil || slices.Contains(c.only, top) {
					compare(t, filepath.Join("testdata", c.name, name), f.Content)
				}
			}
		})
	}
}

func rendered(t *testing.T, n topology.Topology, at Folder) []File {
	t.Helper()
	files, err := Files(n, at, map[string]string{"platform": "p-secret", "producer": "q-secret", "auditor": "a-secret"})
	if err != nil {
		t.Fatal(err)
	}
	profile, err := ProfileFile(n, at)
	if err != nil {
		t.Fatal(err)
	}
	return append(files, profile)
}

func compare(t *testing.T, golden string, got []byte) {
	t.Helper()
	if *update {
		write(t, golden, string(got), 0o644)
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-golden +rendered); run with -update if that is meant:\n%s", golden, diff)
	}
}

func TestSecretsAreForTheOwnerOnly(t *testing.T) {
	for _, f := range rendered(t, topology.Default(), "/state/network") {
		if strings.Contains(string(f.Content), "-secret") && f.Mode.Perm()&0o077 != 0 {
			t.Errorf("%s has mode %s", f.Path, f.Mode)
		}
	}
	profile, err := ProfileFile(topology.Default(), "/state/network")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(profile.Content), "-secret") {
		t.Error("the connection profile holds a secret instead of the name of its file")
	}
}

func TestPackageIDDependsOnTheDefinitionOnly(t *testing.T) {
	id := func(c topology.Chaincode) string {
		packaged, err := ChaincodePackage(c)
		if err != nil {
			t.Fatal(err)
		}
		return PackageID(c, packaged)
	}
	c := topology.Default().Chaincode
	if first, second := id(c), id(c); first != second || !strings.HasPrefix(first, "touchstone_1:") {
		t.Errorf("got %s and %s", first, second)
	}
	other := c
	other.Version = "2"
	if id(c) == id(other) {
		t.Error("two versions have one id")
	}
}

// The builder's steps are programs; run them as a peer does.
func TestBuilderWritesTheAddressOfThePeersOwnChaincode(t *testing.T) {
	dir := t.TempDir()
	at := Folder(dir)
	for _, f := range builder(at) {
		write(t, f.Path, string(f.Content), f.Mode)
	}
	write(t, filepath.Join(dir, "source", "connection.json"), `{"address":"{{.address}}","tls_required":false}`, 0o600)
	write(t, filepath.Join(dir, "metadata", "metadata.json"), `{"type":"ccaas","label":"x"}`, 0o600)
	write(t, filepath.Join(dir, "other", "metadata.json"), `{"type":"golang","label":"x"}`, 0o600)
	for _, made := range []string{"output", "release"} {
		if err := os.Mkdir(filepath.Join(dir, made), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	step := func(env, name string, args ...string) error {
		cmd := exec.Command(filepath.Join(at.Builder(), "bin", name), args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG="+env)
		return cmd.Run()
	}
	const env = `{"address":"127.0.0.1:7080"}`
	if step(env, "detect", "source", "other") == nil {
		t.Error("detect takes chaincode that is no service")
	}
	for _, args := range [][]string{{"detect", "source", "metadata"}, {"build", "source", "metadata", "output"}, {"release", "output", "release"}} {
		if err := step(env, args[0], args[1:]...); err != nil {
			t.Fatalf("%s: %v", args[0], err)
		}
	}
	got, err := os.ReadFile(filepath.Join(dir, "release", "chaincode", "server", "connection.json"))
	if want := `{"address":"127.0.0.1:7080","tls_required":false}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	if step("", "release", "output", "release") == nil {
		t.Error("release goes on without an address")
	}
}

func write(t *testing.T, file, content string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
}
