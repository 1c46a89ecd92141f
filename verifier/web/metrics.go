package web

import (
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// measure counts verdicts, and requests by route template, never by path:
// paths hold codes.
func (h *handler) measure(e *echo.Echo) {
	h.verdicts = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "touchstone_verdicts_total", Help: "Answers to scans, by verdict.",
	}, []string{"verdict"})
	requests := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "touchstone_verifier_request_seconds", Help: "Time to answer, by route template, method and status.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 5},
	}, []string{"route", "method", "status"})
	h.Metrics.MustRegister(h.verdicts, requests)
	e.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			begin := time.Now()
			if err := next(c); err != nil {
				c.Error(err)
			}
			route := c.Path()
			if route == "" {
				route = "none"
			}
			requests.WithLabelValues(route, methodLabel(c.Request().Method), strconv.Itoa(c.Response().Status)).
				Observe(time.Since(begin).Seconds())
			return nil
		}
	})
}

// methodLabel keeps invented methods from making series.
func methodLabel(method string) string {
	switch method {
	case "GET", "HEAD", "POST":
		return method
	}
	return "other"
}

func (h *handler) metrics() echo.HandlerFunc {
	return echo.WrapHandler(promhttp.HandlerFor(h.Metrics, promhttp.HandlerOpts{}))
}
