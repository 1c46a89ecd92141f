package supervise

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"gopkg.in/natefinch/lumberjack.v2"
)

const (
	firstPause = 200 * time.Millisecond // before the first restart; doubles
	lastPause  = 30 * time.Second
	steady     = time.Minute // a process that ran this long starts over with firstPause
	probeEvery = 100 * time.Millisecond
	probeLimit = 2 * time.Second // for one probe
	patience   = 5               // starts before readiness that may fail at bring-up: Postgres refuses while what a killed one left is still ending
)

// child is one process and the goroutine that keeps it running.
type child struct {
	sup     *Supervisor
	spec    Spec
	process Process // guarded by sup.mu

	ctx     context.Context // ends when the process is to stop
	cancel  context.CancelFunc
	ready   chan struct{} // closed when first ready
	failed  chan error    // the reason, when bring-up is hopeless
	stopped chan struct{} // closed when run has returned
}

func newChild(s *Supervisor, spec Spec) *child {
	if spec.StopSignal == 0 {
		spec.StopSignal = syscall.SIGTERM
	}
	if spec.StopTimeout == 0 {
		spec.StopTimeout = 10 * time.Second
	}
	ctx, cancel := context.WithCancel(context.Background())
	return &child{
		sup: s, spec: spec, ctx: ctx, cancel: cancel,
		process: Process{Name: spec.Name, State: Starting, Since: time.Now().UTC(), Log: s.logFile(spec.Name)},
		ready:   make(chan struct{}), failed: make(chan error, 1), stopped: make(chan struct{}),
	}
}

// run starts the process again and again until it is told to stop. It keeps to
// one operating-system thread, because the kernel sends the parent-death
// signal when the thread that started the child ends.
func (c *child) run() {
	runtime.LockOSThread()
	defer close(c.stopped)
	output := &lumberjack.Logger{Filename: c.process.Log, MaxSize: 32, MaxBackups: 2}
	defer func() { _ = output.Close() }()

	pause := firstPause
	for starts := 1; ; starts++ {
		began := time.Now()
		err := c.once(output)
		if c.ctx.Err() != nil {
			c.sup.update(c, func(p *Process) { p.State, p.PID, p.Started = Stopped, 0, 0 })
			return
		}
		c.died(err, starts)
		if time.Since(began) > steady {
			pause = firstPause
		}
		c.sup.log.Warn(
			"process ended, starting it again", "process", c.spec.Name, "exit", err, "after", pause, "log",
			c.process.Log,
		)
		select {
		case <-c.ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, lastPause)
	}
}

// died notes the end of one run, and gives bring-up up after a few of them.
func (c *child) died(err error, starts int) {
	c.sup.update(c, func(p *Process) {
		p.State, p.PID, p.Started, p.LastExit = Waiting, 0, 0, err.Error()
		p.Restarts++
	})
	if starts == patience {
		select {
		case c.failed <- fmt.Errorf("%s does not start: %w; %s: see %s", c.spec.Name, err, reason(c.process.Log), c.process.Log):
		default:
		}
	}
}

// once runs the process to its end; the answer is never nil.
func (c *child) once(output *lumberjack.Logger) error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	cmd := exec.Command(c.spec.Path, c.spec.Args...)
	cmd.Dir, cmd.Env = c.spec.Dir, c.spec.Env
	cmd.Stdout, cmd.Stderr = output, output
	cmd.WaitDelay = time.Second // a grandchild that keeps the pipe open does not keep us
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL, Credential: c.spec.Credential}
	if err := cmd.Start(); err != nil {
		return err
	}
	c.sup.update(c, func(p *Process) {
		p.State, p.PID, p.Started = Starting, cmd.Process.Pid, startTime(cmd.Process.Pid)
	})
	running, ended := context.WithCancel(context.Background())
	defer ended()
	go func() {
		c.probe(running)
		c.watch(running, cmd.Process.Pid)
	}()
	go c.endOnStop(running, cmd.Process.Pid)
	err := cmd.Wait()
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // what is left of its group
	if err == nil {
		return fmt.Errorf("it ended by itself")
	}
	return err
}

// probe moves the process from starting to ready.
func (c *child) probe(running context.Context) {
	for running.Err() == nil {
		if c.answers(running) {
			c.sup.update(c, func(p *Process) { p.State = Ready })
			c.sup.log.Debug("process ready", "process", c.spec.Name)
			c.announce()
			return
		}
		select {
		case <-running.Done():
		case <-time.After(probeEvery):
		}
	}
}

func (c *child) answers(running context.Context) bool {
	if c.spec.Ready == nil {
		return true
	}
	ctx, cancel := context.WithTimeout(running, probeLimit)
	defer cancel()
	return c.spec.Ready(ctx) == nil && running.Err() == nil
}

// announce closes ready once; only probe calls it, one run after the other.
func (c *child) announce() {
	select {
	case <-c.ready:
	default:
		close(c.ready)
	}
}

// endOnStop asks the process to end when told to; what is left of its group
// after a while is killed.
func (c *child) endOnStop(running context.Context, pid int) {
	select {
	case <-running.Done():
		return
	case <-c.ctx.Done():
	}
	_ = syscall.Kill(pid, c.spec.StopSignal)
	select {
	case <-running.Done():
	case <-time.After(c.spec.StopTimeout):
		c.sup.log.Warn("process does not stop, killing it", "process", c.spec.Name)
		_ = syscall.Kill(-pid, syscall.SIGKILL)
	}
}

func (c *child) waitReady(ctx context.Context) error {
	select {
	case <-c.ready:
		return nil
	case err := <-c.failed:
		return err
	case <-c.stopped:
		return fmt.Errorf("%s was stopped before it was ready", c.spec.Name)
	case <-ctx.Done():
		return fmt.Errorf(
			"%s is not ready: %w; %s: see %s", c.spec.Name, context.Cause(ctx), reason(c.process.Log),
			c.process.Log,
		)
	}
}

func (c *child) stop() {
	c.cancel()
	<-c.stopped
}
