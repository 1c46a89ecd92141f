package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
)

// decided waits for an import's end and gives its rows' outcomes.
func (w *world) decided(a answer) []string {
	w.t.Helper()
	if a.status != 200 && a.status != 202 {
		w.t.Fatalf("import: %d %s", a.status, a.raw)
	}
	id := a.body["id"].(string)
	eventually(w.t, "the import", func() bool {
		a = w.must("maker", 200, "GET", "/api/v1/imports/"+id, nil)
		return a.body["status"] == "done"
	})
	var outcomes []string
	for _, x := range a.body["rows"].([]any) {
		row := x.(object)
		outcomes = append(outcomes, fmt.Sprint(row["row"], " ", row["ok"], " ", row["reason"]))
		if row["ok"] == false && row["message"] == "" {
			w.t.Errorf("row %v is refused without saying what to do", row["row"])
		}
	}
	return outcomes
}

func TestImportOfADirtyFile(t *testing.T) {
	for _, folder := range []string{"../imports/testdata", "../../../shared/data"} {
		t.Run(folder, func(t *testing.T) {
			file, err := os.ReadFile(filepath.Join(folder, "goods-dirty.csv"))
			if os.IsNotExist(err) {
				t.Skip("no", folder)
			}
			var expected []struct {
				Row    int
				OK     bool
				Reason any
			}
			content, err := os.ReadFile(filepath.Join(folder, "goods-dirty.expected.json"))
			if err != nil || json.Unmarshal(content, &expected) != nil {
				t.Fatal(err)
			}
			var want []string
			for _, e := range expected {
				want = append(want, fmt.Sprint(e.Row, " ", e.OK, " ", e.Reason))
			}
			w := newWorld(t)
			w.runJobs()
			if d := cmp.Diff(want, w.decided(w.upload("maker", "products", file, "?dryRun=true"))); d != "" {
				t.Error("dry run: ", d)
			}
			if w.ledger.sent != 1+2*len(people) {
				t.Error("a dry run has written")
			}
			first := w.upload("maker", "products", file, "")
			if d := cmp.Diff(want, w.decided(first)); d != "" {
				t.Error(d)
			}
			sent := w.ledger.sent
			if d := cmp.Diff(want, w.decided(w.upload("maker", "products", file, ""))); d != "" {
				t.Error("again: ", d)
			}
			if w.ledger.sent != sent {
				t.Errorf("importing again wrote %d transactions", w.ledger.sent-sent)
			}
		})
	}
}

func TestImportSpeaksTheCallersLanguage(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	file := []byte("商品条码,商品名称,品牌\n6998801000013,精华液,澄岩\n")
	for language, want := range map[string]string{"zh-CN": "校验位", "en-GB,en;q=0.9": "check digit"} {
		a := w.upload("maker", "products", file, "", "Accept-Language", language)
		if message := fmt.Sprint(a.body["rows"].([]any)[0].(object)["message"]); !strings.Contains(message, want) {
			t.Errorf("%s: %q, want %q in it", language, message, want)
		}
	}
	w.refusedUpload("maker", 422, "FIELD_INVALID", "toys", file)
	w.refusedUpload("maker", 422, "COLUMNS_MISSING", "products", []byte("a,b\n1,2\n"))
	w.refusedUpload("maker", 422, "FILE_UNREADABLE", "products", nil)
	w.refusedUpload("maker", 413, "TOO_LARGE", "products", bytes.Repeat([]byte("x"), 21<<20))
	w.refusedUpload("shop", 403, "NOT_ALLOWED", "products", file)
}

func (w *world) refusedUpload(party string, status int, code, kind string, file []byte) {
	w.t.Helper()
	if a := w.upload(party, kind, file, ""); a.status != status || a.body["code"] != code {
		w.t.Errorf("%s as %s: %d %s, want %d %s", kind, party, a.status, a.raw, status, code)
	}
}

// The answer shows what each row was read as, quotes every refused cell, and
// says of a dry run that nothing was written.
func TestImportShowsWhatItRead(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	w.must("maker", 201, "POST", "/api/v1/products", product("6998801000012"))
	file := fmt.Sprintf(
		"批次表\n商品条码,批号,数量,生产日期,备注\n%s,l-O1,\"20,000\",2026/10/2 0:00,\n%s,1E+10,\"1,5\",2026-10-02,\n合计,,20000,,\n",
		gtin,
		gtin,
	)
	dry := w.upload("maker", "batches", []byte(file), "?dryRun=true", "Accept-Language", "en").body
	if note := fmt.Sprint(dry["note"]); !strings.Contains(note, "nothing was written") {
		t.Errorf("the dry run says %q", note)
	}
	rows := dry["rows"].([]any)
	read := rows[0].(object)["read"].(object)
	if fmt.Sprint(read["lot"], read["quantity"], read["producedOn"]) != fmt.Sprint("l-O1", 20000, "2026-10-02") {
		t.Errorf("read as %v", read)
	}
	cells := rows[1].(object)["cells"].([]any)
	if len(cells) != 2 || cells[0].(object)["value"] != "1E+10" || cells[1].(object)["value"] != "1,5" ||
		cells[1].(object)["column"] != "C" {
		t.Errorf("refused: %v", cells)
	}
	if fmt.Sprint(dry["headingRow"]) != "2" || !strings.Contains(fmt.Sprint(dry["remarks"]), "合计 20000") {
		t.Errorf("the file: %v, %v", dry["headingRow"], dry["remarks"])
	}
	wet := w.upload("maker", "batches", []byte(file), "").body
	if wet["note"] != nil || len(wet["rows"].([]any)) != 2 {
		t.Errorf("not a dry run: %v", wet)
	}
	alike := w.upload("maker", "batches", []byte(strings.ReplaceAll(file, "l-O1", "L-01")), "?dryRun=true").body["rows"].([]any)[0].(object)
	if !strings.Contains(fmt.Sprint(alike["remarks"]), "l-O1") {
		t.Errorf("a lot that looks like another: %v", alike)
	}
	for _, year := range []string{"0001", "1026", "9999"} {
		w.refused(
			"maker",
			422,
			"DATE_INVALID",
			"POST",
			"/api/v1/batches",
			object{"gtin": gtin, "lot": "Y1", "quantity": 1, "producedOn": year + "-10-02"},
		)
		w.refused(
			"maker",
			422,
			"DATE_INVALID",
			"POST",
			"/api/v1/batches",
			object{"gtin": gtin, "lot": "Y1", "quantity": 1, "producedOn": "2026-10-02", "expiresOn": year + "-10-02"},
		)
	}
	for _, dots := range []string{".", ".."} {
		w.refused(
			"maker",
			422,
			"LOT_INVALID",
			"POST",
			"/api/v1/batches",
			object{"gtin": gtin, "lot": dots, "quantity": 1, "producedOn": "2026-10-02"},
		)
	}
}

// A worker dies in the middle of an import; another one ends it, and what was
// registered is not registered again.
func TestAnImportOutlivesItsWorker(t *testing.T) {
	w := newWorld(t)
	var file strings.Builder
	file.WriteString("商品条码,商品名称,品牌\n")
	for i := range 300 {
		fmt.Fprintf(&file, "%s,商品 %d,澄岩\n", newGTIN(i), i)
	}
	ctx, kill := context.WithCancel(context.Background())
	worker := &jobs.Worker{Kinds: w.s.Kinds(), Log: w.s.Writer.Log, Queue: w.db, Wake: w.db.JobNotices(ctx)}
	dead := make(chan struct{})
	go func() { worker.Run(ctx); close(dead) }()
	go func() {
		for w.ledger.count() < 100 {
			time.Sleep(time.Millisecond)
		}
		kill()
	}()
	first := make(chan answer, 1)
	go func() { first <- w.upload("maker", "products", []byte(file.String()), "") }()
	<-dead
	before := w.ledger.count()
	w.expireJobs()
	w.runJobs()
	outcomes := w.decided(<-first)
	if len(outcomes) != 300 || strings.Contains(fmt.Sprint(outcomes), "false") {
		t.Errorf("%d rows: %v", len(outcomes), outcomes)
	}
	if total := w.ledger.count() - 1 - 2*len(people); total != 300 {
		t.Errorf("%d products were registered, of which %d before the crash, want 300 in all", total, before)
	}
}

func newGTIN(item int) string {
	digits := fmt.Sprintf("6998801%05d", item)
	sum := 0
	for i, d := range digits {
		sum += int(d-'0') * (1 + 2*(i%2))
	}
	return fmt.Sprint(digits, (10-sum%10)%10)
}

func (l *oneProcess) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sent
}

// expireJobs lets every lease run out, as time does after a crash.
func (w *world) expireJobs() {
	w.t.Helper()
	if err := w.exec(
		`update app.job set lease_until = now() - interval '1 second' where status = 'running'`,
	); err != nil {
		w.t.Fatal(err)
	}
}

func TestLabels(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	w.stock(30)
	labels := path("/batches/%s/%s/labels", gtin, lot)
	for format, begins := range map[string]string{"pdf": "%PDF-", "png": "PK", "svg": "PK", "zpl": "", "csv": ""} {
		a := w.must("maker", 200, "POST", labels, object{"format": format, "count": 3})
		if !strings.HasPrefix(string(a.raw), begins) || len(a.raw) < 100 ||
			!strings.Contains(a.header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %d bytes beginning %.10q, %v", format, len(a.raw), a.raw, a.header)
		}
	}
	w.refused("maker", 422, "FIELD_INVALID", "POST", labels, object{"format": "pdf", "template": "a9"})
	w.refused("maker", 422, "LINE_OUT_OF_RANGE", "POST", labels, object{"format": "pdf", "from": 29, "count": 2})
	a := w.must("maker", 200, "GET", "/api/v1/jobs/"+w.labelJob()+"/file", nil)
	if lines := bytes.Count(a.raw, []byte("\n")); lines != 5002 {
		t.Errorf("%d lines in the list of 5001 units, want as many and a heading", lines)
	}
}

// The one script of a whole season, run as a merchant runs it.
func TestSeason(t *testing.T) {
	const data = "../../../shared/data/"
	if _, err := os.Stat(data); err != nil {
		t.Skip("no", data)
	}
	program := filepath.Join(t.TempDir(), "merchant")
	if out, err := exec.Command("go", "build", "-o", program, "../../merchant-portal/cmd/merchant").
		CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	w := newWorld(t)
	w.runJobs()
	for i, category := range []string{"美妆", "母婴", "食品", "家居", "服饰"} {
		s := standard()
		s["id"], s["category"] = fmt.Sprint("SEASON-", i), category
		w.must("platform", 201, "POST", "/api/v1/standards", s)
	}
	for run, want := range []string{"40 个批次", "此前已发出"} {
		season := exec.Command(
			program, "season", "--goods", data+"goods-utf8.csv", "--batches", data+"batches.csv", "--to", "shop",
		)
		season.Env = append(
			os.Environ(), "TOUCHSTONE_GATEWAY="+w.url, "TOUCHSTONE_LANG=zh",
			"TOUCHSTONE_KEY_PRODUCER="+w.keys["maker"], "TOUCHSTONE_KEY_SELLER="+w.keys["shop"],
			"TOUCHSTONE_KEY_INSPECTOR="+w.keys["lab"],
		)
		out, err := season.CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) {
			t.Fatalf("run %d: %v\n%s", run+1, err, out)
		}
	}
	if items := w.must("shop", 200, "GET", "/api/v1/batches?limit=200", nil).body["items"].([]any); len(items) != 40 {
		t.Errorf("the shop has %d batches, want 40", len(items))
	}
}

// A job is stopped and begun again as often as somebody presses; what is over stays as it is.
func TestJobsAreCancelledAndRepeated(t *testing.T) {
	w := newWorld(t) // no worker yet: the job waits
	w.stock(5001)
	id := w.must("maker", 202, "POST", path("/batches/%s/%s/labels", gtin, lot), object{"format": "csv", "pin": true}).body["id"].(string)
	for range 2 {
		if a := w.must("maker", 200, "POST", path("/jobs/%s/cancellation", id), nil); a.body["status"] != "cancelled" {
			t.Fatalf("cancelled: %s", a.raw)
		}
	}
	w.refused("maker", 409, "JOB_NO_FILE", "GET", path("/jobs/%s/file", id), nil)
	for range 2 {
		if a := w.must("maker", 200, "POST", path("/jobs/%s/repetition", id), nil); a.body["status"] != "queued" {
			t.Fatalf("repeated: %s", a.raw)
		}
	}
	w.runJobs()
	w.ends(id, "done")
	a := w.must("maker", 200, "POST", path("/jobs/%s/cancellation", id), nil)
	if a.body["status"] != "done" || a.body["file"] == nil || a.body["fileUntil"] == nil {
		t.Errorf("a job that is done and cancelled too late: %s", a.raw)
	}
	if a := w.must("maker", 200, "GET", path("/jobs/%s/file", id), nil); strings.Count(string(a.raw), "\n") != 5002 {
		t.Errorf("%d lines in its file", strings.Count(string(a.raw), "\n"))
	}
	if err := w.exec(`update app.job set finished_at = finished_at - interval '7 days'`); err != nil {
		t.Fatal(err)
	}
	w.refused("maker", 410, "JOB_FILE_GONE", "GET", path("/jobs/%s/file", id), nil)
	if a := w.must("maker", 200, "GET", path("/jobs/%s", id), nil); a.body["file"] != nil ||
		a.body["fileUntil"] == nil {
		t.Errorf("a job whose file went: %s", a.raw)
	}
	w.must("maker", 200, "POST", path("/jobs/%s/repetition", id), nil)
	w.ends(id, "done")
	w.must("maker", 200, "GET", path("/jobs/%s/file", id), nil)
	w.refused("rival", 404, "JOB_UNKNOWN", "POST", path("/jobs/%s/cancellation", id), nil)
}

// Where the database's disk is full, the job says so, holds nothing of it, and can be made once there is room.
func TestAFullDiskIsTold(t *testing.T) {
	w := newWorld(t)
	w.stock(5001)
	must := func(statement string) {
		t.Helper()
		if err := w.exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	must(
		`create function app.full() returns trigger language plpgsql as $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$;
		create trigger full_disk before insert on app.job_piece for each row when (new.number > 0) execute function app.full()`,
	)
	id := w.must("maker", 202, "POST", path("/batches/%s/%s/labels", gtin, lot), object{"format": "zpl"}).body["id"].(string)
	must(`update app.job set attempt = 4`) // the last of its attempts: the ones before wait ten seconds each
	w.runJobs()
	eventually(t, "the job says that there is no room", func() bool {
		problem, _ := w.must("maker", 200, "GET", path("/jobs/%s", id), nil).body["problem"].(object)
		return problem["code"] == "JOB_NO_ROOM"
	})
	must(`drop trigger full_disk on app.job_piece; update app.job set lease_until = now() - interval '1 second'`)
	w.ends(id, "failed")
	if err := w.exec(
		`do $$ begin if exists (select from app.job_piece) then raise exception 'pieces are left'; end if; end $$`,
	); err != nil {
		t.Error(err)
	}
	w.must("maker", 200, "POST", path("/jobs/%s/repetition", id), nil)
	w.ends(id, "done")
}
