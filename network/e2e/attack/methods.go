package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

// inventedMethods sends thousands of methods that nobody has heard of to both
// programs: 4,000 were 95 MB of the gateway for good, and 667 MB of metrics.
var inventedMethods = attack{"invented methods", func(ctx context.Context, t *target) (all []figure, err error) {
	for _, p := range []struct{ name, base, metrics string }{{"gateway", t.Gateway, t.GatewayMetrics}, {"verifier", t.Verifier, t.VerifierMetrics}} {
		before, size, err := t.resident(ctx, p.metrics)
		if err != nil {
			return all, err
		}
		for i := range 2000 {
			_, _, err := t.ask(
				ctx, fmt.Sprintf("BREW%d%s", i, strings.Repeat("X", 2000)), p.base+"/api/v1/products", "", nil,
			)
			if err != nil {
				return all, err
			}
		}
		after, grown, err := t.resident(ctx, p.metrics)
		if err != nil {
			return all, err
		}
		public, _, err := t.ask(ctx, http.MethodGet, p.base+"/metrics", "", nil)
		if err != nil {
			return all, err
		}
		served := 0.0
		if public == http.StatusOK {
			served = 1
		}
		all = append(all, figure{p.name + "'s memory grew by", (after - before) / (1 << 20), 64, "MB"},
			figure{p.name + "'s metrics grew by", float64(grown - size), 8 << 10, "bytes"},
			figure{p.name + " serves metrics to the public", served, 0, "addresses"})
	}
	return all, nil
}}
