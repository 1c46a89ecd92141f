package e2e

import (
	"database/sql"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/lib/pq"
)

// proxy is the one that the verifier believes where shoppers are. It is an address
// of this machine's own from which nobody else speaks.
var proxy = net.IPv4(127, 0, 0, 71)

// shopper is somebody on a phone, behind the proxy.
type shopper struct{ address, city, point string }

var proxied = &http.Client{Timeout: time.Minute, Transport: &http.Transport{
	DialContext: (&net.Dialer{LocalAddr: &net.TCPAddr{IP: proxy}}).DialContext}}

func (s shopper) do(method, url, body string, headers ...string) (answer, error) {
	r, err := http.NewRequest(method, strings.Replace(url, "localhost", "127.0.0.1", 1), strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	headers = append(
		headers, "Accept", "application/json", "X-Forwarded-For", s.address, "Touchstone-City", s.city,
		"Touchstone-Point", s.point,
	)
	if body != "" {
		headers = append(headers, "Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return sendBy(proxied, r)
}

// scan opens a unit's page and confirms it, and says whether that was acknowledged.
func (s shopper) scan(uri string, headers ...string) bool {
	a, err := s.do(http.MethodGet, page(uri), "", headers...)
	if err != nil {
		return false
	}
	a, err = s.do(
		http.MethodPost,
		touchstone.verify+"/api/v1/scans",
		fmt.Sprintf(`{"uri": %q, "nonce": %q}`, uri, a.header.Get("Touchstone-Scan-Nonce")),
		headers...)
	return err == nil && a.status == http.StatusOK
}

var somewhere = []shopper{
	{"203.0.113.1", "上海", "31.23,121.47"},
	{"203.0.113.2", "北京", "39.90,116.41"},
	{"203.0.113.3", "成都", "30.57,104.07"},
	{
		"203.0.113.4",
		"乌鲁木齐",
		"43.83,87.62",
	},
	{"203.0.113.5", "哈尔滨", "45.80,126.53"},
	{"203.0.113.6", "昆明", "24.88,102.83"},
}

func (s *system) database(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", s.env["TOUCHSTONE_DATABASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// longAgo imports scans of a unit that happened over the last weeks, which a
// test cannot wait for.
func longAgo(t testing.TB, gtin, lot, serial string, shoppers []shopper) {
	t.Helper()
	log := "time,gtin,lot,serial,event,city,lat,lon,device\n"
	for i, s := range shoppers {
		at := time.Now().AddDate(0, 0, -6*(len(shoppers)-i)).Format(time.RFC3339)
		log += strings.Join(
			[]string{at, gtin, lot, serial, "scan", s.city, s.point, s.address + " and " + serial}, ",",
		) + "\n"
	}
	secret := func(name string) string { return filepath.Join(touchstone.state, "secrets", name) }
	cmd := exec.Command(filepath.Join(touchstone.state, "bin", "verifier"), "import-scans")
	cmd.Stdin = strings.NewReader(log)
	cmd.Env = append(
		os.Environ(),
		"TOUCHSTONE_DATABASE_URL="+touchstone.env["TOUCHSTONE_DATABASE_URL"],
		"TOUCHSTONE_LABEL_HOST="+touchstone.verify,
		"TOUCHSTONE_MASTER_KEYS_FILE="+secret("checking.keys"),
		"TOUCHSTONE_SCAN_SECRET_FILE="+secret("scan.secret"),
	)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func alertOf(t testing.TB, role, lot string, index int) object {
	t.Helper()
	for _, x := range touchstone.as(role).get(t, "/api/v1/alerts?limit=200").body["items"].([]any) {
		if a := x.(object); a["lot"] == lot && a["index"] == float64(index) {
			return a
		}
	}
	return nil
}

func toldOf(t testing.TB, role, alert string) (n int) {
	t.Helper()
	for _, x := range touchstone.as(role).get(t, "/api/v1/inbox?limit=200").body["items"].([]any) {
		if x.(object)["subject"] == alert {
			n++
		}
	}
	return n
}

// otherBrand makes a producer that has nothing to do with anything.
func otherBrand(t testing.TB) caller {
	t.Helper()
	platform := touchstone.as("platform")
	id := fmt.Sprint("brand-", lastItem.Add(1))
	platform.must(
		t,
		http.StatusCreated,
		"/api/v1/parties",
		object{"id": id, "name": object{"zh-CN": "别的品牌", "en": "Another brand"}, "roles": []string{"producer"}},
	)
	platform.must(
		t, http.StatusCreated, "/api/v1/parties/"+id+"/status", object{"status": "qualified", "reason": "test"},
	)
	a := platform.must(
		t, http.StatusCreated, "/api/v1/parties/"+id+"/accounts", object{"account": id, "role": "producer"},
	)
	return caller{touchstone.gateway, a["apiKey"].(string)}
}

// A code that is scanned all over the country turns its page amber within
// seconds, its brand is told and decides; nobody else sees it, and one person
// cannot bring it about.
func TestClones(t *testing.T) {
	const lot = "202611K01"
	gtin := newBatch(t, lot, 60)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 60))
	all := units(t, gtin, lot, 0, 60)
	last := shopper{"203.0.113.7", "广州", "23.13,113.26"}

	t.Run("one person cannot condemn an item", func(t *testing.T) {
		for i := range 150 {
			somewhere[0].scan(all[9].uri, "User-Agent", fmt.Sprint("browser ", i))
		}
		allScored(t)
		wantVerdict(t, all[9].uri, "genuine")
	})
	t.Run("many in many cities say that it was copied", func(t *testing.T) {
		for index := range 3 {
			longAgo(t, gtin, lot, all[index].serial, somewhere)
			if !last.scan(all[index].uri) {
				t.Fatal("the scan was not acknowledged")
			}
		}
		start := time.Now()
		if !eventually(
			settleTime, func() bool { return slices.Contains(failing(verdict(t, all[0].uri)), "CLONE_LIKELY") },
		) {
			t.Fatalf("%v", verdict(t, all[0].uri))
		}
		t.Logf("it shows %s after the scan", time.Since(start).Round(10*time.Millisecond))
		wantVerdict(t, all[0].uri, "caution", "CLONE_LIKELY")
		headline := func() string { return verdict(t, all[0].uri)["headline"].(object)["zh-CN"].(string) }
		if !eventually(settleTime, func() bool { return strings.Contains(headline(), "7 个城市被查询 7 次") }) {
			t.Errorf("headline %q", headline())
		}
	})
	alert, _ := alertOf(t, "producer", lot, 0)["id"].(string)
	path := "/api/v1/alerts/" + alert
	t.Run("its brand and the platform are told, once, and nobody else", func(t *testing.T) {
		if !eventually(
			settleTime,
			func() bool { return toldOf(t, "producer", alert) == 1 && toldOf(t, "platform", alert) == 1 },
		) {
			t.Errorf(
				"the producer was told %d times, the platform %d",
				toldOf(t, "producer", alert),
				toldOf(t, "platform", alert),
			)
		}
		if n := toldOf(t, "distributor", alert); n > 0 {
			t.Errorf("the distributor was told %d times", n)
		}
		for _, other := range []caller{otherBrand(t), touchstone.as("distributor")} {
			for _, hidden := range []string{path, path + "/map"} {
				if a := other.get(t, hidden); a.status != http.StatusNotFound {
					t.Errorf("%s is shown: %d", hidden, a.status)
				}
			}
		}
	})
	t.Run("an analyst sees why and where", func(t *testing.T) {
		a := touchstone.as("producer").get(t, path)
		scans := a.body["scans"].([]any)
		if len(scans) != 7 || scans[6].(object)["city"] != "广州" || scans[6].(object)["lat"] != 23.1 ||
			scans[6].(object)["device"] != "G" {
			t.Errorf("%v", scans)
		}
		report := filepath.Join(t.TempDir(), "report.html")
		out := merchant(t, "alerts", "show", alert, "--html", report)
		if html, err := os.ReadFile(
			report,
		); err != nil || !contains(html, `<img src="data:image/svg`) || !contains(html, "乌鲁木齐") ||
			contains(html, "<script") {
			t.Errorf("%s %v", out, err)
		}
		if out := merchant(t, "alerts", "list"); !strings.Contains(out, alert) {
			t.Errorf("the list: %s", out)
		}
	})
	t.Run("confirmed, it stops", func(t *testing.T) {
		merchant(t, "alerts", "confirm", alert, "--note", "七个城市的购买者互不相识")
		if !eventually(settleTime, func() bool { return verdict(t, all[0].uri)["verdict"] == "stop" }) {
			t.Error("it does not stop")
		}
		wantVerdict(t, all[0].uri, "stop", "CONFIRMED_CLONE")
		merchant(t, "alerts", "reopen", alert, "--note", "再查一查")
		if !eventually(settleTime, func() bool { return verdict(t, all[0].uri)["verdict"] == "caution" }) {
			t.Error("the confirmation cannot be withdrawn")
		}
		touchstone.wantReadModelEqualToRebuild(t)
	})
	t.Run("dismissed, it is quiet", func(t *testing.T) {
		id := alertOf(t, "platform", lot, 1)["id"].(string)
		touchstone.as("producer").
			must(t, http.StatusCreated, "/api/v1/alerts/"+id+"/decision", object{"outcome": "dismissed", "note": "展会样品"})
		wantVerdict(t, all[1].uri, "genuine")
		shopper{"203.0.113.8", "西安", "34.34,108.94"}.scan(all[1].uri)
		allScored(t)
		wantVerdict(t, all[1].uri, "genuine")
		wantVerdict(t, all[2].uri, "caution", "CLONE_LIKELY")
	})
	t.Run("a verifier that is killed loses nothing", func(t *testing.T) { scanThroughKills(t, gtin, lot, all[10:]) })
}

// allScored waits until the scorer has taken every scan that is logged by now.
func allScored(t *testing.T) {
	t.Helper()
	var newest int64
	if err := touchstone.database(t).
		QueryRow(`select max(id) from app.log_entry where log = 'scans'`).
		Scan(&newest); err != nil {
		t.Fatal(err)
	}
	if !eventually(time.Minute, func() bool {
		var scored bool
		err := touchstone.database(t).QueryRow(`select e.seq < g.next_seq from app.log_entry e, scan.generation g
			where e.id = $1 and e.seq is not null order by g.id desc limit 1`, newest).Scan(&scored)
		return err == nil && scored
	}) {
		t.Fatal("a scan is not scored a minute later")
	}
}

// scanThroughKills scans while the verifier is killed again and again: what was
// acknowledged is in the log, and the log is scored, each entry once.
func scanThroughKills(t *testing.T, gtin, lot string, units []unit) {
	var mu sync.Mutex
	acknowledged := 0
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			s := somewhere[n%len(somewhere)]
			s.address = fmt.Sprintf("198.51.%d.%d", n/250, 1+n%250)
			if s.scan(units[n%len(units)].uri) {
				mu.Lock()
				acknowledged++
				mu.Unlock()
			} else {
				time.Sleep(50 * time.Millisecond)
			}
		}
	})
	acked := func() int {
		mu.Lock()
		defer mu.Unlock()
		return acknowledged
	}
	for range 3 {
		goesOn(t, acked, 20)
		touchstone.kill(t, "verifier")
	}
	goesOn(t, acked, 20)
	close(stop)
	wg.Wait()
	var logged, scored int
	settled := eventually(time.Minute, func() bool {
		err := touchstone.database(t).
			QueryRow(`select (select count(*) from scan.scan where gtin = $1 and lot = $2 and unit_index >= 10),
			(select coalesce(sum((state #>> '{unit,Scans}')::int), 0) from scan.unit_risk
				where gtin = $1 and lot = $2 and unit_index >= 10 and generation = (select max(id) from scan.generation))`, gtin, lot).
			Scan(&logged, &scored)
		return err == nil && logged == scored
	})
	t.Logf("%d acknowledged, %d logged, %d scored", acknowledged, logged, scored)
	if !settled || logged < acknowledged || acknowledged == 0 {
		t.Error("scans were lost or counted twice")
	}
	if !eventually(time.Minute, touchstone.ready) {
		t.Error("not ready a minute after the last kill")
	}
}

// merchant runs the merchant's command with the demo's keys.
func merchant(t testing.TB, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"run", "./merchant-portal/cmd/merchant", "--lang", "zh"}, args...)...)
	cmd.Dir = root()
	cmd.Env = append(
		os.Environ(),
		"TOUCHSTONE_GATEWAY="+touchstone.gateway,
		"TOUCHSTONE_KEY_PRODUCER="+touchstone.env["TOUCHSTONE_KEY_PRODUCER"],
		"TOUCHSTONE_KEY_PLATFORM="+touchstone.env["TOUCHSTONE_KEY_PLATFORM"],
	)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("merchant %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// The demo's own copied code has an alert that waits to be looked at, and so has
// the one that was in the press; the goods beside them have none.
func TestDemoHasAlerts(t *testing.T) {
	const gtin, lot = "06998801900015", "202610A01"
	for index, code := range map[int]string{20: "CLONE_LIKELY", 21: "SCANNED_OFTEN"} {
		if !eventually(
			settleTime,
			func() bool { a := alertOf(t, "producer", lot, index); return a != nil && a["code"] == code },
		) {
			t.Errorf("unit %d: %v", index, alertOf(t, "producer", lot, index))
			continue
		}
		wantVerdict(t, units(t, gtin, lot, index, 1)[0].uri, "caution", code)
		if id := alertOf(t, "producer", lot, index)["id"].(string); toldOf(t, "producer", id) != 1 {
			t.Errorf("unit %d: the producer is not told", index)
		}
	}
	wantVerdict(t, units(t, gtin, lot, 22, 1)[0].uri, "genuine")
}
