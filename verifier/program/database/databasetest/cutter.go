package databasetest

import (
	"bufio"
	"encoding/binary"
	"flag"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// cutVariable is set for the tests that run with every answer cut off.
const cutVariable = "TOUCHSTONE_TEST_CUT"

// RunCut runs the tests of the calling test's package once more, with
// connections that break in commits. Of each transaction, told by the texts of
// its statements, the first commit never reaches Postgres, the second, which is
// the first one's repetition where that is repeated, does and its answer is
// lost; those after that are left alone, for they would show nothing new. What
// the tests say of each statement must hold all the same. Skip names tests that
// count connections or time; properties are tried a few times only.
func RunCut(t *testing.T, skip string) {
	t.Helper()
	if os.Getenv(cutVariable) != "" {
		t.Skip("this is the run whose answers are cut off")
	}
	args := []string{"-test.run=^Test", "-test.skip=" + skip, "-test.timeout=8m"}
	if flag.Lookup("rapid.checks") != nil {
		args = append(args, "-rapid.checks=3")
	}
	again := exec.CommandContext(t.Context(), os.Args[0], args...)
	again.Env = append(os.Environ(), cutVariable+"=1")
	if out, err := again.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// cutter stands between a store and Postgres.
type cutter struct{ network, far string }

// commits counts how often each transaction of this process was to be committed.
var commits struct {
	sync.Mutex
	of map[string]int
}

func countCommit(transaction string) int {
	commits.Lock()
	defer commits.Unlock()
	if commits.of == nil {
		commits.of = map[string]int{}
	}
	commits.of[transaction]++
	return commits.of[transaction]
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

func (c *cutter) serve(client net.Conn) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial(c.network, c.far) //nolint:noctx // it ends with the test's database
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	var swallow atomic.Bool
	go answers(client, server, &swallow)
	conversation := conversation{statements: map[string]string{}}
	from := bufio.NewReaderSize(client, 1<<16)
	for first := true; ; first = false {
		message, err := readMessage(from, first)
		if err != nil {
			return
		}
		switch conversation.commits(message, first) {
		case 1:
			return // Postgres is never asked to commit
		case 2:
			swallow.Store(true) // and what it answers is lost
		}
		if _, err := server.Write(message); err != nil {
			return
		}
	}
}

// answers hands back what Postgres says, until that is to be swallowed.
func answers(client, server net.Conn, swallow *atomic.Bool) {
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
}

// readMessage reads one message of Postgres' protocol (its chapter "Message
// Formats"): a letter, which the first one has not, and its length in four bytes.
func readMessage(from *bufio.Reader, first bool) ([]byte, error) {
	header := 5
	if first {
		header = 4
	}
	head, err := from.Peek(header)
	if err != nil {
		return nil, err
	}
	message := make([]byte, header-4+int(binary.BigEndian.Uint32(head[header-4:])))
	_, err = io.ReadFull(from, message)
	return message, err
}

// conversation is what a connection has been asked: the statements that it has
// prepared, by name, and the texts of its transaction.
type conversation struct {
	statements  map[string]string
	transaction strings.Builder
	migrates    bool // whoever starts the program runs migrations again
}

// commits gives how often this transaction is committed with this message, 0 where it is not.
func (c *conversation) commits(message []byte, first bool) int {
	if first {
		return 0
	}
	texts := strings.Split(string(message[5:]), "\x00")
	switch message[0] {
	case 'P': // Parse: the statement's name, its text
		c.statements[texts[0]] = texts[1]
		c.migrates = c.migrates || strings.Contains(texts[1], "goose_db_version")
	case 'B': // Bind: the portal's name, the statement's
		c.transaction.WriteString(c.statements[texts[1]])
	case 'Q': // a query without arguments
		c.migrates = c.migrates || strings.Contains(texts[0], "goose_db_version")
		if strings.HasPrefix(texts[0], "BEGIN") {
			c.transaction.Reset() // what was read before it on this connection tells no transaction from another
		}
		if texts[0] != "COMMIT" {
			c.transaction.WriteString(texts[0])
			return 0
		}
		transaction := c.transaction.String()
		c.transaction.Reset()
		if !c.migrates {
			return countCommit(transaction)
		}
	}
	return 0
}
