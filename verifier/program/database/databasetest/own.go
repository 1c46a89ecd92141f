package databasetest

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Server is a migrated Postgres of one test's own, which the test may stop.
type Server struct {
	t   testing.TB
	URL string
	pid int
}

// Own starts a server for the test, with settings of its own ("fsync=on"). It
// ends with the test.
func Own(t testing.TB, settings ...string) *Server {
	t.Helper()
	databaseURL, stop, err := startPrivate(settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(u.Query().Get("host"), "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.SplitN(string(content), "\n", 2)[0])
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t, databaseURL, pid}
	t.Cleanup(s.Resume) // a paused server cannot end
	if err := errors.Join(makeRoles(databaseURL), migrate(databaseURL)); err != nil {
		t.Fatal(err)
	}
	return s
}

// Pause stops every process of the server in its tracks: connections stay open
// and nothing answers.
func (s *Server) Pause() { s.signal(syscall.SIGSTOP) }

// Resume lets a paused server go on.
func (s *Server) Resume() { s.signal(syscall.SIGCONT) }

// Kill ends the server at once, as kill -9 of its group would.
func (s *Server) Kill() { s.signal(syscall.SIGKILL) }

// signal reaches the postmaster's group and its backends, which lead groups of their own.
func (s *Server) signal(sig syscall.Signal) {
	children := s.children()
	_ = syscall.Kill(s.pid, sig)
	for _, child := range children {
		_ = syscall.Kill(child, sig)
	}
}

func (s *Server) children() (pids []int) {
	list, _ := os.ReadFile("/proc/" + strconv.Itoa(s.pid) + "/task/" + strconv.Itoa(s.pid) + "/children")
	for _, child := range strings.Fields(string(list)) {
		if pid, err := strconv.Atoi(child); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

// CPU is the processor time that the server has used so far, all its processes
// together.
func (s *Server) CPU() time.Duration {
	self := ticks(s.pid)
	total := self[0] + self[1] + self[2] + self[3] // its own and that of its children that have ended
	for _, child := range s.children() {
		t := ticks(child)
		total += t[0] + t[1]
	}
	return time.Duration(total) * time.Second / 100 // proc(5): a hundredth of a second each, everywhere on Linux
}

// ticks reads utime, stime, cutime and cstime of a process, zeros where it is gone.
func ticks(pid int) (t [4]int64) {
	stat, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	for i := range t {
		if len(fields) > 11+i {
			t[i], _ = strconv.ParseInt(fields[11+i], 10, 64)
		}
	}
	return t
}
