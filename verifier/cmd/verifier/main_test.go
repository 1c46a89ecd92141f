package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

func TestMain(m *testing.M) { os.Exit(verifiertest.Main(m)) }

// configure sets a whole configuration, with the test's changes on top, and
// gives the address that will be served.
func configure(t *testing.T, changes map[string]string) string {
	t.Helper()
	secret := func(name, content string) string {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	settings := map[string]string{
		"TOUCHSTONE_LISTEN":           address,
		"TOUCHSTONE_METRICS_LISTEN":   "127.0.0.1:0",
		"TOUCHSTONE_DATABASE_URL":     "postgres://nobody@127.0.0.1:1/none?sslmode=disable",
		"TOUCHSTONE_MASTER_KEYS_FILE": secret("keys", verifiertest.MasterKeys+"\n"),
		"TOUCHSTONE_SCAN_SECRET_FILE": secret("scan", strings.Repeat("s", 32)+"\n"),
		"TOUCHSTONE_LABEL_HOST":       "trace.example.com",
		"TOUCHSTONE_LOG_LEVEL":        "error",
	}
	for name, value := range changes {
		settings[name] = value
		if content, isSecret := strings.CutPrefix(value, "secret:"); isSecret {
			settings[name] = secret("changed", content)
		}
	}
	for name, value := range settings {
		t.Setenv(name, value)
	}
	return "http://" + address
}

// serve runs the verifier until the test ends, and waits until it is healthy.
func serve(t *testing.T, address string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- run(ctx, nil) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	waitFor(t, address+"/healthz")
}

func waitFor(t *testing.T, address string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		response, err := http.Get(address)
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s: not in time: %v", address, err)
		}
	}
}

func verdictAt(t *testing.T, address string) (int, verdict.Answer) {
	t.Helper()
	request, _ := http.NewRequest(http.MethodGet, address, nil)
	request.Header.Set("Accept", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var a verdict.Answer
	if err := json.NewDecoder(response.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, a
}

func TestServe(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	address := configure(t, map[string]string{"TOUCHSTONE_DATABASE_URL": w.URL, "TOUCHSTONE_SIGNATURES_MAX_AGE": "off"})
	serve(t, address)
	waitFor(t, address+"/readyz")
	if status, a := verdictAt(t, address+path); status != http.StatusOK || a.Verdict != verdict.Genuine {
		t.Errorf("%d %+v", status, a)
	}
}

// Where nobody can be asked to sign, nothing is genuine, and it takes a setting to have it otherwise.
func TestNothingIsGenuineWithoutSignatures(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	address := configure(t, map[string]string{"TOUCHSTONE_DATABASE_URL": w.URL})
	serve(t, address)
	waitFor(t, address+"/readyz")
	status, a := verdictAt(t, address+path)
	if last := a.Checks[len(a.Checks)-1]; status != http.StatusServiceUnavailable || a.Verdict != verdict.Unavailable ||
		last.Reason != verdict.SignaturesMissing {
		t.Errorf("%d %+v", status, a)
	}
}

// Without Postgres it runs, says that it cannot tell, and still knows a code that is not whole.
func TestServeWithoutPostgres(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).Path(7)
	address := configure(t, nil)
	serve(t, address)
	if status, a := verdictAt(t, address+path); status != http.StatusServiceUnavailable ||
		a.Verdict != verdict.Unavailable {
		t.Errorf("%d %+v", status, a)
	}
	if status, a := verdictAt(t, address+"/01/x"); status != http.StatusOK || a.Verdict != verdict.Unavailable ||
		a.Checks[0].Reason != verdict.CodeCutShort {
		t.Errorf("%d %+v", status, a)
	}
}

// What is wrong with the configuration is said with the variable's name, and without its secrets.
func TestBadConfiguration(t *testing.T) {
	for name, value := range map[string]string{
		"TOUCHSTONE_DATABASE_URL":     "postgres://u:hunter2@h/d",
		"TOUCHSTONE_MASTER_KEYS_FILE": "secret:1:hunter2",
		"TOUCHSTONE_SCAN_SECRET_FILE": "secret:hunter2",
		"TOUCHSTONE_LABEL_HOST":       "",
		"TOUCHSTONE_MAX_STALENESS":    "-1s",

		"TOUCHSTONE_SIGNATURES_MAX_AGE": "soon",
		"TOUCHSTONE_TRUSTED_PROXIES":    "10.0.0.1",
		"TOUCHSTONE_PLACE_HEADER":       "X-City",
		"TOUCHSTONE_PROFILE":            "/nowhere/profile.json",
		"TOUCHSTONE_LISTEN":             "nowhere:port",
		"TOUCHSTONE_METRICS_LISTEN":     "nowhere:port",
	} {
		t.Run(name, func(t *testing.T) {
			configure(t, map[string]string{name: value})
			ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
			defer cancel()
			err := run(ctx, nil)
			if err == nil || !strings.Contains(err.Error(), name) || strings.Contains(fmt.Sprint(err), "hunter2") {
				t.Errorf("%v", err)
			}
		})
	}
}
