package web_test

import (
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// The load: scans a second, for how long, of how many units.
const (
	loadRate  = 2000
	loadUnits = 20_000
)

var loadTime = flag.Duration("load", 30*time.Second, "how long BenchmarkScanLoad sends scans")

// BenchmarkScanLoad sends scans at a fixed rate, whatever is answered, to a
// verifier in a process of its own beside a Postgres that waits for its disk,
// then to the same verifier with a writer that runs one INSERT for each scan.
// Each scan comes from a phone and an address of its own, through a proxy. Where
// other work has the cores, look at the processor time that a scan takes.
func BenchmarkScanLoad(b *testing.B) {
	for _, c := range []struct {
		name string
		rate int
		run  func(b *testing.B, secret, databaseURL, listen string) *exec.Cmd
	}{
		{"batched", loadRate, verifierProcess},
		{"batched, twice the rate", 2 * loadRate, verifierProcess},
		{"one INSERT each", loadRate, rivalProcess},
		{"one INSERT each, twice the rate", 2 * loadRate, rivalProcess},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				measureLoad(b, c.rate, c.run)
			}
		})
	}
}

func measureLoad(b *testing.B, rate int, run func(b *testing.B, secret, databaseURL, listen string) *exec.Cmd) {
	server := databasetest.Own(b, "fsync=on", "shared_buffers=256MB", "max_wal_size=2GB", "wal_compression=on")
	w := verifiertest.NewAt(b, server.URL)
	batch := w.Batch(trace.Batch{Lot: "L1", Quantity: loadUnits}).OnSale()
	secret, listen := strings.Repeat("s", 32), freeAddress(b)
	process := run(b, secret, server.URL, listen)
	awaitReady(b, "http://"+listen)
	targets := loadTargets(b, batch, secret, "http://"+listen, rate*int(loadTime.Seconds()))

	var m vegeta.Metrics
	before := server.CPU()
	attacker := vegeta.NewAttacker(
		vegeta.Workers(256), vegeta.MaxWorkers(4096), vegeta.Connections(4096), vegeta.Timeout(10*time.Second),
	)
	for r := range attacker.Attack(vegeta.NewStaticTargeter(targets...), vegeta.Rate{Freq: rate, Per: time.Second}, *loadTime, "scans") {
		m.Add(r)
	}
	m.Close()
	postgres := server.CPU() - before
	accepted := m.StatusCodes["200"]
	wantCounted(b, w.DB, accepted)
	_ = process.Process.Signal(syscall.SIGTERM)
	_ = process.Wait()
	cpu := process.ProcessState.UserTime() + process.ProcessState.SystemTime()
	b.ReportMetric(float64(accepted)/m.Duration.Seconds(), "accepted/s")
	b.ReportMetric(float64(int(m.Requests)-accepted), "refused")
	b.ReportMetric(m.Latencies.P50.Seconds()*1000, "p50-ms")
	b.ReportMetric(m.Latencies.P99.Seconds()*1000, "p99-ms")
	b.ReportMetric(cpu.Seconds()*1e6/float64(accepted), "verifier-us/scan")
	b.ReportMetric(postgres.Seconds()*1e6/float64(accepted), "postgres-us/scan")
	b.ReportMetric(0, "ns/op")
}

// wantCounted checks that what was accepted is there, each scan once.
func wantCounted(b *testing.B, db *sql.DB, accepted int) {
	b.Helper()
	var rows, sum, logged int
	err := db.QueryRow(`select (select count(*) from scan.scan), (select coalesce(sum(count), 0) from scan.unit),
		(select count(*) from app.log_entry where log = 'scans')`).Scan(&rows, &sum, &logged)
	if err != nil {
		b.Fatal(err)
	}
	if rows < accepted || sum != rows || logged != rows {
		b.Errorf("%d accepted, %d rows, %d counted, %d logged", accepted, rows, sum, logged)
	}
}

func loadTargets(b *testing.B, batch verifiertest.Batch, secret, base string, n int) []vegeta.Target {
	desk := &visitor.Desk{Secret: []byte(secret), Now: time.Now}
	paths := make([]string, loadUnits)
	for i := range paths {
		paths[i] = batch.Path(int64(i))
	}
	targets := make([]vegeta.Target, n)
	for i := range targets {
		index := mathrand.IntN(loadUnits)
		body, err := json.Marshal(map[string]string{"uri": base + paths[index],
			"nonce": desk.NewNonce(verdict.Unit{GTIN: batch.GTIN, Lot: batch.Lot, Index: int64(index)})})
		if err != nil {
			b.Fatal(err)
		}
		targets[i] = vegeta.Target{
			Method: http.MethodPost,
			URL:    base + "/api/v1/scans",
			Body:   body,
			Header: http.Header{
				"Content-Type":    {"application/json"},
				"X-City":          {"杭州"},
				"Accept-Language": {"zh-CN,zh;q=0.9"},
				"X-Forwarded-For": {fmt.Sprintf("100.%d.%d.%d", i>>16&255, i>>8&255, i&255)},
				"User-Agent": {
					fmt.Sprintf("Mozilla/5.0 (Linux; Android 15; Phone %d) MicroMessenger/8.0.50", i%977),
				},
			},
		}
	}
	return targets
}

func freeAddress(b *testing.B) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func awaitReady(b *testing.B, base string) {
	b.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		response, err := http.Get(base + "/readyz")
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(deadline) {
			b.Fatalf("not ready: %v", err)
		}
	}
}

// verifierProcess builds and starts the verifier.
func verifierProcess(b *testing.B, secret, databaseURL, listen string) *exec.Cmd {
	folder := b.TempDir()
	program, keys, scan := filepath.Join(folder, "verifier"), filepath.Join(
		folder, "keys",
	), filepath.Join(folder, "secret")
	if out, err := exec.Command("go", "build", "-o", program, "../../cmd/verifier").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	for file, content := range map[string]string{keys: verifiertest.MasterKeys, scan: secret} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return startProcess(b, program,
		"TOUCHSTONE_LISTEN="+listen, "TOUCHSTONE_DATABASE_URL="+databaseURL, "TOUCHSTONE_MASTER_KEYS_FILE="+keys,
		"TOUCHSTONE_SCAN_SECRET_FILE="+scan, "TOUCHSTONE_LABEL_HOST=trace.example.com", "TOUCHSTONE_LOG_LEVEL=error",
		"TOUCHSTONE_TRUSTED_PROXIES=127.0.0.0/8", "TOUCHSTONE_PLACE_HEADER=X-City")
}

// rivalProcess starts this test program again, as the rival.
func rivalProcess(b *testing.B, secret, databaseURL, listen string) *exec.Cmd {
	program, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	return startProcess(b, program, rivalSecret+"="+secret, rivalDatabase+"="+databaseURL, rivalListen+"="+listen)
}

func startProcess(b *testing.B, program string, env ...string) *exec.Cmd {
	b.Helper()
	cmd := exec.Command(program)
	cmd.Env, cmd.Stderr = append(os.Environ(), env...), os.Stderr
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = cmd.Process.Kill() })
	return cmd
}
