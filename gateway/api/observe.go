package api

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/touchstone-trace/touchstone/verifier/program/door"
)

// observer names, logs and measures requests by route, never by path: paths
// hold serials.
type observer struct {
	log     *slog.Logger
	seconds *prometheus.HistogramVec
	once    sync.Once
	routes  map[string]bool
}

func newObserver(o Options) *observer {
	return &observer{log: o.Log, seconds: promauto.With(o.Metrics).NewHistogramVec(prometheus.HistogramOpts{
		Name: "touchstone_gateway_request_seconds", Help: "Time to answer a request.",
		Buckets: []float64{.005, .02, .1, .3, 1, 3, 10, 30},
	}, []string{"method", "route", "status"})}
}

const requestIDKey = "requestId"

// requestID is the id that the answer and the log share.
func requestID(c echo.Context) string {
	id, _ := c.Get(requestIDKey).(string)
	return id
}

func (o *observer) middleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		c.Set(requestIDKey, rand.Text())
		h := c.Response().Header()
		h.Set(echo.HeaderXRequestID, requestID(c))
		h.Set(echo.HeaderXContentTypeOptions, "nosniff")
		h.Set(echo.HeaderCacheControl, "no-store")
		err := o.recovering(next, c)
		brokenOff := err != nil && c.Response().Committed
		if err != nil {
			c.Error(err)
		}
		o.note(c, time.Since(start))
		if brokenOff { // what was sent must not look like a whole answer: the client has to see the connection break
			panic(http.ErrAbortHandler)
		}
		return nil
	}
}

func (o *observer) recovering(next echo.HandlerFunc, c echo.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			o.log.Error("panic", "requestId", requestID(c), "route", o.route(c), "panic", p)
			err = echo.ErrInternalServerError
		}
	}()
	return next(c)
}

// note keeps of what the client chose only what is one of ours: a method, a route.
func (o *observer) note(c echo.Context, took time.Duration) {
	status, route, method := c.Response().Status, o.route(c), door.Method(c.Request().Method)
	o.seconds.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
	caller := callerOf(c.Request().Context())
	o.log.Info("request", "requestId", requestID(c), "method", method, "route", route, "status", status,
		"account", caller.Account, "ms", took.Milliseconds(), "bytes", c.Response().Size)
}

// route names the request's route. Where nobody serves the path, echo gives the
// path itself.
func (o *observer) route(c echo.Context) string {
	o.once.Do(func() {
		o.routes = map[string]bool{}
		for _, r := range c.Echo().Routes() {
			o.routes[r.Path] = true
		}
	})
	if path := c.Path(); o.routes[path] {
		return path
	}
	return "none"
}
