// Package api is the gateway's HTTP interface: routes, request validation and
// types generated from openapi.yaml, who may call what, how often and how large,
// answers to repeated requests, and the one table that maps reasons to HTTP.
//
// It knows nothing of SQL or Fabric and holds no rule of the supply chain: each
// handler calls one operation of gateway/service.
package api

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/gateway/access"
	"github.com/touchstone-trace/touchstone/gateway/service/rooms"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
)

//go:generate go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2 -config generate.yaml -o server.gen.go openapi.yaml

// Options are what the interface needs. All fields are required but
// TrustedProxies: the networks whose X-Forwarded-For is believed, and Console:
// what browsers get at every address that is not the interface's.
type Options struct {
	Rooms          *rooms.Rooms
	Access         *access.Desk
	Accounts       AccountFinder
	Answers        AnswerStore
	Trails         TrailStore
	Ready          func(context.Context) error // nil where the gateway can do its work
	Log            *slog.Logger
	Metrics        *prometheus.Registry
	RatePerSecond  float64 // requests of one account, on average
	Burst          int     // and at once
	TrustedProxies []*net.IPNet
	Console        http.Handler
}

// New builds the interface. It fails where openapi.yaml and the table of
// policies do not fit together.
func New(o Options) (http.Handler, error) {
	doc, err := loadDocument()
	if err != nil {
		return nil, err
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = clientAddress(o.TrustedProxies)
	e.HTTPErrorHandler = problemHandler(o.Log)
	e.Use(newObserver(o).middleware, onlyText)
	chain, err := (&guard{o: o, doc: doc, limits: newLimits(o.RatePerSecond, o.Burst), bodies: share.NewBodies(), origin: http.NewCrossOriginProtection()}).chains()
	if err != nil {
		return nil, err
	}
	RegisterHandlersWithOptions(
		e, NewStrictHandler(handlers{o.Rooms, o.Access}, nil), RegisterHandlersOptions{OperationMiddlewares: chain},
	)
	return beside(e, o.Console), addPublicRoutes(e, o, doc)
}

func addPublicRoutes(e *echo.Echo, o Options, doc *document) error {
	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", func(c echo.Context) error {
		if err := o.Ready(c.Request().Context()); err != nil {
			return c.String(http.StatusServiceUnavailable, err.Error()+"\n")
		}
		return c.String(http.StatusOK, "ready\n")
	})
	return doc.addRoutes(e)
}

// beside serves the console at every address that is not the interface's. Below
// /api everything is, so that a mistyped route stays a problem document.
func beside(routes, console http.Handler) http.Handler {
	if console == nil {
		return routes
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		read := r.Method == http.MethodGet || r.Method == http.MethodHead
		first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if !read || slices.Contains([]string{"api", "healthz", "readyz", "metrics"}, first) {
			routes.ServeHTTP(w, r)
			return
		}
		console.ServeHTTP(w, r)
	})
}

// clientAddress believes X-Forwarded-For only where it comes from a proxy of ours.
func clientAddress(trusted []*net.IPNet) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, network := range trusted {
		options = append(options, echo.TrustIPRange(network))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}
