package e2e

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// The goods that verdicts are asked for: so many lots, each of so many units.
const (
	verdictLots  = 40
	verdictUnits = 100
)

// BenchmarkVerdicts asks the running network for genuine verdicts at fixed rates,
// countersigned and, by a second verifier beside the first, not. What the
// processors did is told for everything that runs.
func BenchmarkVerdicts(b *testing.B) {
	var paths []string
	for n := range verdictLots {
		lot := fmt.Sprint("BENCH", n)
		gtin := newBatch(b, lot, verdictUnits)
		deliver(b, "producer", "seller", line(gtin, lot, 0, verdictUnits))
		for _, u := range units(b, gtin, lot, 0, verdictUnits) {
			paths = append(paths, u.uri[strings.Index(u.uri, "/01/"):])
		}
	}
	unsigned := secondVerifier(b, "TOUCHSTONE_SIGNATURES_MAX_AGE=off", "TOUCHSTONE_MAX_STALENESS=10m")
	idle := idling(b)
	for _, rate := range []int{20, 100, 400, 1000} {
		for name, base := range map[string]string{"unsigned": unsigned, "countersigned": touchstone.verify} {
			b.Run(fmt.Sprintf("%s at %d a second", name, rate), func(b *testing.B) {
				for b.Loop() {
					askForVerdicts(b, base, paths, rate, idle)
				}
			})
		}
	}
}

func askForVerdicts(b *testing.B, base string, paths []string, rate int, idle time.Duration) {
	targets := make([]vegeta.Target, rate*int(lasting.Seconds()))
	for i := range targets {
		targets[i] = vegeta.Target{Method: http.MethodGet, URL: base + paths[(i*37)%len(paths)], Header: http.Header{
			"Accept": {
				"application/json",
			},
			"X-Forwarded-For": {fmt.Sprintf("100.%d.%d.%d", 64+i>>16&63, i>>8&255, i&255)},
		}}
	}
	var m vegeta.Metrics
	genuine, bytes := 0, 0
	before := busy(b)
	attacker := vegeta.NewAttacker(
		vegeta.Workers(64), vegeta.MaxWorkers(1024), vegeta.Connections(1024), vegeta.Timeout(5*time.Second),
	)
	for r := range attacker.Attack(vegeta.NewStaticTargeter(targets...), vegeta.Rate{Freq: rate, Per: time.Second}, lasting, "verdicts") {
		m.Add(r)
		if strings.HasPrefix(string(r.Body), `{"verdict":"genuine"`) {
			genuine++
		}
		bytes += len(r.Body)
	}
	m.Close()
	spent := busy(b) - before - time.Duration(m.Duration.Seconds()*float64(idle))
	b.ReportMetric(float64(genuine)/lasting.Seconds(), "genuine/s")
	b.ReportMetric(100*float64(genuine)/float64(m.Requests), "genuine-%")
	b.ReportMetric(m.Latencies.P50.Seconds()*1000, "p50-ms")
	b.ReportMetric(m.Latencies.P99.Seconds()*1000, "p99-ms")
	b.ReportMetric(spent.Seconds()*1e6/float64(m.Requests), "all-us/verdict")
	b.ReportMetric(float64(bytes)/float64(m.Requests), "bytes/answer")
	b.ReportMetric(0, "ns/op")
}

// lasting is how long one rate is asked at.
const lasting = 10 * time.Second

// idling is the processor time that everything takes in a second in which nobody asks.
func idling(b *testing.B) time.Duration {
	before := busy(b)
	time.Sleep(lasting / 2)
	return (busy(b) - before) / time.Duration(lasting.Seconds()/2)
}

// busy is the processor time of everything that runs from the state folder.
func busy(b *testing.B) (sum time.Duration) {
	b.Helper()
	for _, file := range func() []string { found, _ := filepath.Glob("/proc/[0-9]*"); return found }() {
		line, _ := os.ReadFile(filepath.Join(file, "cmdline"))
		cwd, _ := os.Readlink(filepath.Join(file, "cwd"))
		if !strings.Contains(string(line), touchstone.state) && !strings.HasPrefix(cwd, touchstone.state) {
			continue
		}
		stat, err := os.ReadFile(filepath.Join(file, "stat"))
		if err != nil {
			continue // it has ended
		}
		fields := strings.Fields(string(stat[strings.LastIndex(string(stat), ")")+1:]))
		for _, f := range fields[11:13] { // utime and stime, in hundredths of a second
			n, err := strconv.Atoi(f)
			if err != nil {
				b.Fatal(err)
			}
			sum += time.Duration(n) * 10 * time.Millisecond
		}
	}
	return sum
}

// secondVerifier runs a verifier of its own on the same database.
func secondVerifier(b testing.TB, settings ...string) (url string) {
	b.Helper()
	port, secrets := freePort(), filepath.Join(touchstone.state, "secrets")
	cmd := exec.Command(filepath.Join(touchstone.state, "bin", "verifier"))
	cmd.Env = append(
		os.Environ(),
		"TOUCHSTONE_LISTEN=127.0.0.1:"+port,
		"TOUCHSTONE_METRICS_LISTEN=127.0.0.1:0",
		"TOUCHSTONE_LABEL_HOST=localhost:"+port,
		"TOUCHSTONE_DATABASE_URL="+touchstone.env["TOUCHSTONE_DATABASE_URL"],
		"TOUCHSTONE_MASTER_KEYS_FILE="+filepath.Join(secrets, "checking.keys"),
		"TOUCHSTONE_SCAN_SECRET_FILE="+filepath.Join(secrets, "scan.secret"),
		"TOUCHSTONE_TRUSTED_PROXIES=127.0.0.1/32,::1/128",
	)
	cmd.Env = append(cmd.Env, settings...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	if err := startOnLastingThread(cmd); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
	url = "http://localhost:" + port
	if !eventually(settleTime, func() bool {
		a, err := try(http.MethodGet, url+"/readyz", "", nil)
		return err == nil && a.status == http.StatusOK
	}) {
		b.Fatal("the second verifier does not start")
	}
	return url
}
