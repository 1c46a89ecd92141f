package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// longest is more than anybody may take to send a request (see verifier/program/door).
const longest = 30 * time.Second

// Whoever sends a request slowly, or with more headers than anybody needs, is
// cut off, and others are answered all the while.
func TestSlowAndHugeRequests(t *testing.T) {
	address := configure(t, nil)
	serve(t, address)
	dial := func() net.Conn {
		conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		_ = conn.SetDeadline(time.Now().Add(longest))
		return conn
	}
	slow, body := dial(), dial()
	fmt.Fprint(slow, "GET / HTTP/1.1\r\nHost: x\r\nX-Never-Ends: ")
	fmt.Fprint(
		body,
		"POST /api/v1/scans HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
	)
	for name, header := range map[string]string{
		"one huge header": "X: " + strings.Repeat("x", 1<<20), "many headers": strings.Repeat("X: y\r\n", 200_000) + "Y: z",
		"a huge Accept-Language": "Accept-Language: " + strings.Repeat("zh,", 40_000), "a huge path": "",
	} {
		conn, target := dial(), "/"
		if header == "" {
			target, header = "/01/"+strings.Repeat("9", 1<<20), "X: y"
		}
		go fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n", target, header)
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err == nil && response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("%s: %d", name, response.StatusCode)
		}
	}
	if response, err := http.Get(address + "/healthz"); err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("somebody else meanwhile: %v", err)
	}
	begin := time.Now()
	for name, conn := range map[string]net.Conn{"headers": slow, "a body": body} {
		answer, err := bufio.NewReader(conn).ReadString('\n')
		if errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s that never end are still read after %s", name, time.Since(begin))
		}
		if strings.Contains(answer, " 200 ") {
			t.Errorf("%s that never end are answered %s", name, answer)
		}
	}
}
