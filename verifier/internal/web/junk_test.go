package web_test

import (
	"log/slog"
	"net"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/door/doortest"
)

// Whatever strangers send, and however much of it, the verifier keeps none of it.
func TestJunkLeavesNothing(t *testing.T) {
	_, proxy, _ := net.ParseCIDR("127.0.0.0/8")
	log, metrics := &doortest.Log{}, prometheus.NewRegistry()
	c := webtest.New(t, verifiertest.New(t), func(o *web.Options) {
		o.Log, o.Metrics, o.Proxies = slog.New(slog.NewTextHandler(log, nil)), metrics, []*net.IPNet{proxy}
		o.Limits = web.Limits{Reads: 1, Scans: 1, Activations: 1, Complaints: 1}
	})
	var routes []doortest.Route
	for _, r := range routesOf(c.H) {
		if !strings.HasPrefix(r.path, "/assets/") {
			routes = append(routes, doortest.Route{Method: r.method, At: r.at})
		}
	}
	doortest.HoldsUnderJunk(t, c.H, routes, func() int { return len(webtest.Numbers(t, metrics)) }, log)
}
