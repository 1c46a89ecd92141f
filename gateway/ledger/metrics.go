package ledger

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

type metrics struct {
	submissions *prometheus.CounterVec
	retries     prometheus.Counter
	unsettled   prometheus.Gauge
	resent      prometheus.Counter
}

func newMetrics(r prometheus.Registerer) metrics {
	name := func(n, help string) prometheus.Opts {
		return prometheus.Opts{Namespace: "touchstone", Subsystem: "ledger", Name: n, Help: help}
	}
	m := metrics{
		submissions: prometheus.NewCounterVec(prometheus.CounterOpts(name(
			"submissions_total",
			"Submitted calls by transaction and outcome: written, refused, unavailable, unknown.",
		)), []string{"transaction", "outcome"}),
		retries: prometheus.NewCounter(
			prometheus.CounterOpts(name("retries_total", "Proposals made anew because another writer was faster.")),
		),
		unsettled: prometheus.NewGauge(
			prometheus.GaugeOpts(name("unsettled", "Transactions that were sent and whose outcome is overdue.")),
		),
		resent: prometheus.NewCounter(
			prometheus.CounterOpts(name("resent_total", "Envelopes that the resolver sent again.")),
		),
	}
	if r != nil {
		r.MustRegister(m.submissions, m.retries, m.unsettled, m.resent)
	}
	return m
}

func (m metrics) outcome(t trace.Transaction, err error) {
	outcome := "unavailable"
	var unknown *record.OutcomeUnknown
	switch {
	case err == nil:
		outcome = "written"
	case errors.As(err, &unknown):
		outcome = "unknown"
	case trace.CodeOf(err) != "":
		outcome = "refused"
	}
	m.submissions.WithLabelValues(string(t), outcome).Inc()
}
