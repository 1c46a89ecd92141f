package storetest

import (
	"bytes"
	"net"
	"net/url"
	"os"
	"os/exec"
	"sync/atomic"
	"testing"
)

// cutVariable is set for the tests that run with every answer cut off.
const cutVariable = "TOUCHSTONE_TEST_CUT"

// RunCut runs the tests of the calling test's package once more, with
// connections that break in every commit: by turns after Postgres has committed
// and before it was asked to, every third one being left alone. What the tests
// say of each statement must hold all the same. Skip names tests that count
// connections or time.
func RunCut(t *testing.T, skip string) {
	t.Helper()
	if os.Getenv(cutVariable) != "" {
		t.Skip("this is the run whose answers are cut off")
	}
	again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^Test", "-test.skip="+skip, "-test.timeout=8m")
	again.Env = append(os.Environ(), cutVariable+"=1")
	if out, err := again.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// cutter stands between a store and Postgres.
type cutter struct {
	network, far string
	commits      atomic.Int64
}

// cutting gives the address of a database behind a cutter.
func cutting(t testing.TB, databaseURL string) string {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	c := &cutter{network: "tcp", far: u.Host}
	if folder := q.Get("host"); folder != "" {
		c.network, c.far = "unix", folder+"/.s.PGSQL.5432"
		q.Del("host")
	}
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go c.serve(client)
		}
	}()
	u.Host, u.RawQuery = listener.Addr().String(), q.Encode()
	return u.String()
}

// commit is how a driver asks for one: a simple query of this text.
var commit = []byte("COMMIT\x00")

// migration is in what a connection says that migrates; it is run again by whoever starts the program.
var migration = []byte("goose_db_version")

func (c *cutter) serve(client net.Conn) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial(c.network, c.far) //nolint:noctx // it ends with the test's database
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	var swallow atomic.Bool
	go func() {
		defer func() { _ = client.Close() }()
		buffer := make([]byte, 1<<16)
		for {
			n, err := server.Read(buffer)
			if err != nil || swallow.Load() {
				return
			}
			if _, err := client.Write(buffer[:n]); err != nil {
				return
			}
		}
	}()
	buffer, migrates := make([]byte, 1<<16), false
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		migrates = migrates || bytes.Contains(buffer[:n], migration)
		if bytes.HasSuffix(buffer[:n], commit) && !migrates {
			switch c.commits.Add(1) % 3 {
			case 0:
				return // Postgres is never asked to commit
			case 1:
				swallow.Store(true) // and what it answers is lost
			}
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}
