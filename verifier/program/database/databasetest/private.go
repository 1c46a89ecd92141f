package databasetest

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// startPrivate makes a cluster in a temporary folder and serves it on a Unix
// socket there, so that no port is needed. Unless settings say otherwise it
// does not wait for its disk.
func startPrivate(settings ...string) (databaseURL string, stop func(), err error) {
	initdb, err := findBinary("initdb")
	if err != nil {
		return "", nil, err
	}
	folder, err := os.MkdirTemp("", "touchstone-pg-")
	if err != nil {
		return "", nil, err
	}
	as, err := serverUser(folder)
	if err != nil {
		return "", nil, err
	}
	data := filepath.Join(folder, "data")
	if out, err := as.command(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync").
		CombinedOutput(); err != nil {
		os.RemoveAll(folder)
		return "", nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	q := url.Values{"host": {folder}, "sslmode": {"disable"}}
	databaseURL = "postgres://postgres@/postgres?" + q.Encode()
	stop, err = as.serve(filepath.Join(filepath.Dir(initdb), "postgres"), data, folder, settings...)
	if err != nil {
		os.RemoveAll(folder)
		return "", nil, err
	}
	if err := waitReady(databaseURL); err != nil {
		stop()
		return "", nil, err
	}
	return databaseURL, stop, nil
}

// serve runs the server on a thread of its own, whose end, and so that of the
// test process in any manner, is the server's end too.
func (u osUser) serve(postgres, data, folder string, settings ...string) (stop func(), err error) {
	args := []string{"-D", data, "-k", folder}
	for _, s := range append([]string{"listen_addresses=", "fsync=off", "max_connections=300", "log_min_messages=fatal"}, settings...) {
		args = append(args, "-c", s)
	}
	cmd := u.command(postgres, args...)
	cmd.SysProcAttr.Pdeathsig = syscall.SIGQUIT
	started, ended := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer close(ended)
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait()
		}
	}()
	return func() {
		cmd.Process.Signal(syscall.SIGQUIT)
		<-ended
		os.RemoveAll(folder)
	}, <-started
}

// osUser is whom the server runs as: Postgres refuses to run as root.
type osUser struct{ credential *syscall.Credential }

func serverUser(folder string) (osUser, error) {
	if os.Geteuid() != 0 {
		return osUser{}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return osUser{}, fmt.Errorf("no user postgres, whom the server must run as when started by root: %w", err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return osUser{&syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, os.Chown(folder, uid, gid)
}

// command keeps the terminal's Ctrl-C away from the server: the tests stop it.
func (u osUser) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = os.TempDir()
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: u.credential, Setpgid: true}
	return cmd
}

func waitReady(databaseURL string) error {
	db, err := sql.Open("postgres", databaseURL)
	if err != nil {
		return err
	}
	defer db.Close()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if err = db.Ping(); err == nil || time.Now().After(deadline) {
			return err
		}
	}
}

// findBinary looks on PATH and where Debian keeps its versions, newest first.
func findBinary(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return filepath.EvalSymlinks(path)
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(found) == 0 {
		return "", fmt.Errorf(
			"%s not found: install PostgreSQL (Debian: apt-get install postgresql) or set TOUCHSTONE_TEST_DATABASE_URL",
			name,
		)
	}
	return slices.Max(found), nil
}
