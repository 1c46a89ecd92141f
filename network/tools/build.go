package tools

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/touchstone-trace/touchstone/network/preflight"
)

// build makes a module's programs in a temporary folder and puts the whole
// folder in place at the end: a build that is interrupted leaves nothing.
func (b Builder) build(ctx context.Context, m module, source, dir string) error {
	if err := preflight.Disk(filepath.Dir(dir), preflight.BuildSpace); err != nil {
		return err
	}
	if m.cgo {
		if err := b.ensureCompiler(ctx); err != nil {
			return err
		}
	}
	partial, err := os.MkdirTemp(filepath.Dir(dir), "partial-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(partial) }()
	title := path.Base(m.pinned) + " " + m.release
	total, err := b.countPackages(ctx, source, title)
	if err != nil {
		return err
	}
	args := []string{
		"build",
		"-v",
		"-trimpath",
		"-ldflags",
		"-s -w -X " + m.version + "=" + m.release,
		"-o",
		partial,
		"tool",
	}
	if err := runGo(ctx, source, m.cgo, newProgress(b.Log, title, total), args...); err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil { // one that lacks a command
		return err
	}
	return os.Rename(partial, dir)
}

// countPackages downloads what a module needs and counts its packages, for the
// progress of the build.
func (b Builder) countPackages(ctx context.Context, source, title string) (int, error) {
	b.Log.Info("downloading the source of " + title)
	cmd := exec.CommandContext(ctx, "go", "list", "-deps", "tool")
	cmd.Dir = source
	out, err := cmd.Output()
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		return 0, fmt.Errorf("%w: %s", err, lastLine(string(exit.Stderr)))
	}
	return strings.Count(string(out), "\n"), err
}

// runGo runs the go command and reports each package that it has built.
func runGo(ctx context.Context, dir string, cgo bool, p progress, args ...string) error {
	defer p.done()
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED="+map[bool]string{false: "0", true: "1"}[cgo])
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	lines, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	said := follow(lines, p)
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("go %s: %w: %s", args[0], err, lastLine(said))
	}
	return nil
}

// follow counts the lines that name a package and keeps the others.
func follow(lines io.Reader, p progress) string {
	var said strings.Builder
	for scan := bufio.NewScanner(lines); scan.Scan(); {
		if strings.ContainsAny(scan.Text(), " :") {
			said.WriteString(scan.Text() + "\n")
			continue
		}
		p.step()
	}
	return said.String()
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// ensureCompiler makes sure of a C compiler, which the CA's SQLite needs.
func (b Builder) ensureCompiler(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "go", "env", "CC").Output()
	if err != nil {
		return err
	}
	cc := strings.TrimSpace(string(out))
	if _, err := exec.LookPath(cc); err == nil {
		return nil
	}
	if err := preflight.AptInstall(ctx, b.Log, "gcc", "libc6-dev"); err != nil {
		return fmt.Errorf(
			"a C compiler is needed to build fabric-ca-server: install gcc and libc6-dev, or set FABRIC_BIN (%w)",
			err,
		)
	}
	return nil
}

// lock waits for the file lock that keeps two builds from doing the same work.
func lock(file string) (release func(), err error) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() { _ = f.Close() }, nil
}

// Own builds programs of Touchstone itself into a folder, each under the last
// element of its package path.
func Own(ctx context.Context, source, into string, packages ...string) error {
	if err := os.MkdirAll(into, 0o700); err != nil {
		return err
	}
	cmd := exec.CommandContext(
		ctx,
		"go",
		append([]string{"build", "-trimpath", "-o", into + string(filepath.Separator)}, packages...)...)
	cmd.Dir = source
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, bytes.TrimSpace(out))
	}
	return nil
}
