package supervise

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Account is what a supervisor writes down about itself and its processes, so
// that others can look and a successor can clean up.
type Account struct {
	Supervisor Process   `json:"supervisor"`
	Processes  []Process `json:"processes"`
}

// Load reads the account in a folder; os.ErrNotExist where nothing ever ran.
func Load(runDir string) (Account, error) {
	var a Account
	content, err := os.ReadFile(accountFile(runDir))
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(content, &a); err != nil {
		return a, fmt.Errorf("%s is damaged (%w): remove it", accountFile(runDir), err)
	}
	return a, nil
}

// Alive reports whether this very process still runs.
func (p Process) Alive() bool {
	return p.PID > 0 && p.Started > 0 && startTime(p.PID) == p.Started
}

func accountFile(runDir string) string { return filepath.Join(runDir, "processes.json") }

// save replaces the account as a whole.
func (s *Supervisor) save() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := Account{
		Supervisor: Process{Name: "touchstone", State: Ready, PID: os.Getpid(), Started: startTime(os.Getpid())},
	}
	for _, c := range slices.Concat(s.batches...) {
		a.Processes = append(a.Processes, c.process)
	}
	content, err := json.MarshalIndent(a, "", "  ")
	if err != nil {
		return err
	}
	file := accountFile(s.runDir)
	if err := os.WriteFile(file+".new", content, 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

// takeLock makes sure of one supervisor to a folder. The kernel releases the
// lock when the process ends, however it ends.
func takeLock(runDir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(runDir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errors.Join(ErrRunning, f.Close())
	}
	return f, err
}

// endGroup stops a process that is not our child, and its group.
func endGroup(p Process) {
	_ = syscall.Kill(p.PID, syscall.SIGTERM)
	for deadline := time.Now().Add(10 * time.Second); p.Alive(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			_ = syscall.Kill(-p.PID, syscall.SIGKILL)
			deadline = deadline.Add(time.Hour)
		}
	}
}

// startTime is when the kernel started a process, in clock ticks since boot;
// 0 for one that does not run (a zombie does not).
func startTime(pid int) uint64 {
	fields := stat(pid)
	if len(fields) <= statStart || fields[statState] == "Z" {
		return 0
	}
	t, _ := strconv.ParseUint(fields[statStart], 10, 64)
	return t
}

// Places in what stat answers: fields 3, 14, 15 and 22 of proc(5).
const (
	statState = 0
	statUser  = 11
	statKern  = 12
	statStart = 19
)

// stat is what the kernel says of a process, from its state on; nil for none.
func stat(pid int) []string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	// The second field is the name in parentheses and may hold anything.
	return strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
}

// reason is the line of a log's end that most likely says why its process
// ended: the start of a panic, or else the last one.
func reason(file string) string {
	f, err := os.Open(file)
	if err != nil {
		return "it wrote no log"
	}
	defer f.Close()
	if size, err := f.Seek(0, io.SeekEnd); err == nil {
		_, _ = f.Seek(max(0, size-16384), io.SeekStart)
	}
	tail, _ := io.ReadAll(f)
	lines := strings.Split(strings.TrimSpace(string(tail)), "\n")
	for _, line := range slices.Backward(lines) {
		if strings.HasPrefix(line, "panic: ") {
			return fmt.Sprintf("it said %q", line)
		}
	}
	return fmt.Sprintf("it said %q", lines[len(lines)-1])
}
