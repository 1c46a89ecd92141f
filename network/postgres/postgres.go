// Package postgres runs a private Postgres cluster in a folder: it finds or
// installs the server, initialises the cluster once, says which process to run,
// and makes the programs' roles. What is stored in the database is not its business.
package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/touchstone-trace/touchstone/network/preflight"
	"github.com/touchstone-trace/touchstone/network/supervise"
	"github.com/touchstone-trace/touchstone/network/topology"
)

// name is the cluster's superuser, whom no program is, and its one database.
const name = "touchstone"

// Cluster is a Postgres cluster.
type Cluster struct {
	bin       string // folder of the server's programs
	data      string
	port      int
	password  string              // the superuser's
	passwords map[string]string   // of topology.DatabaseRoles
	user      *syscall.Credential // nil for the user who runs us
}

// Prepare makes sure of a server and of an initialised cluster. dir is closed
// to others; it holds the password and, as far as possible, the data.
func Prepare(ctx context.Context, dir string, port int, log *slog.Logger) (*Cluster, error) {
	if err := preflight.Ports(topology.Listener{Process: "postgres", Port: port}); err != nil {
		return nil, err
	}
	bin, err := findServer(ctx, log)
	if err != nil {
		return nil, err
	}
	c := &Cluster{bin: bin, port: port, passwords: map[string]string{}}
	if c.password, err = password(dir, "password"); err != nil {
		return nil, err
	}
	for _, role := range topology.DatabaseRoles {
		if c.passwords[role], err = password(dir, role+".password"); err != nil {
			return nil, err
		}
	}
	if c.user, err = serverUser(); err != nil {
		return nil, err
	}
	if c.data, err = dataDir(dir); err != nil {
		return nil, err
	}
	return c, c.initialise(ctx, log)
}

// DSN is the address of the database for its administrator, password included.
func (c *Cluster) DSN() string { return c.address(name, c.password) }

// Process is the server. It listens on this machine only.
func (c *Cluster) Process() supervise.Spec {
	return supervise.Spec{
		Name: "postgres",
		Path: filepath.Join(c.bin, "postgres"),
		Args: c.arguments("listen_addresses="+topology.Host, "port="+strconv.Itoa(c.port), "unix_socket_directories=",
			"shared_buffers=256MB", "max_connections=200", "max_wal_size=2GB", "wal_compression=on"),
		Dir:        c.data,
		Env:        environment(),
		Credential: c.user,
		StopSignal: syscall.SIGINT, // Postgres's fast shutdown: clients are cut off, data is safe
		Ready:      c.answers,
		Live:       c.answers,
	}
}

func (c *Cluster) answers(ctx context.Context) error {
	return exec.CommandContext(ctx, filepath.Join(c.bin, "pg_isready"), "-q", "-h", topology.Host, "-p", strconv.Itoa(c.port)).
		Run()
}

func (c *Cluster) arguments(settings ...string) []string {
	args := []string{"-D", c.data}
	for _, s := range append(settings, "timezone=UTC", "log_timezone=UTC") {
		args = append(args, "-c", s)
	}
	return args
}

// initialise makes the cluster and its database, once and as a whole.
func (c *Cluster) initialise(ctx context.Context, log *slog.Logger) error {
	if _, err := os.Stat(c.data); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	log.Info("initialising Postgres", "data", c.data)
	partial := *c
	partial.data = c.data + ".partial"
	if err := os.RemoveAll(partial.data); err != nil {
		return err
	}
	if err := c.makeFolder(partial.data); err != nil {
		return err
	}
	secret, err := c.passwordFile(partial.data)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(secret) }()
	err = partial.run(ctx, "", "initdb", "-D", partial.data, "-U", name, "--pwfile="+secret,
		"--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-instructions")
	if err != nil {
		return err
	}
	// Without a server: a single-user session reads SQL from its input.
	create := "CREATE DATABASE " + name + ";\n"
	if err := partial.run(
		ctx,
		create,
		"postgres",
		append([]string{"--single"}, append(partial.arguments(), "postgres")...)...); err != nil {
		return err
	}
	return os.Rename(partial.data, c.data)
}

func (c *Cluster) makeFolder(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	return c.give(dir)
}

// passwordFile is a copy of the password that initdb, as the server's user, can
// read.
func (c *Cluster) passwordFile(beside string) (string, error) {
	file := beside + ".password"
	if err := os.WriteFile(file, []byte(c.password), 0o600); err != nil {
		return "", err
	}
	return file, c.give(file)
}

// give makes a file or folder the server's user's.
func (c *Cluster) give(path string) error {
	if c.user == nil {
		return nil
	}
	return os.Chown(path, int(c.user.Uid), int(c.user.Gid))
}

// run runs one of the server's programs to its end, as the server's user.
func (c *Cluster) run(ctx context.Context, input, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, program), args...)
	cmd.Dir, cmd.Env, cmd.Stdin = c.data, environment(), strings.NewReader(input)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.user}
	if out, err := cmd.CombinedOutput(); err != nil {
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		return fmt.Errorf("%s: %w: %s", program, err, lines[len(lines)-1])
	}
	return nil
}

func environment() []string { return []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"} }

// password is one that a file keeps, made when it is first asked for.
func password(dir, kept string) (string, error) {
	if err := os.MkdirAll(dir, 0o711); err != nil { //nolint:gosec // the server's user passes through
		return "", err
	}
	file := filepath.Join(dir, kept)
	have, err := os.ReadFile(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return string(have), err
	}
	made := rand.Text()
	if err := os.WriteFile(file+".new", []byte(made), 0o600); err != nil {
		return "", err
	}
	return made, os.Rename(file+".new", file)
}
