package store_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

var plenty = record.JobLimits{Open: 1000, Bytes: 1 << 40, Days: 7}

func addJob(t *testing.T, s *store.Store, id string) {
	t.Helper()
	_, err := s.AddJob(
		t.Context(),
		record.Job{
			ID:      id,
			Kind:    "import",
			Account: "a",
			Party:   "p",
			Request: json.RawMessage(`{}`),
			Input:   []byte("file"),
			Total:   3,
		},
		plenty,
	)
	if err != nil {
		t.Fatal(err)
	}
}

func claim(t *testing.T, s *store.Store) (record.Job, bool) {
	t.Helper()
	j, ok, err := s.ClaimJob(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return j, ok
}

func TestEveryJobIsClaimedOnce(t *testing.T) {
	s := storetest.New(t)
	const jobs = 20
	for i := range jobs {
		addJob(t, s, fmt.Sprintf("job%02d", i))
	}
	addJob(t, s, "job00") // the same request again
	var mu sync.Mutex
	claimed := map[string]int{}
	var workers sync.WaitGroup
	for range 5 {
		workers.Go(func() {
			for {
				j, ok, err := s.ClaimJob(t.Context())
				if err != nil || !ok {
					return
				}
				mu.Lock()
				claimed[j.ID]++
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	for id, n := range claimed {
		if n != 1 {
			t.Errorf("%s was claimed %d times", id, n)
		}
	}
	if len(claimed) != jobs {
		t.Errorf("%d jobs were claimed, want %d", len(claimed), jobs)
	}
}

// A worker that fell silent is replaced, and nothing it still does counts.
func TestALostJobIsFencedOff(t *testing.T) {
	url := databasetest.URL(t)
	s, ctx := storetest.As(t, url, database.Gateway), t.Context()
	addJob(t, s, "job")
	slow, _ := claim(t, s)
	if string(slow.Input) != "file" {
		t.Errorf("input %q", slow.Input)
	}
	if _, ok := claim(t, s); ok {
		t.Fatal("a job was claimed whose worker is alive")
	}
	silence(t, url)
	next, ok := claim(t, s)
	if !ok || next.Attempt != 2 {
		t.Fatalf("%+v %v", next, ok)
	}
	file, err := s.JobFile(ctx, next)
	if err != nil {
		t.Fatal(err)
	}
	content := bytes.Repeat([]byte("0123456789"), 300_000) // some pieces
	file.Write(content)
	stale, err := s.JobFile(ctx, slow)
	if err != nil {
		t.Fatal(err)
	}
	stale.Write([]byte("stale"))
	for what, err := range map[string]error{
		"renew": s.RenewJob(ctx, slow, 1, 3), "finish": s.FinishJob(ctx, slow, "text/csv", ""), "write": stale.Close(),
		"rows": s.AddImportRows(ctx, slow, map[int]json.RawMessage{2: json.RawMessage(`{}`)}),
	} {
		if !errors.Is(err, store.ErrLostJob) {
			t.Errorf("%s by the worker that lost the job: %v", what, err)
		}
	}
	if err := errors.Join(file.Close(), s.FinishJob(ctx, next, "text/csv", "")); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(s.OpenJobFile(ctx, "job")); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes of %d came back: %v", len(got), len(content), err)
	}
	if rows, err := s.ImportRowPage(ctx, "job", nil, 0, 10); err != nil || len(rows) != 0 {
		t.Errorf("rows of the worker that lost the job: %s %v", rows, err)
	}
}

// A job that was interrupted waits a while, says why meanwhile, and forgets it once it is done.
func TestAnInterruptedJobIsTakenUpAgain(t *testing.T) {
	url := databasetest.URL(t)
	s, ctx := storetest.As(t, url, database.Gateway), t.Context()
	addJob(t, s, "job")
	first, _ := claim(t, s)
	if err := s.PutBackJob(ctx, first, "JOB_INTERRUPTED: no peer"); err != nil {
		t.Fatal(err)
	}
	if _, ok := claim(t, s); ok {
		t.Error("taken up again at once")
	}
	if j, _, err := s.Job(ctx, "job"); err != nil || j.Error != "JOB_INTERRUPTED: no peer" ||
		j.Status != record.JobRunning {
		t.Errorf("%+v %v", j, err)
	}
	silence(t, url)
	second, ok := claim(t, s)
	if err := s.FinishJob(ctx, second, "", ""); !ok || err != nil {
		t.Fatal(err)
	}
	if j, _, err := s.Job(ctx, "job"); err != nil || j.Error != "" || j.Status != record.JobDone {
		t.Errorf("%+v %v", j, err)
	}
}

// A worker whose job was cancelled can neither go on nor finish, and what it made is gone.
func TestACancelledJobIsOver(t *testing.T) {
	s, ctx := storetest.New(t), t.Context()
	addJob(t, s, "job")
	j, _ := claim(t, s)
	file, err := s.JobFile(ctx, j)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(bytes.Repeat([]byte("x"), 3<<20)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.CancelJob(ctx, "job"), s.CancelJob(ctx, "job"), s.CancelJob(ctx, "none")); err != nil {
		t.Fatal(err)
	}
	_, _ = file.Write([]byte("more"))
	for what, err := range map[string]error{"write": file.Close(), "renew": s.RenewJob(ctx, j, 1, 3), "finish": s.FinishJob(ctx, j, "text/csv", "")} {
		if !errors.Is(err, store.ErrLostJob) {
			t.Errorf("%s a cancelled job: %v", what, err)
		}
	}
	left, err := io.ReadAll(s.OpenJobFile(ctx, "job"))
	if now, _, _ := s.Job(ctx, "job"); now.Status != record.JobCancelled || now.FinishedAt == nil || len(left) > 0 ||
		err != nil {
		t.Errorf("%+v with %d bytes %v", now, len(left), err)
	}
	if _, ok := claim(t, s); ok {
		t.Error("a cancelled job was claimed")
	}
	for range 2 {
		if may, err := s.RepeatJob(ctx, j, plenty); err != nil || !may {
			t.Fatal(may, err)
		}
	}
	if again, ok := claim(t, s); !ok || again.Attempt != 2 || string(again.Input) != "file" {
		t.Errorf("repeated: %+v %v", again, ok)
	}
}

// A party has as many jobs and as large files as it may have; other parties have their own, and
// what is asked for twice counts once.
func TestAPartyHasItsShareOfJobs(t *testing.T) {
	s, ctx := storetest.New(t), t.Context()
	most := record.JobLimits{Open: 2, Bytes: 10, Days: 7}
	add := func(party, id string) bool {
		t.Helper()
		added, err := s.AddJob(
			ctx,
			record.Job{ID: id, Kind: "labels", Account: "a", Party: party, Request: json.RawMessage(`{}`)},
			most,
		)
		if err != nil {
			t.Fatal(err)
		}
		return added
	}
	if !add("p", "1") || !add("p", "2") || add("p", "3") || !add("p", "2") || !add("q", "4") {
		t.Error("two jobs of each party can be open")
	}
	j, _ := claim(t, s)
	file, err := s.JobFile(ctx, j)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write([]byte("ten bytes.")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(file.Close(), s.FinishJob(ctx, j, "text/csv", "")); err != nil {
		t.Fatal(err)
	}
	if add("p", "5") {
		t.Error("a party whose files are full began another job")
	}
	if may, err := s.RepeatJob(ctx, record.Job{ID: "2", Party: "p"}, most); may || err != nil {
		t.Errorf("repeated: %v %v", may, err)
	}
}

// A file stays for its days and goes then.
func TestFilesOfOldJobsGo(t *testing.T) {
	url := databasetest.URL(t)
	s, ctx := storetest.As(t, url, database.Gateway), t.Context()
	for _, id := range []string{"new", "old"} {
		addJob(t, s, id)
		j, _ := claim(t, s)
		file, err := s.JobFile(ctx, j)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write([]byte(id)); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(file.Close(), s.FinishJob(ctx, j, "text/csv", "")); err != nil {
			t.Fatal(err)
		}
	}
	change(t, url, `update app.job set finished_at = now() - interval '8 days' where id = 'old'`)
	if err := s.ForgetJobFiles(ctx, 7); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"new": "new", "old": ""} {
		if got, err := io.ReadAll(s.OpenJobFile(ctx, id)); err != nil || string(got) != want {
			t.Errorf("the %s job's file: %q %v", id, got, err)
		}
	}
}

func TestAJobThatKillsItsWorkersIsGivenUp(t *testing.T) {
	url := databasetest.URL(t)
	s := storetest.As(t, url, database.Gateway)
	addJob(t, s, "job")
	attempts := 0
	for ; attempts < 20; attempts++ {
		if _, ok := claim(t, s); !ok {
			break
		}
		silence(t, url)
	}
	j, _, err := s.Job(t.Context(), "job")
	if err != nil || j.Status != record.JobFailed || j.Error == "" || attempts > 10 {
		t.Errorf("after %d attempts: %+v %v", attempts, j, err)
	}
}

func TestADecidedRowStaysDecided(t *testing.T) {
	s, ctx := storetest.New(t), t.Context()
	addJob(t, s, "job")
	j, _ := claim(t, s)
	for _, doc := range []string{`{"n": 1}`, `{"n": 2}`} {
		if err := s.AddImportRows(ctx, j, map[int]json.RawMessage{2: json.RawMessage(doc)}); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := s.ImportRowPage(ctx, "job", nil, 0, 10)
	if err != nil || len(rows) != 1 || string(rows[0]) != `{"n": 1}` {
		t.Errorf("%s %v", rows, err)
	}
	if j, _, _ := s.Job(ctx, "job"); j.Done != 1 {
		t.Errorf("%d rows done, want 1", j.Done)
	}
}

func TestANewJobWakesAWorker(t *testing.T) {
	s := storetest.New(t)
	ticks := s.JobNotices(t.Context())
	<-ticks // the first look around
	began := time.Now()
	addJob(t, s, "job")
	<-ticks
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("woken after %s", took)
	}
}

// silence lets every lease run out.
func silence(t *testing.T, url string) {
	t.Helper()
	change(t, url, `update app.job set lease_until = now() - interval '1 second' where status = 'running'`)
}

// change does to the database what time does.
func change(t *testing.T, url, statement string) {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
