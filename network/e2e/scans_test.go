package e2e

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/lib/pq"
)

// Whatever is killed while people scan: a scan that was answered is there, each
// one is counted once however often it was sent, and the sums are the rows.
func TestNoAnsweredScanIsLostWhenProcessesAreKilled(t *testing.T) {
	for _, victim := range []string{"verifier", "postgres"} {
		t.Run(victim, func(t *testing.T) {
			const lot = "SCANS"
			gtin := newBatch(t, lot, 40)
			deliver(t, "producer", "seller", line(gtin, lot, 0, 40))
			crowd := startCrowd(units(t, gtin, lot, 0, 40))
			goesOn(t, crowd.answered, 40)
			touchstone.kill(t, victim)
			goesOn(t, crowd.answered, 40)
			crowd.end()
			if !eventually(2*time.Minute, touchstone.ready) {
				t.Fatal("not ready two minutes after the kill")
			}
			others := wantAnsweredKept(t, crowd, gtin)
			answered, unanswered := crowd.answered(), len(crowd.scans)-crowd.answered()
			crowd.sendAgain(t)
			wantCountedOnce(t, crowd, gtin)
			t.Logf("%d scans answered, %d not; %d were kept without an answer", answered, unanswered, others)
		})
	}
}

// A page confirms its scan when somebody looks at it, and not before.
func TestScansInABrowser(t *testing.T) {
	const lot = "LOOKS"
	gtin := newBatch(t, lot, 2)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 2))
	all := units(t, gtin, lot, 0, 2)
	runScript(t, "scans.test.mjs", object{"unseen": page(all[0].uri), "pressed": page(all[1].uri)})
}

// crowd is many people who scan, each with a phone and an address of his own.
type crowd struct {
	units []unit
	stop  chan struct{}
	all   sync.WaitGroup
	next  atomic.Int64

	mu    sync.Mutex
	scans []*phoneScan
}

// phoneScan is one person's confirmation of one page.
type phoneScan struct {
	phone      *http.Client
	agent      string
	uri, nonce string
	ok         bool // answered, and so to be found
}

func startCrowd(units []unit) *crowd {
	c := &crowd{units: units, stop: make(chan struct{})}
	for range 12 {
		c.all.Go(func() {
			for {
				select {
				case <-c.stop:
					return
				default:
					c.step()
				}
			}
		})
	}
	return c
}

func (c *crowd) end() {
	close(c.stop)
	c.all.Wait()
}

// step opens a page and confirms it.
func (c *crowd) step() {
	n := c.next.Add(1)
	from := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 1, byte(n>>8), byte(n))}, Timeout: 2 * time.Second}
	s := &phoneScan{
		agent: fmt.Sprintf("Mozilla/5.0 (Linux; Android 15; Phone %d)", n),
		uri:   c.units[int(n)%len(c.units)].uri,
		phone: &http.Client{
			Timeout:   10 * time.Second,
			Transport: &http.Transport{DialContext: from.DialContext, DisableKeepAlives: true},
		},
	}
	r, err := http.NewRequest(http.MethodGet, page(s.uri), nil)
	if err != nil {
		panic(err)
	}
	r.Header.Set("Accept", "application/json")
	response, err := s.send(r)
	if err != nil || response.Header.Get("Touchstone-Scan-Nonce") == "" {
		time.Sleep(50 * time.Millisecond)
		return
	}
	s.nonce = response.Header.Get("Touchstone-Scan-Nonce")
	s.confirm()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.scans = append(c.scans, s)
}

func (s *phoneScan) send(r *http.Request) (*http.Response, error) {
	r.Header.Set("User-Agent", s.agent)
	response, err := s.phone.Do(r)
	if err == nil {
		response.Body.Close()
	}
	return response, err
}

func (s *phoneScan) confirm() {
	body, err := json.Marshal(object{"uri": s.uri, "nonce": s.nonce})
	if err != nil {
		panic(err)
	}
	r, err := http.NewRequest(http.MethodPost, touchstone.verify+"/api/v1/scans", strings.NewReader(string(body)))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := s.send(r)
	s.ok = s.ok || err == nil && response.StatusCode == http.StatusOK
}

// sendAgain repeats every confirmation with its nonce, as the page does where it
// had no answer.
func (c *crowd) sendAgain(t *testing.T) {
	t.Helper()
	for _, s := range c.scans {
		if s.confirm(); !s.ok {
			t.Fatalf("%s: not answered after everything is back", s.agent)
		}
	}
}

func (c *crowd) answered() (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.scans {
		if s.ok {
			n++
		}
	}
	return n
}

// id is how the scan is kept: the random part of its nonce.
func (s *phoneScan) id(t *testing.T) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(s.nonce)
	if err != nil || len(raw) < 16 {
		t.Fatalf("nonce %q: %v", s.nonce, err)
	}
	return hex.EncodeToString(raw[:16])
}

// wantAnsweredKept requires every answered scan in the table, and says how many
// are there that were not answered.
func wantAnsweredKept(t *testing.T, c *crowd, gtin string) (others int) {
	t.Helper()
	kept := keptScans(t, gtin)
	if c.answered() == 0 {
		t.Error("no scan was answered, so the kill shows nothing")
	}
	for _, s := range c.scans {
		switch id := s.id(t); {
		case s.ok && kept[id] != 1:
			t.Errorf("the scan %s was answered, and is there %d times", id, kept[id])
		case kept[id] > 0 && !s.ok:
			others++
		}
	}
	return others
}

func wantCountedOnce(t *testing.T, c *crowd, gtin string) {
	t.Helper()
	kept := keptScans(t, gtin)
	for _, s := range c.scans {
		if kept[s.id(t)] != 1 {
			t.Errorf("the scan %s is there %d times", s.id(t), kept[s.id(t)])
		}
	}
	if len(kept) != len(c.scans) {
		t.Errorf("%d scans are kept, %d were made", len(kept), len(c.scans))
	}
	sum := 0.0
	for _, u := range c.units {
		sum += verdict(t, u.uri)["scanCount"].(float64)
	}
	if int(sum) != len(kept) {
		t.Errorf("the units' pages count %v scans, %d are kept", sum, len(kept))
	}
}

func keptScans(t *testing.T, gtin string) map[string]int {
	t.Helper()
	db, err := sql.Open("postgres", touchstone.env["TOUCHSTONE_DATABASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(
		context.Background(),
		`select encode(nonce, 'hex') from scan.scan where gtin = $1`,
		gtin,
	)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	kept := map[string]int{}
	for rows.Next() {
		var nonce string
		if err := rows.Scan(&nonce); err != nil {
			t.Fatal(err)
		}
		kept[nonce]++
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return kept
}
