// Package door is where requests come in, the same for both programs: the bounds
// of a connection, the pace at which a client has to read and write, and the
// numbers for who runs the program, on an address of their own.
//
// It knows nothing of routes, and of the text of a request only whether it is text.
package door

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Bounds of a connection. How long a body and an answer may take is said by Pace.
const (
	headerTime   = 5 * time.Second
	idleTime     = time.Minute
	maxHeader    = 16 << 10
	shutdownTime = 20 * time.Second
)

// Way is an address and what is served there.
type Way struct {
	net.Listener
	http.Handler
}

// Open listens on the address that a setting names.
func Open(setting, address string, handler http.Handler) (Way, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return Way{}, errors.New(setting + ": " + err.Error())
	}
	return Way{listener, handler}, nil
}

// Numbers serves a program's metrics at /metrics and nothing else. It belongs on
// an address that strangers cannot reach.
func Numbers(metrics *prometheus.Registry) http.Handler {
	routes := http.NewServeMux()
	routes.Handle(
		"GET /metrics",
		promhttp.HandlerFor(metrics, promhttp.HandlerOpts{MaxRequestsInFlight: 4, EnableOpenMetrics: true}),
	)
	return routes
}

// Serve serves until ctx ends, then lets running requests finish. It ends
// with the first way that fails.
func Serve(ctx context.Context, log *slog.Logger, ways ...Way) error {
	failed := make(chan error, len(ways))
	var servers []*http.Server
	for _, w := range ways {
		server := newServer(w.Handler)
		servers = append(servers, server)
		log.Info("serving", "address", w.Addr().String())
		go func() { failed <- server.Serve(w.Listener) }()
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	log.Info("stopping")
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	var all error
	for _, server := range servers {
		all = errors.Join(all, server.Shutdown(ctx))
	}
	return all
}

// newServer discards what net/http itself would log: it names addresses, and
// nothing that the handlers do not log.
func newServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           Pace(handler),
		ReadHeaderTimeout: headerTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug),
	}
}
