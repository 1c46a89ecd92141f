package api

import (
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/program/door/doortest"
)

// Whatever strangers send, and however much of it, the gateway keeps none of it.
func TestJunkLeavesNothing(t *testing.T) {
	_, proxy, _ := net.ParseCIDR("127.0.0.0/8")
	log, metrics := &doortest.Log{}, prometheus.NewRegistry()
	w := newWorld(t, func(o *Options) {
		o.Log, o.Metrics, o.TrustedProxies = slog.New(slog.NewJSONHandler(log, nil)), metrics, []*net.IPNet{proxy}
	})
	var routes []doortest.Route
	for _, r := range w.routes {
		routes = append(
			routes,
			doortest.Route{
				Method: r.Method,
				At:     func(value string) string { return parameter.ReplaceAllLiteralString(r.Path, value) },
			},
		)
	}
	told := func() int {
		rec := httptest.NewRecorder()
		door.Numbers(metrics).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		if strings.Contains(rec.Body.String(), "junk") {
			t.Error("junk is in the metrics")
		}
		return rec.Body.Len()
	}
	doortest.HoldsUnderJunk(t, w.served, routes, told, log)
}
