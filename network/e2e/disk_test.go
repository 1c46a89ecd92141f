package e2e

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// onlyJust bounds how long after an acknowledged stop its item may still read
// genuine.
const onlyJust = 2 * time.Second

// The disk of Postgres's tables is full, and here and there a page is free: some
// recalls cannot be journalled, some are on the ledger and cannot be read. Then that of its log is
// full too, so that it ends and does not start. No item reads genuine after its
// recall was acknowledged, both programs live on, and when there is room again all
// goes on and nothing is lost.
func TestNoGenuineWhereTheDiskIsFull(t *testing.T) {
	disk := onASmallDisk(t)
	gtin := newBatch(t, "DISK", 1)
	stops := make([]*stop, 12)
	for i := range stops {
		stops[i] = newStop(t, gtin, fmt.Sprint("DISK-", i))
	}
	programs := touchstone.status(t)

	disk.tables.fill(t)
	var scans sync.WaitGroup
	over := make(chan struct{})
	for _, s := range stops {
		scans.Go(func() { s.scan(over) })
	}
	var recalls sync.WaitGroup
	for _, s := range stops[:len(stops)-2] {
		recalls.Go(s.recall)
		disk.tables.leave(t, 4*page8k)
	}
	recalls.Wait()
	disk.log.fill(t)
	down := touchstone.useUpLog(t)
	for _, s := range stops[len(stops)-2:] {
		s.recall()
	}
	time.Sleep(2 * onlyJust) // in which nothing may read genuine
	close(over)
	scans.Wait()
	if !down {
		t.Error("Postgres goes on with its log full: the test shows nothing")
	}
	wantNoneAfterItsStop(t, stops)

	disk.log.free(t)
	disk.tables.free(t)
	if !eventually(2*time.Minute, touchstone.ready) {
		t.Fatal("not ready two minutes after there was room")
	}
	for _, name := range []string{"gateway", "verifier"} {
		if now := touchstone.status(t)[name]; now != programs[name] {
			t.Errorf("the %s was started again", name)
		}
	}
	for _, s := range stops {
		s.wantWhatWasAnswered(t)
	}
	newBatch(t, "ROOM", 1)
	touchstone.wantReadModelEqualToRebuild(t)
}

// stop is a recall of one lot, and when its item last read genuine.
type stop struct {
	gtin, lot, label string

	mu           sync.Mutex
	answer       answer
	acknowledged time.Time
	genuine      time.Time
	verdicts     map[string]int
}

func newStop(t *testing.T, gtin, lot string) *stop {
	t.Helper()
	touchstone.as("producer").must(t, http.StatusCreated, "/api/v1/batches", batch(gtin, lot, 10))
	deliver(t, "producer", "seller", line(gtin, lot, 0, 10))
	s := &stop{gtin: gtin, lot: lot, label: units(t, gtin, lot, 0, 1)[0].uri, verdicts: map[string]int{}}
	wantVerdict(t, s.label, "genuine")
	return s
}

// recall is acknowledged by 201, and by 202 where the recall is on the ledger.
func (s *stop) recall() {
	a, err := try(
		http.MethodPost,
		touchstone.gateway+"/api/v1/recalls",
		touchstone.as("producer").key,
		object{
			"gtin":   s.gtin,
			"lots":   []string{s.lot},
			"class":  "I",
			"reason": object{"zh-CN": "异物", "en": "Foreign matter"},
		},
	)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.answer = a; err == nil &&
		(a.status == http.StatusCreated || a.status == http.StatusAccepted && a.body["status"] == "written") {
		s.acknowledged = time.Now()
	}
}

func (s *stop) scan(over <-chan struct{}) {
	for {
		select {
		case <-over:
			return
		case <-time.After(50 * time.Millisecond):
		}
		asked := time.Now()
		a, err := try(http.MethodGet, page(s.label), "", nil, "Accept", "application/json")
		if err != nil {
			continue
		}
		s.mu.Lock()
		if s.verdicts[fmt.Sprint(a.body["verdict"])]++; a.body["verdict"] == "genuine" {
			s.genuine = asked
		}
		s.mu.Unlock()
	}
}

func wantNoneAfterItsStop(t *testing.T, stops []*stop) {
	t.Helper()
	acknowledged, latest := 0, time.Duration(0)
	for _, s := range stops {
		t.Logf("%s: answered %d %v; scans %v", s.lot, s.answer.status, s.answer.body["code"], s.verdicts)
		if s.acknowledged.IsZero() {
			continue
		}
		acknowledged++
		if after := s.genuine.Sub(s.acknowledged); after > latest {
			latest = after
		}
	}
	t.Logf(
		"of %d recalls %d were acknowledged; the last genuine came %s after its own",
		len(stops),
		acknowledged,
		latest,
	)
	if latest > onlyJust {
		t.Errorf("genuine %s after its recall was acknowledged", latest)
	}
}

// wantWhatWasAnswered holds the item against what its recall was answered.
func (s *stop) wantWhatWasAnswered(t *testing.T) {
	t.Helper()
	switch {
	case !s.acknowledged.IsZero():
		if !eventually(settleTime, func() bool { return verdict(t, s.label)["verdict"] == "stop" }) {
			t.Errorf("%s was recalled: %v", s.lot, verdict(t, s.label)["verdict"])
		}
	case s.answer.status == http.StatusAccepted:
		wantResolved(t, s.answer.body["txId"].(string))
	case s.answer.status < 500:
		t.Errorf("%s: the recall is answered %d %s", s.lot, s.answer.status, s.answer.raw)
	default:
		wantVerdict(t, s.label, "genuine")
	}
}

// disk is where Postgres's data lies: the tables on one small disk, the log on another.
type disk struct{ tables, log volume }

// volume is a small disk, and the file that fills it.
type volume struct{ folder, filler string }

func newVolume(folder string) volume { return volume{folder, filepath.Join(folder, "filler")} }

// room is what a small disk has beside what was there.
const room = 48 << 20

// page8k is a page of Postgres.
const page8k = 8 << 10

// onASmallDisk moves the data of the running system's Postgres onto small disks
// in memory until the test ends.
func onASmallDisk(t *testing.T) disk {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can mount a small disk")
	}
	data, err := filepath.EvalSymlinks(filepath.Join(touchstone.state, "postgres", "data"))
	if err != nil {
		t.Fatal(err)
	}
	aside, log := data+".aside", data+".log"
	if err := touchstone.down(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := touchstone.up(); err != nil {
			t.Fatal(err)
		}
	})
	command(t, "mv", data, aside)
	command(t, "mv", filepath.Join(aside, "pg_wal"), aside+".log")
	t.Cleanup(func() {
		command(t, "mv", aside+".log", filepath.Join(aside, "pg_wal"))
		command(t, "mv", aside, data)
	})
	mount(t, aside, data)
	mount(t, aside+".log", log)
	if err := os.Symlink(log, filepath.Join(data, "pg_wal")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // what was written meanwhile stays
		_ = touchstone.down()
		command(t, "rm", "-r", aside, aside+".log")
		command(t, "cp", "-a", data, aside)
		command(t, "rm", filepath.Join(aside, "pg_wal"))
		command(t, "cp", "-a", log, aside+".log")
	})
	if err := touchstone.up(); err != nil {
		touchstone.showLog()
		t.Fatal(err)
	}
	return disk{newVolume(data), newVolume(log)}
}

// mount puts a copy of a folder onto a small disk in memory.
func mount(t *testing.T, original, at string) {
	t.Helper()
	info, err := os.Stat(original)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(at, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { command(t, "rmdir", at) })
	owner := info.Sys().(*syscall.Stat_t)
	settings := fmt.Sprintf("size=%d,mode=0700,uid=%d,gid=%d", size(t, original)+room, owner.Uid, owner.Gid)
	if err := syscall.Mount("tmpfs", at, "tmpfs", 0, settings); err != nil {
		t.Skipf("this machine mounts no small disk: %v", err)
	}
	t.Cleanup(func() { command(t, "umount", at) })
	command(t, "cp", "-a", original+"/.", at)
}

func size(t *testing.T, folder string) (bytes int64) {
	t.Helper()
	err := filepath.Walk(folder, func(_ string, info os.FileInfo, err error) error {
		if err == nil {
			bytes += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

func command(t *testing.T, program string, args ...string) {
	t.Helper()
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		t.Errorf("%s %v: %v %s", program, args, err, out)
	}
}

// fill leaves no room.
func (v volume) fill(t *testing.T) {
	t.Helper()
	f, err := os.Create(v.filler)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for part := make([]byte, page8k); err == nil; {
		_, err = f.Write(part)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}

// leave gives some room back.
func (v volume) leave(t *testing.T, bytes int64) {
	t.Helper()
	info, err := os.Stat(v.filler)
	if err == nil {
		err = os.Truncate(v.filler, info.Size()-bytes)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (v volume) free(t *testing.T) {
	t.Helper()
	if err := os.Remove(v.filler); err != nil {
		t.Fatal(err)
	}
}

// useUpLog has Postgres use up the room that its log has kept for itself, until it ends.
func (s *system) useUpLog(t *testing.T) (ended bool) {
	t.Helper()
	db := s.database(t)
	for range 200 {
		if _, err := db.Exec(`select pg_logical_emit_message(false, 'e2e', 'x'), pg_switch_wal()`); err != nil {
			t.Logf("Postgres says: %v", err)
			return true
		}
	}
	return false
}
