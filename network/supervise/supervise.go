// Package supervise runs a set of child processes as one: it starts them, waits
// until they answer, restarts the ones that die or hang, and leaves none behind, not
// even when it is killed itself. What the processes do is not its business.
// It needs Linux (parent-death signals, /proc).
package supervise

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

// Spec is one process to run.
type Spec struct {
	Name string
	Path string // of the program
	Args []string
	Dir  string
	Env  []string // the whole environment, as "NAME=value"

	// Ready answers nil once the process does its work; it is called again and
	// again after each start. Nil means ready as soon as it runs.
	Ready func(context.Context) error

	// Live answers nil while the process is alive, whatever it waits for; it is
	// called for as long as the process runs. One that has been ready and does not
	// answer any more is ended and started again. Nil is not asked.
	Live func(context.Context) error

	StopSignal  syscall.Signal // what asks it to end; SIGTERM by default
	StopTimeout time.Duration  // how long it may take to; 10 s by default
	Credential  *syscall.Credential
}

// State is where a process stands.
type State string

// The states of a process.
const (
	Starting State = "starting" // runs, does not answer yet
	Ready    State = "ready"
	Waiting  State = "waiting" // died, will be started again after a pause
	Stopped  State = "stopped"
)

// Process is one process as seen from outside.
type Process struct {
	Name     string    `json:"name"`
	State    State     `json:"state"`
	PID      int       `json:"pid,omitempty"`
	Started  uint64    `json:"started,omitempty"` // kernel's start time; tells a process from a later one of the same pid
	Restarts int       `json:"restarts"`
	Since    time.Time `json:"since"`
	LastExit string    `json:"lastExit,omitempty"`
	LastHang string    `json:"lastHang,omitempty"` // why it was last ended for hanging
	Log      string    `json:"log"`
}

// ErrRunning means that another supervisor holds the folder.
var ErrRunning = errors.New("already running")

// Supervisor runs processes and keeps their account in a folder. Its methods
// may be called concurrently.
type Supervisor struct {
	runDir, logDir string
	log            *slog.Logger
	lock           *os.File

	mu      sync.Mutex
	batches [][]*child // one for each call of Start
	closed  bool
}

// Open takes the folder for this process and stops whatever an earlier
// supervisor left running there. It answers ErrRunning where one still lives.
func Open(runDir, logDir string, log *slog.Logger) (*Supervisor, error) {
	for _, dir := range []string{runDir, logDir} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
	}
	lock, err := takeLock(runDir)
	if err != nil {
		return nil, err
	}
	s := &Supervisor{runDir: runDir, logDir: logDir, log: log, lock: lock}
	if err := s.sweep(); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return s, s.save()
}

// sweep stops processes that an earlier supervisor started.
func (s *Supervisor) sweep() error {
	account, err := Load(s.runDir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, p := range account.Processes {
		if p.Alive() {
			s.log.Warn("stopping a process left by an earlier run", "process", p.Name, "pid", p.PID)
			endGroup(p)
		}
	}
	return nil
}

// Start runs the processes and returns when every one is ready. When one
// cannot become ready it says why; the others keep running until Close.
func (s *Supervisor) Start(ctx context.Context, specs ...Spec) error {
	batch, err := s.adopt(specs)
	if err != nil {
		return err
	}
	var all errgroup.Group
	for _, c := range batch {
		all.Go(func() error { return c.waitReady(ctx) })
	}
	return all.Wait()
}

func (s *Supervisor) adopt(specs []Spec) ([]*child, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errors.New("start: the supervisor is closed")
	}
	var batch []*child
	for _, spec := range specs {
		if s.find(spec.Name) != nil {
			return nil, fmt.Errorf("start %s: a process of that name is running", spec.Name)
		}
		batch = append(batch, newChild(s, spec))
	}
	s.batches = append(s.batches, batch)
	for _, c := range batch {
		go c.run()
	}
	return batch, nil
}

// Processes is the account of every process, in the order of their start.
func (s *Supervisor) Processes() []Process {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Process
	for _, c := range slices.Concat(s.batches...) {
		all = append(all, c.process)
	}
	return all
}

// Signal sends a signal to one process's group.
func (s *Supervisor) Signal(name string, sig syscall.Signal) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.find(name)
	if c == nil || c.process.PID == 0 {
		return fmt.Errorf("signal %s: no such process is running", name)
	}
	return syscall.Kill(-c.process.PID, sig)
}

// Restart asks a process to end, and returns when it has been started again and is ready.
func (s *Supervisor) Restart(ctx context.Context, name string) error {
	s.mu.Lock()
	c := s.find(name)
	if c == nil || c.process.PID == 0 {
		s.mu.Unlock()
		return fmt.Errorf("restart %s: no such process is running", name)
	}
	before := c.process.PID
	err := syscall.Kill(before, c.spec.StopSignal)
	s.mu.Unlock()
	for err == nil {
		s.mu.Lock()
		again := c.process.PID != before && c.process.State == Ready
		s.mu.Unlock()
		if again {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("restart %s: it is not ready again: %w", name, context.Cause(ctx))
		case <-time.After(probeEvery):
		}
	}
	return err
}

// Close stops every process and gives the folder back. What was started by the
// last call of Start stops first; what one call started stops together. Close
// may be called more than once.
func (s *Supervisor) Close() error {
	s.mu.Lock()
	batches := slices.Clone(s.batches)
	first := !s.closed
	s.closed = true
	s.mu.Unlock()
	if !first {
		return nil
	}
	for _, batch := range slices.Backward(batches) {
		var all sync.WaitGroup
		for _, c := range batch {
			all.Go(c.stop)
		}
		all.Wait()
	}
	return errors.Join(s.save(), s.lock.Close())
}

func (s *Supervisor) find(name string) *child {
	for _, c := range slices.Concat(s.batches...) {
		if c.spec.Name == name {
			return c
		}
	}
	return nil
}

// update changes a process's account and writes the accounts down.
func (s *Supervisor) update(c *child, change func(*Process)) {
	s.mu.Lock()
	before := c.process.State
	change(&c.process)
	if c.process.State != before {
		c.process.Since = time.Now().UTC()
	}
	s.mu.Unlock()
	if err := s.save(); err != nil {
		s.log.Error("cannot write the account of the processes", "error", err)
	}
}

func (s *Supervisor) logFile(name string) string { return filepath.Join(s.logDir, name+".log") }
