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

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/touchstone-trace/touchstone/gateway/service"
)

//go:generate go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2 -config generate.yaml -o server.gen.go openapi.yaml

// Options are what the interface needs. All fields are required but
// TrustedProxies: the networks whose X-Forwarded-For is believed.
type Options struct {
	Service        *service.Service
	Accounts       AccountFinder
	Answers        AnswerStore
	Ready          func(context.Context) error // nil where the gateway can do its work
	Log            *slog.Logger
	Metrics        *prometheus.Registry
	RatePerSecond  float64 // requests of one account, on average
	Burst          int     // and at once
	TrustedProxies []*net.IPNet
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
	e.Use(newObserver(o).middleware)
	chain, err := (&guard{o: o, doc: doc, limits: newLimits(o.RatePerSecond, o.Burst)}).chains()
	if err != nil {
		return nil, err
	}
	RegisterHandlersWithOptions(e, NewStrictHandler(handlers{o.Service}, nil), RegisterHandlersOptions{OperationMiddlewares: chain})
	return e, addPublicRoutes(e, o, doc)
}

func addPublicRoutes(e *echo.Echo, o Options, doc *document) error {
	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", func(c echo.Context) error {
		if err := o.Ready(c.Request().Context()); err != nil {
			return c.String(http.StatusServiceUnavailable, err.Error()+"\n")
		}
		return c.String(http.StatusOK, "ready\n")
	})
	e.GET("/metrics", echo.WrapHandler(promhttp.HandlerFor(o.Metrics, promhttp.HandlerOpts{})))
	return doc.addRoutes(e)
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
