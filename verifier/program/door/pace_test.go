package door

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// Short times, so that the tests are.
const (
	soon = 200 * time.Millisecond
	fast = 1 << 20
)

func dial(t *testing.T, server *httptest.Server, request string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if _, err := io.WriteString(c, request); err != nil {
		t.Fatal(err)
	}
	return c
}

// A body that comes a byte at a time ends, and so does one that stops coming.
func TestASlowBodyEnds(t *testing.T) {
	ended := make(chan error, 1)
	server := httptest.NewServer(paced(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(r.Body)
		ended <- err
	}), soon, fast))
	defer server.Close()
	c := dial(t, server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
	go func() {
		for {
			if _, err := c.Write([]byte("x")); err != nil {
				return
			}
			time.Sleep(soon / 10)
		}
	}()
	if err := <-ended; !errors.Is(err, ErrSlow) {
		t.Errorf("%v", err)
	}
}

// Who does not read the answer gives the handler back.
func TestASlowReaderEnds(t *testing.T) {
	ended := make(chan error, 1)
	server := httptest.NewServer(paced(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := io.WriteString(w, strings.Repeat("x", 64<<10)); err != nil {
				ended <- err
				return
			}
		}
	}), soon, 64<<20))
	defer server.Close()
	dial(t, server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	if err := <-ended; err == nil {
		t.Error("no error")
	}
}

// Who read much, and fast, and then no more, holds the handler for no longer than
// who reads nothing.
func TestWhoStopsReadingEnds(t *testing.T) {
	ended := make(chan error, 1)
	server := httptest.NewServer(paced(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := io.WriteString(w, strings.Repeat("x", 64<<10)); err != nil {
				ended <- err
				return
			}
		}
	}), soon, fast))
	defer server.Close()
	c := dial(t, server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	if _, err := io.CopyN(io.Discard, c, 60*fast); err != nil { // a minute's worth
		t.Fatal(err)
	}
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		t.Error("it waits still")
	}
}

// A handler may take longer than a body or an answer may, after the one and
// before the other; and the connection is good for another request.
func TestWorkTakesItsTime(t *testing.T) {
	server := httptest.NewServer(paced(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		time.Sleep(3 * soon)
		fmt.Fprint(w, string(body), err, r.Context().Err())
	}), soon, fast))
	defer server.Close()
	c := dial(t, server, "")
	answers := bufio.NewReader(c)
	for _, request := range []string{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"} {
		if _, err := io.WriteString(c, request); err != nil {
			t.Fatal(err)
		}
		response, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(response.Body)
		if !strings.HasSuffix(string(text), "<nil><nil>") && !strings.HasSuffix(string(text), "<nil> <nil>") {
			t.Errorf("%q", text)
		}
	}
}
