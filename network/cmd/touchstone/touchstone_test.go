package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/network/local"
	"github.com/touchstone-trace/touchstone/network/networktest"
	"github.com/touchstone-trace/touchstone/network/supervise"
)

// The program as a user runs it: started, looked at, killed, started again,
// interrupted, cleaned away.
func TestTouchstone(t *testing.T) {
	p := newProgram(t)
	running := p.up()

	look := p.look()
	if !look.Running || len(look.Processes) == 0 || len(look.Nodes) == 0 {
		t.Fatalf("status says %+v", look)
	}
	for _, process := range look.Processes {
		if process.State != supervise.Ready || !process.Alive() {
			t.Errorf("status says %+v", process)
		}
	}
	for _, node := range look.Nodes {
		if !node.Healthy || !node.Joined || node.Height == 0 {
			t.Errorf("status says %+v", node)
		}
	}

	out, err := p.command("up").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "touchstone stop") ||
		strings.Count(strings.TrimSpace(string(out)), "\n") != 0 {
		t.Errorf("a second start: %v: %s", err, out)
	}

	_ = running.Process.Kill()
	_ = running.Wait()
	p.nothingOf(look)

	began := time.Now()
	running = p.up()
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("the second start took %s", took)
	}
	look = p.look()
	_ = running.Process.Signal(os.Interrupt)
	if err := running.Wait(); err != nil {
		t.Errorf("interrupted: %v", err)
	}
	p.nothingOf(look)

	if out, err := p.command("clean").CombinedOutput(); err != nil {
		t.Errorf("clean: %v: %s", err, out)
	}
	if _, err := os.Stat(p.state); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", p.state, err)
	}
}

// program is the built program and a state folder for it.
type program struct {
	t           *testing.T
	path, state string
	env         []string
}

func newProgram(t *testing.T) *program {
	t.Helper()
	p := &program{t: t, path: filepath.Join(t.TempDir(), "touchstone"), state: filepath.Join(t.TempDir(), "state")}
	if out, err := exec.Command("go", "build", "-o", p.path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	base := networktest.FreePorts(t)
	p.env = append(
		os.Environ(), "TOUCHSTONE_STATE="+p.state, fmt.Sprint("TOUCHSTONE_BASE_PORT=", base),
		fmt.Sprint("TOUCHSTONE_GATEWAY_PORT=", base+95), fmt.Sprint("TOUCHSTONE_VERIFIER_PORT=", base+96),
		"DATABASE_URL=",
	)
	return p
}

func (p *program) command(args ...string) *exec.Cmd {
	cmd := exec.Command(p.path, args...)
	cmd.Env = p.env
	return cmd
}

// up starts everything and returns when it says that it runs.
func (p *program) up() *exec.Cmd {
	p.t.Helper()
	cmd := p.command("up")
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	said, err := cmd.StderrPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = cmd.Process.Kill() })
	for scan := bufio.NewScanner(said); scan.Scan(); {
		p.t.Log(scan.Text())
		if strings.Contains(scan.Text(), "press Ctrl-C to stop") {
			go discard(scan)
			return cmd
		}
	}
	p.t.Fatalf("up ended: %v", cmd.Wait())
	return nil
}

func discard(scan *bufio.Scanner) {
	for scan.Scan() {
	}
}

func (p *program) look() local.Status {
	p.t.Helper()
	out, err := p.command("status", "--json").Output()
	if err != nil {
		p.t.Fatal(err)
	}
	var look local.Status
	if err := json.Unmarshal(out, &look); err != nil {
		p.t.Fatal(err)
	}
	return look
}

// nothingOf fails the test when a process that ran goes on running.
func (p *program) nothingOf(look local.Status) {
	p.t.Helper()
	for _, process := range look.Processes {
		for deadline := time.Now().Add(10 * time.Second); process.Alive(); time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				p.t.Errorf("%s (%d) still runs", process.Name, process.PID)
				break
			}
		}
	}
}
