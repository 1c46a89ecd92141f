package supervise

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "supervise" {
		superviseForever(os.Args[2])
	}
	os.Exit(m.Run())
}

// superviseForever is the test program as a supervisor that can be killed.
func superviseForever(dir string) {
	s, err := Open(dir, dir, slog.Default())
	if err == nil {
		err = s.Start(context.Background(), shell("child", "exec sleep 1000"))
	}
	fmt.Println("started", err)
	select {}
}

func shell(name, script string) Spec {
	return Spec{
		Name:        name,
		Path:        "/bin/sh",
		Args:        []string{"-c", script},
		Env:         os.Environ(),
		StopTimeout: 2 * time.Second,
	}
}

func supervisor(t *testing.T) *Supervisor {
	t.Helper()
	dir := t.TempDir()
	s, err := Open(
		filepath.Join(dir, "run"), filepath.Join(dir, "logs"), slog.New(slog.NewTextHandler(t.Output(), nil)),
	)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func start(t *testing.T, s *Supervisor, specs ...Spec) {
	t.Helper()
	if err := s.Start(t.Context(), specs...); err != nil {
		t.Fatal(err)
	}
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never happened: %s", what)
		}
	}
}

func TestStartWaitsUntilReady(t *testing.T) {
	s := supervisor(t)
	file := filepath.Join(t.TempDir(), "ready")
	spec := shell("slow", "sleep 0.3; touch "+file+"; exec sleep 1000")
	spec.Ready = func(context.Context) error { _, err := os.Stat(file); return err }
	start(t, s, spec)
	if _, err := os.Stat(file); err != nil {
		t.Errorf("Start returned before the process was ready: %v", err)
	}
	if p := s.Processes()[0]; p.State != Ready || !p.Alive() {
		t.Errorf("the account says %+v", p)
	}
}

func TestDeadProcessIsStartedAgainAndReported(t *testing.T) {
	s := supervisor(t)
	start(t, s, shell("victim", "exec sleep 1000"))
	first := s.Processes()[0]
	if err := s.Signal("victim", syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a restart", func() bool {
		p := s.Processes()[0]
		return p.Restarts == 1 && p.State == Ready && p.PID != first.PID
	})
	if p := s.Processes()[0]; !strings.Contains(p.LastExit, "killed") {
		t.Errorf("the account says it ended by %q", p.LastExit)
	}
	account, err := Load(s.runDir)
	if err != nil || account.Processes[0].Restarts != 1 {
		t.Errorf("the account on disk is %+v, %v", account, err)
	}
}

func TestHopelessProcessFailsTheStart(t *testing.T) {
	s := supervisor(t)
	spec := shell("broken", "echo no such ledger >&2; exit 3")
	spec.Ready = func(context.Context) error { return errors.New("not ready") }
	err := s.Start(t.Context(), spec)
	if err == nil {
		t.Fatal("the start succeeded")
	}
	for _, want := range []string{"broken does not start", "exit status 3", "no such ledger", "broken.log"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
}

func TestMissingProgramFailsTheStart(t *testing.T) {
	s := supervisor(t)
	err := s.Start(
		t.Context(),
		Spec{Name: "ghost", Path: "/nowhere/ghost", Ready: func(context.Context) error { return errors.New("no") }},
	)
	if err == nil || !strings.Contains(err.Error(), "/nowhere/ghost") {
		t.Errorf("got %v", err)
	}
}

func TestCloseStopsInReverseAndInsists(t *testing.T) {
	s := supervisor(t)
	dir := t.TempDir()
	trace := filepath.Join(dir, "trace")
	trapping := func(name, trap string) Spec { // ready once its trap is set
		set := filepath.Join(dir, name)
		spec := shell(name, fmt.Sprintf("trap '%s' TERM; touch %s; while :; do sleep 0.05; done", trap, set))
		spec.Ready = func(context.Context) error { _, err := os.Stat(set); return err }
		return spec
	}
	polite := func(name string) Spec { return trapping(name, fmt.Sprintf("echo %s >>%s; exit 0", name, trace)) }
	stubborn := trapping("stubborn", "")
	stubborn.StopTimeout = 300 * time.Millisecond
	for _, spec := range []Spec{polite("first"), polite("second"), stubborn} {
		start(t, s, spec)
	}
	processes := s.Processes()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, p := range processes {
		if p.Alive() {
			t.Errorf("%s is still alive", p.Name)
		}
	}
	if got, _ := os.ReadFile(trace); string(got) != "second\nfirst\n" {
		t.Errorf("stopped in the order %q", got)
	}
}

func TestOneSupervisorToAFolder(t *testing.T) {
	s := supervisor(t)
	if _, err := Open(s.runDir, s.logDir, slog.Default()); !errors.Is(err, ErrRunning) {
		t.Errorf("a second supervisor got %v", err)
	}
}

func TestNothingOutlivesAKilledSupervisor(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0], "supervise", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	started := make([]byte, 64)
	if n, _ := out.Read(started); !strings.HasPrefix(string(started[:n]), "started <nil>") {
		t.Fatalf("the supervisor said %q", started[:n])
	}
	account, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	child := account.Processes[0]
	if !child.Alive() {
		t.Fatal("the child does not run")
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	eventually(t, "the end of the child", func() bool { return !child.Alive() })
	if account.Supervisor.Alive() {
		t.Error("the account takes the dead supervisor for alive")
	}
}

func TestOpenStopsWhatAnEarlierRunLeft(t *testing.T) {
	s := supervisor(t)
	orphan := exec.Command("/bin/sleep", "1000")
	orphan.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := orphan.Start(); err != nil {
		t.Fatal(err)
	}
	gone := make(chan error, 1)
	go func() { gone <- orphan.Wait() }()
	pid := orphan.Process.Pid
	s.batches = [][]*child{{{process: Process{Name: "orphan", PID: pid, Started: startTime(pid)}}}}
	if err := s.save(); err != nil {
		t.Fatal(err)
	}
	s.lock.Close() // as if this supervisor had been killed

	again, err := Open(s.runDir, s.logDir, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	select {
	case <-gone:
	case <-time.After(5 * time.Second):
		t.Error("the orphan still runs")
	}
	s.batches = nil // it was never this supervisor's child
}

// A process id is used again by the kernel: a later process of the same id is
// not ours to stop.
func TestAliveTellsProcessesOfOneIDApart(t *testing.T) {
	self := Process{PID: os.Getpid(), Started: startTime(os.Getpid())}
	if !self.Alive() {
		t.Error("this process is not alive")
	}
	self.Started++
	if self.Alive() {
		t.Error("a process that started at another time is taken for this one")
	}
}

func TestProbes(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := All(Listens(address))(t.Context()); err != nil {
		t.Errorf("open port: %v", err)
	}
	listener.Close()
	if err := All(Listens(address))(t.Context()); err == nil {
		t.Error("closed port: ready")
	}
}

// A process that hangs is ended and started again; one that is only slow to
// answer while it works is left alone.
func TestHungProcessIsStartedAgain(t *testing.T) {
	s := supervisor(t)
	silent := shell("silent", "exec sleep 1000")
	silent.Live = func(context.Context) error { return errors.New("no answer") }
	busy := shell("busy", "while :; do :; done")
	busy.Live = silent.Live
	start(t, s, shell("stopped", "exec sleep 1000"), silent, busy)
	hung := time.Now()
	if err := s.Signal("stopped", syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"stopped", "silent"} {
		eventually(
			t,
			"a restart of "+name,
			func() bool { p := s.Processes()[i]; return p.Restarts > 0 && p.State == Ready },
		)
		t.Logf("%s was started again %s after it hung: %s", name, time.Since(hung), s.Processes()[i].LastHang)
	}
	if p := s.Processes()[2]; p.Restarts > 0 {
		t.Errorf("what computes was ended: %+v", p)
	}
}

// The kernel accepts connections for a process that hangs.
func TestAnOpenPortIsNoSignOfLife(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	address := listener.Addr().String()
	if err := Listens(address)(ctx); err != nil {
		t.Fatal(err)
	}
	for name, probe := range map[string]func(context.Context) error{"Speaks": Speaks(address), "Answers": Answers("http://" + address)} {
		if probe(ctx) == nil {
			t.Errorf("%s takes a port that nobody serves for alive", name)
		}
	}
}
