// Package e2e tests the whole system as its users meet it: it runs the
// program behind `make up` in a folder of its own, then speaks HTTP to it,
// looks at its pages in a browser, and kills its processes. It has no code but
// tests, and imports nothing of the parts it tests.
package e2e

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/network/networktest/freeports"
)

// system is a running Touchstone.
type system struct {
	program  string // the built command
	state    string
	log      string
	basePort int // the first of its network's ports
	gateway  string
	verify   string
	env      map[string]string // demo.env
	cmd      *exec.Cmd
	gone     chan error // what the program ended with
}

// touchstone is the one system that the tests of this package share.
var touchstone *system

func TestMain(m *testing.M) {
	if flag.Parse(); testing.Short() {
		fmt.Println("-short: the system is not started")
		os.Exit(0)
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "touchstone-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	touchstone, err = prepare(dir)
	if err == nil {
		err = touchstone.up()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "start:", err)
		touchstone.showLog()
		return 1
	}
	code := m.Run()
	if err := errors.Join(touchstone.down(), touchstone.clean()); err != nil {
		fmt.Fprintln(os.Stderr, "stop:", err)
		return 1
	}
	return code
}

// prepare builds the program and chooses ports that are free.
func prepare(dir string) (*system, error) {
	s := &system{
		program: filepath.Join(dir, "touchstone"),
		state:   filepath.Join(dir, "state"),
		log:     filepath.Join(dir, "up.log"),
	}
	build := exec.Command("go", "build", "-o", s.program, "./network/cmd/touchstone")
	build.Dir = root()
	if out, err := build.CombinedOutput(); err != nil {
		return s, fmt.Errorf("%w: %s", err, out)
	}
	return s, nil
}

// root is the repository's top folder.
func root() string {
	dir, err := filepath.Abs("../..")
	if err != nil {
		panic(err)
	}
	return dir
}

// up starts the system and waits until it says how to reach it. The ports are
// chosen once, so that a second start is a restart.
func (s *system) up() error {
	if s.gateway == "" {
		var err error
		if s.basePort, _, err = freeports.Claim(); err != nil {
			return err
		}
		gateway, verifier := freePort(), freePort()
		s.gateway, s.verify = "http://localhost:"+gateway, "http://localhost:"+verifier
	}
	logFile, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer logFile.Close()
	s.cmd = exec.Command(s.program, "up", "--state", s.state)
	s.cmd.Dir = root()
	s.cmd.Env = append(
		os.Environ(),
		"TOUCHSTONE_ANCHOR_EVERY=5s",
		"TOUCHSTONE_TRUSTED_PROXIES="+proxy.String()+"/32,127.0.0.1/32,::1/128",
		"TOUCHSTONE_PLACE_HEADER=Touchstone-City",
		"TOUCHSTONE_POINT_HEADER=Touchstone-Point",
		"TOUCHSTONE_BASE_PORT="+strconv.Itoa(s.basePort),
		"TOUCHSTONE_GATEWAY_PORT="+port(s.gateway),
		"TOUCHSTONE_VERIFIER_PORT="+port(s.verify),
	)
	s.cmd.Stdout, s.cmd.Stderr = logFile, logFile
	s.cmd.SysProcAttr = &syscall.SysProcAttr{
		Pdeathsig: syscall.SIGTERM,
		Setpgid:   true,
	} // ends with the test, however that ends
	if err := startOnLastingThread(s.cmd); err != nil {
		return err
	}
	return s.waitReady(10 * time.Minute)
}

// starts runs what it is sent on one thread that lasts as long as the tests.
var starts = sync.OnceValue(func() chan<- func() {
	work := make(chan func())
	go func() {
		runtime.LockOSThread()
		for f := range work {
			f()
		}
	}()
	return work
})

// startOnLastingThread starts a program whose Pdeathsig is set: the kernel
// sends it when the starting thread ends, which a test's thread may do early.
func startOnLastingThread(cmd *exec.Cmd) error {
	started := make(chan error)
	starts() <- func() { started <- cmd.Start() }
	return <-started
}

func port(url string) string { return url[strings.LastIndex(url, ":")+1:] }

func freePort() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	return port(l.Addr().String())
}

func (s *system) waitReady(limit time.Duration) error {
	s.gone = make(chan error, 1)
	go func() { s.gone <- s.cmd.Wait() }()
	deadline := time.After(limit)
	for {
		select {
		case err := <-s.gone:
			return fmt.Errorf("the program ended: %w", errors.Join(err, errors.New("see the log above")))
		case <-deadline:
			return fmt.Errorf("not ready within %s", limit)
		case <-time.After(200 * time.Millisecond):
			if s.saysReady() {
				return s.readEnv()
			}
		}
	}
}

// saysReady looks for the line with which the program says that it is done.
func (s *system) saysReady() bool {
	text, err := os.ReadFile(s.log)
	if err != nil {
		return false
	}
	last := strings.LastIndex(string(text), "msg=stopping")
	return strings.Contains(string(text)[last+1:], "press Ctrl-C to stop")
}

func (s *system) readEnv() error {
	f, err := os.Open(filepath.Join(s.state, "demo.env"))
	if err != nil {
		return err
	}
	defer f.Close()
	s.env = map[string]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if name, value, ok := strings.Cut(lines.Text(), "="); ok {
			s.env[name] = value
		}
	}
	return nil
}

// down interrupts the system as Ctrl-C does and checks that nothing is left.
func (s *system) down() error {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	select {
	case err := <-s.gone:
		if err != nil {
			return fmt.Errorf("an interrupt is no failure: %w", err)
		}
	case <-time.After(2 * time.Minute):
		return errors.New("still running two minutes after the interrupt")
	}
	if left := s.processes(); len(left) > 0 {
		return fmt.Errorf("left running: %v", left)
	}
	return nil
}

// clean removes the state as `make clean` does.
func (s *system) clean() error {
	out, err := exec.Command(s.program, "clean", "--state", s.state).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	if _, err := os.Stat(s.state); !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s is still there", s.state)
	}
	return nil
}

// processes finds what runs with the state folder in its command line or as
// its working folder.
func (s *system) processes() []string {
	var found []string
	entries, _ := filepath.Glob("/proc/[0-9]*")
	for _, p := range entries {
		line, _ := os.ReadFile(filepath.Join(p, "cmdline"))
		cwd, _ := os.Readlink(filepath.Join(p, "cwd"))
		if strings.Contains(string(line), s.state) || strings.HasPrefix(cwd, s.state) {
			found = append(found, strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return found
}

func (s *system) showLog() {
	if text, err := os.ReadFile(s.log); err == nil {
		fmt.Fprintln(os.Stderr, string(text[max(0, len(text)-8000):]))
	}
}

// settleTime is how long a committed write may take to show everywhere.
const settleTime = 10 * time.Second

// goesOn waits until count has grown by more: what is counted goes on.
func goesOn(t *testing.T, count func() int, more int) {
	t.Helper()
	const limit = 2 * time.Minute
	want := count() + more
	if !eventually(limit, func() bool { return count() >= want }) {
		t.Fatalf("%s later there are %d, want %d", limit, count(), want)
	}
}

func eventually(limit time.Duration, ok func() bool) bool {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	for tick := time.NewTicker(100 * time.Millisecond); ; {
		if ok() {
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
	}
}
