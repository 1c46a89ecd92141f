package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Whatever is killed in the middle of a load, nothing that was acknowledged is
// missing afterwards, every unknown outcome is resolved, and the read model is
// what a fresh rebuild from block 0 gives.
func TestNothingAcknowledgedIsLostWhenProcessesAreKilled(t *testing.T) {
	gtin := newBatch(t, "WARMUP", 1)
	load := startLoad(t, gtin)
	for _, process := range []string{"gateway", "postgres", "peer-producer", "orderer1", "gateway", "chaincode-platform"} {
		goesOn(t, load.acked, 8)
		touchstone.kill(t, process)
	}
	goesOn(t, load.acked, 8)
	load.end()
	if !eventually(2*time.Minute, touchstone.ready) {
		t.Fatal("not ready two minutes after the last kill")
	}
	t.Logf(
		"%d acknowledged, %d unknown, %d without an answer",
		len(load.acknowledged),
		len(load.unknown),
		load.unanswered,
	)
	if len(load.acknowledged) == 0 {
		t.Fatal("the load acknowledged nothing, so the test shows nothing")
	}
	for _, lot := range load.acknowledged {
		story := touchstone.as("auditor").get(t, "/api/v1/provenance/"+gtin+"/"+lot)
		if story.status != http.StatusOK {
			t.Errorf("lot %s was acknowledged and is missing: %d %s", lot, story.status, story.raw)
		}
	}
	for _, tx := range load.unknown {
		wantResolved(t, tx)
	}
	touchstone.wantReadModelEqualToRebuild(t)
}

// noticed bounds how long a process may hang before it is started again: ten
// seconds, and as many for a busy machine.
const noticed = 20 * time.Second

// A process that is frozen is started again, and no status call waits for it.
func TestWhatHangsIsStartedAgain(t *testing.T) {
	for _, process := range []string{"gateway", "verifier", "postgres", "peer-auditor"} {
		pid := touchstone.status(t)[process]
		if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
			t.Fatal(process, err)
		}
		hung := time.Now()
		touchstone.status(t)
		asked := time.Since(hung)
		if !eventually(noticed, func() bool { now := touchstone.status(t)[process]; return now != 0 && now != pid }) {
			t.Fatalf("%s hangs still after %s", process, noticed)
		}
		again := time.Since(hung)
		if !eventually(time.Minute, touchstone.ready) {
			t.Fatalf("not ready a minute after %s hung", process)
		}
		t.Logf(
			"%s: status answered after %s, started again after %s, ready after %s",
			process,
			asked,
			again,
			time.Since(hung),
		)
		if asked > noticed/2 {
			t.Errorf("status took %s", asked)
		}
	}
}

// load registers batches and ships each, from several workers at once.
type load struct {
	stop chan struct{}
	all  sync.WaitGroup

	mu           sync.Mutex
	acknowledged []string // lots whose registration was answered 201
	unknown      []string // transactions whose outcome was answered unknown
	unanswered   int
}

func startLoad(t *testing.T, gtin string) *load {
	l := &load{stop: make(chan struct{})}
	seller := party(t, "seller")
	for worker := range 8 {
		l.all.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-l.stop:
					return
				default:
					l.step(gtin, fmt.Sprintf("K%d-%d", worker, n), seller)
				}
			}
		})
	}
	return l
}

func (l *load) acked() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.acknowledged)
}

func (l *load) end() {
	close(l.stop)
	l.all.Wait()
}

func (l *load) step(gtin, lot, seller string) {
	producer := touchstone.as("producer")
	a, err := try(
		http.MethodPost, producer.base+"/api/v1/batches", producer.key, batch(gtin, lot, 10), "Idempotency-Key",
		"register-"+lot,
	)
	l.book(a, err, lot)
	if err != nil || a.status != http.StatusCreated {
		return
	}
	a, err = try(http.MethodPost, producer.base+"/api/v1/shipments", producer.key,
		object{"to": seller, "lines": []object{line(gtin, lot, 0, 10)}}, "Idempotency-Key", "ship-"+lot)
	l.book(a, err, lot)
}

func (l *load) book(a answer, err error, lot string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case err != nil:
		l.unanswered++
	case a.status == http.StatusCreated:
		l.acknowledged = append(l.acknowledged, lot)
	case a.status == http.StatusAccepted:
		l.unknown = append(l.unknown, a.body["txId"].(string))
	}
	if err != nil || a.status >= 500 {
		time.Sleep(200 * time.Millisecond)
	}
}

func wantResolved(t *testing.T, tx string) {
	t.Helper()
	resolved := eventually(time.Minute, func() bool {
		a := touchstone.as("producer").get(t, "/api/v1/transactions/"+tx)
		return a.body["status"] == "committed" || a.body["status"] == "refused"
	})
	if !resolved {
		t.Errorf("transaction %s is still unknown", tx)
	}
}

// ready reports whether both programs say that they can work.
func (s *system) ready() bool {
	for _, base := range []string{s.gateway, s.verify} {
		if a, err := try(http.MethodGet, base+"/readyz", "", nil); err != nil || a.status != http.StatusOK {
			return false
		}
	}
	return true
}

// status asks the program for the processes and their ids.
func (s *system) status(t testing.TB) map[string]int {
	t.Helper()
	out, err := exec.Command(s.program, "status", "--json", "--state", s.state).Output()
	if err != nil {
		t.Fatalf("status: %v", err)
	}
	var look struct {
		Processes []struct {
			Name string `json:"name"`
			PID  int    `json:"pid"`
		} `json:"processes"`
	}
	if err := json.Unmarshal(out, &look); err != nil {
		t.Fatalf("status: %v: %s", err, out)
	}
	pids := map[string]int{}
	for _, p := range look.Processes {
		pids[p.Name] = p.PID
	}
	return pids
}

// kill ends a process as a crash does and waits until it has been started again.
func (s *system) kill(t testing.TB, name string) {
	t.Helper()
	pid := s.status(t)[name]
	if pid == 0 {
		t.Fatalf("no process %s: %v", name, s.status(t))
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if !eventually(time.Minute, func() bool { now := s.status(t)[name]; return now != 0 && now != pid }) {
		t.Fatalf("%s was not started again", name)
	}
}

func (s *system) wantReadModelEqualToRebuild(t *testing.T) {
	t.Helper()
	check := s.operator("check")
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("the read model is not what a rebuild gives: %v\n%s", err, out)
	}
}
