package web

import (
	"runtime/debug"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// measure counts verdicts, and requests by route template, never by path:
// paths hold codes.
func (h *handler) measure(e *echo.Echo) {
	verdicts := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "touchstone_verdicts_total", Help: "Answers to scans, by verdict.",
	}, []string{"verdict"})
	h.unit.Verdicts = verdicts
	requests := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "touchstone_verifier_request_seconds", Help: "Time to answer, by route template, method and status.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 5},
	}, []string{"route", "method", "status"})
	h.Metrics.MustRegister(verdicts, requests)
	e.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			begin := time.Now()
			if err := h.recovering(next, c); err != nil {
				c.Error(err)
			}
			route := c.Path()
			if route == "" {
				route = "none"
			}
			requests.WithLabelValues(route, door.Method(c.Request().Method), strconv.Itoa(c.Response().Status)).
				Observe(time.Since(begin).Seconds())
			return nil
		}
	})
}

// recovering answers a panic as an internal error. Its text and the route are
// logged, never the path, which holds a code.
func (h *handler) recovering(next echo.HandlerFunc, c echo.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			h.Log.Error("panic", "route", c.Path(), "panic", p, "stack", string(debug.Stack()))
			err = &trace.Error{Code: problem.Internal}
		}
	}()
	return next(c)
}
