package supervise

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
)

// Listens is ready when something accepts TCP connections at address.
func Listens(address string) func(context.Context) error {
	return func(ctx context.Context) error {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if err != nil {
			return err
		}
		return conn.Close()
	}
}

// Healthy is ready when url answers 200.
func Healthy(url string) func(context.Context) error {
	return func(ctx context.Context) error {
		code, err := status(ctx, url)
		if err == nil && code != http.StatusOK {
			err = fmt.Errorf("%s answers %d %s", url, code, http.StatusText(code))
		}
		return err
	}
}

// Answers is alive when url answers, whatever it says.
func Answers(url string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := status(ctx, url)
		return err
	}
}

func status(ctx context.Context, url string) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	return response.StatusCode, response.Body.Close()
}

// Speaks is alive when a gRPC server without TLS at address begins a connection:
// the kernel accepts connections for a process that hangs, so the server's own
// first frame is waited for (RFC 9113, section 3.4).
func Speaks(address string) func(context.Context) error {
	return func(ctx context.Context) error {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if err != nil {
			return err
		}
		defer conn.Close()
		if deadline, ok := ctx.Deadline(); ok {
			if err := conn.SetDeadline(deadline); err != nil {
				return err
			}
		}
		const preface, emptySettings = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x00\x00\x00\x04\x00\x00\x00\x00\x00"
		if _, err := io.WriteString(conn, preface+emptySettings); err != nil {
			return err
		}
		_, err = io.ReadFull(conn, make([]byte, len(emptySettings)))
		return err
	}
}

// All is ready when every probe is.
func All(probes ...func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		for _, probe := range probes {
			if err := probe(ctx); err != nil {
				return err
			}
		}
		return nil
	}
}
