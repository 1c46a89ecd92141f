package web

import (
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/program/door/doortest"
)

// numbers is what /metrics of the program's own address says.
func numbers(t *testing.T, metrics *prometheus.Registry) string {
	t.Helper()
	rec := httptest.NewRecorder()
	door.Numbers(metrics).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return rec.Body.String()
}

// Whatever strangers send, and however much of it, the verifier keeps none of it.
func TestJunkLeavesNothing(t *testing.T) {
	_, proxy, _ := net.ParseCIDR("127.0.0.0/8")
	log, metrics := &doortest.Log{}, prometheus.NewRegistry()
	c := newClient(t, verifiertest.New(t), func(o *Options) {
		o.Log, o.Metrics, o.Proxies = slog.New(slog.NewTextHandler(log, nil)), metrics, []*net.IPNet{proxy}
		o.Limits = Limits{Reads: 1, Scans: 1, Activations: 1, Complaints: 1}
	})
	var routes []doortest.Route
	for _, r := range routesOf(c.h) {
		if !strings.HasPrefix(r.path, "/assets/") {
			routes = append(routes, doortest.Route{Method: r.method, At: r.at})
		}
	}
	doortest.HoldsUnderJunk(t, c.h, routes, func() int { return len(numbers(t, metrics)) }, log)
}
