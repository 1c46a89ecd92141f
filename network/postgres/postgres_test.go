package postgres

import (
	"database/sql"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/network/supervise"
	"github.com/touchstone-trace/touchstone/network/topology"
)

func run(t *testing.T, dir string) (dsn string, stop func()) {
	t.Helper()
	cluster, stop := start(t, dir)
	return cluster.DSN(), stop
}

// start starts a cluster in dir until the test, or the function that is answered,
// ends it.
func start(t *testing.T, dir string) (cluster *Cluster, stop func()) {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	cluster, err := Prepare(t.Context(), dir, freePort(t), log)
	if err != nil {
		t.Fatal(err)
	}
	super, err := supervise.Open(filepath.Join(t.TempDir(), "run"), t.TempDir(), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { super.Close() })
	if err := super.Start(t.Context(), cluster.Process()); err != nil {
		t.Fatal(err)
	}
	return cluster, func() { super.Close() }
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", topology.Host+":0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func query(t *testing.T, dsn, statement string) error {
	t.Helper()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.ExecContext(t.Context(), statement)
	return err
}

func TestClusterKeepsItsDataAndItsPassword(t *testing.T) {
	dir := t.TempDir()
	t.Cleanup(func() { Remove(dir) })
	dsn, stop := run(t, dir)
	if err := query(t, dsn, "CREATE TABLE kept AS SELECT '试金石'::text AS name"); err != nil {
		t.Fatal(err)
	}
	wrong, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	wrong.User = url.UserPassword(name, "guess")
	if err := query(t, wrong.String(), "SELECT 1"); err == nil || !strings.Contains(err.Error(), "password") {
		t.Errorf("a wrong password: %v", err)
	}
	if info, err := os.Stat(filepath.Join(dir, "password")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the password's file: %v, %v", info, err)
	}
	stop()

	dsn, _ = run(t, dir)
	if err := query(t, dsn, "SELECT 1/count(*) FROM kept WHERE name = '试金石'"); err != nil {
		t.Errorf("after a restart: %v", err)
	}
}

// Below a folder like /root, a server that does not run as root cannot work.
func TestClusterBelowAClosedFolder(t *testing.T) {
	closed := t.TempDir()
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(closed, "state", "postgres")
	dsn, stop := run(t, dir)
	if err := query(t, dsn, "SELECT 1"); err != nil {
		t.Error(err)
	}
	stop()
	data, err := filepath.EvalSymlinks(filepath.Join(dir, "data"))
	if err != nil {
		t.Fatal(err)
	}
	if err := Remove(dir); err != nil {
		t.Error(err)
	}
	for _, gone := range []string{dir, data} {
		if _, err := os.Stat(gone); !os.IsNotExist(err) {
			t.Errorf("%s is still there: %v", gone, err)
		}
	}
}

func TestPortInUseIsSaid(t *testing.T) {
	l, err := net.Listen("tcp", topology.Host+":0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = Prepare(t.Context(), t.TempDir(), l.Addr().(*net.TCPAddr).Port, slog.Default())
	if err == nil || !strings.Contains(err.Error(), "postgres needs, is in use") {
		t.Errorf("got %v", err)
	}
}
