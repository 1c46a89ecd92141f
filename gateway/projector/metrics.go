package projector

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

type metrics struct {
	next, height, halted, leader prometheus.Gauge
	txs                          *prometheus.CounterVec
}

func newMetrics(r prometheus.Registerer) metrics {
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(
			prometheus.GaugeOpts{Namespace: "touchstone", Subsystem: "projector", Name: name, Help: help},
		)
	}
	m := metrics{
		next:   gauge("next_block", "Number of the block that the read model lacks next."),
		height: gauge("channel_height", "Number of blocks of the peer that has most, 0 where no peer answers."),
		halted: gauge("halted", "1 where the projection has halted and needs somebody."),
		leader: gauge("leader", "1 where this gateway is the one that projects."),
		txs: prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "touchstone", Subsystem: "projector",
			Name: "transactions_total", Help: "Transactions projected, by validation code."}, []string{"code"}),
	}
	if r != nil {
		r.MustRegister(m.next, m.height, m.halted, m.leader, m.txs)
	}
	return m
}

func (m metrics) projected(group []record.Block) {
	for _, b := range group {
		for _, tx := range b.Txs {
			m.txs.WithLabelValues(tx.Code).Inc()
		}
	}
}
