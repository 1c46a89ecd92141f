package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"strings"

	"github.com/touchstone-trace/touchstone/merchant-portal/demo"
)

// demoRoles are the roles that have a demo account besides the platform's own.
var demoRoles = []string{"producer", "seller", "distributor", "inspector", "auditor"}

// loadDemo fills a new system once. The mark is left when all of it is there,
// so an interrupted load goes on at the next start, and a finished one is
// never repeated.
func (s services) loadDemo(ctx context.Context) (demo.Loader, error) {
	platform, err := readSecret(s.secrets.platformKey())
	if err != nil {
		return demo.Loader{}, err
	}
	loader := demo.Loader{
		Gateway:     s.gatewayURL(),
		Verifier:    s.verifierURL(),
		PlatformKey: platform,
		Keys:        demoKeys(s.secrets),
		ImportScans: s.importScans,
	}
	if s.demoLoaded() {
		return loader, nil
	}
	if err := loader.Load(ctx); err != nil {
		return loader, fmt.Errorf("load the demo data: %w", err)
	}
	return loader, os.WriteFile(s.network.State.DemoLoaded(), nil, 0o600)
}

func (s services) demoLoaded() bool {
	_, err := os.Stat(s.network.State.DemoLoaded())
	return err == nil
}

// importScans does what an operator does with a log of scans from before.
func (s services) importScans(ctx context.Context, csv []byte) error {
	cmd := exec.CommandContext(ctx, s.program("verifier"), "import-scans")
	cmd.Env, cmd.Stdin = s.verifierEnvironment(), bytes.NewReader(csv)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// demoKeys keeps the keys of demo accounts among the secrets.
type demoKeys secrets

// Load reads a key.
func (k demoKeys) Load(role string) (string, bool, error) {
	key, err := readSecret(secrets(k).demoKey(role))
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	return key, err == nil, err
}

// Save writes a key down.
func (k demoKeys) Save(role, key string) error {
	return writeSecret(secrets(k).demoKey(role), key+"\n")
}

func readSecret(file string) (string, error) {
	content, err := os.ReadFile(file)
	return strings.TrimSpace(string(content)), err
}

// writeDemoEnv says in shell syntax how to reach the running system: one plain
// assignment a line, for programs that read the file themselves, and last the
// export of them all, for a shell.
func (s services) writeDemoEnv(loader demo.Loader) error {
	gatewayNumbers, verifierNumbers := s.numbersURLs()
	settings := [][2]string{
		{"TOUCHSTONE_GATEWAY_METRICS", gatewayNumbers},
		{"TOUCHSTONE_VERIFIER_METRICS", verifierNumbers},
		{"TOUCHSTONE_MONITOR_METRICS", s.monitorNumbersURL()},
		{"TOUCHSTONE_GATEWAY", s.gatewayURL()},
		{"TOUCHSTONE_VERIFIER", s.verifierURL()},
		{"TOUCHSTONE_DATABASE_URL", s.databases.administrator},
		{"TOUCHSTONE_KEY_PLATFORM", loader.PlatformKey},
	}
	for _, role := range demoRoles {
		key, found, err := loader.Keys.Load(role)
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("no key of the demo %s", role)
		}
		settings = append(settings, [2]string{"TOUCHSTONE_KEY_" + strings.ToUpper(role), key})
	}
	if key, found, err := loader.Keys.Load(demo.Creator); err != nil {
		return err
	} else if found { // demo data of an earlier version has none
		settings = append(settings, [2]string{"TOUCHSTONE_KEY_CREATOR", key})
	}
	return writeSettings(s.network.State.DemoEnv(), settings)
}

// writeSettings writes one plain assignment a line, and last the export of them all.
func writeSettings(file string, settings [][2]string) error {
	var lines, names strings.Builder
	for _, x := range settings {
		fmt.Fprintf(&lines, "%s=%s\n", x[0], quoted(x[1]))
		names.WriteString(" " + x[0])
	}
	return writeSecret(file, lines.String()+"export"+names.String()+"\n")
}

// plain is what a shell takes as it stands.
var plain = regexp.MustCompile(`^[A-Za-z0-9_@%+=:,./?-]+$`)

func quoted(value string) string {
	if plain.MatchString(value) {
		return value
	}
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}

// welcome prints where everything is. Keys stay in their file. What the demo's
// accounts do not show any more is left out.
func (s services) welcome(ctx context.Context, loader demo.Loader) {
	samples, err := loader.Samples(ctx)
	if err != nil {
		s.log.Warn("no codes to show: the demo's producer cannot be asked any more", "error", err)
	}
	env := s.network.State.DemoEnv()
	fmt.Printf(
		"\n试金石 Touchstone\n\n  console   %s   interface at /api/docs\n  verifier  %s\n",
		s.gatewayURL(),
		s.verifierURL(),
	)
	gatewayNumbers, verifierNumbers := s.numbersURLs()
	fmt.Printf(
		"  metrics   %s\n            %s\n            %s\n", gatewayNumbers, verifierNumbers, s.monitorNumbersURL(),
	)
	fmt.Printf("  accounts  platform, %s; their keys are in\n            %s\n", strings.Join(demoRoles, ", "), env)
	if len(samples) > 0 {
		fmt.Println("\nScan these:")
	}
	for _, x := range samples {
		fmt.Printf("  %-16s %s\n", x.Name, s.page(x.URI))
	}
	if badge, err := loader.Badge(ctx); err == nil && badge != "" {
		fmt.Printf("  %-16s %s\n", "a shop's badge", s.verifierURL()+badge)
	}
	fmt.Println()
}

// page is where a code leads on this machine, whatever host labels name.
func (s services) page(uri string) string {
	_, path, _ := strings.Cut(uri, "/01/")
	return s.verifierURL() + "/01/" + path
}
