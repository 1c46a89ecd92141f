package audit_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/audit"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof/prooftest"
)

func (p *peerOf) Block(_ context.Context, number uint64) (*common.Block, error) {
	return p.chain.Blocks[number], nil
}

func sale() prooftest.Tx {
	return prooftest.Tx{Event: trace.Event{Type: trace.EventSold}, Set: wrote("x")}
}

// Two peers are followed; one of them changes.
func TestMonitorAlarms(t *testing.T) {
	for name, c := range map[string]struct {
		change func(n *prooftest.Network, chain *prooftest.Chain) *prooftest.Chain
		want   audit.Kind
	}{
		"nothing":       {func(_ *prooftest.Network, c *prooftest.Chain) *prooftest.Chain { return c }, ""},
		"another block": {func(_ *prooftest.Network, c *prooftest.Chain) *prooftest.Chain { c.Add(sale()); return c }, ""},
		"fewer blocks":  {func(_ *prooftest.Network, c *prooftest.Chain) *prooftest.Chain { return c.Fork(1) }, audit.RolledBack},
		"a fork": {func(_ *prooftest.Network, c *prooftest.Chain) *prooftest.Chain {
			f := c.Fork(1)
			f.Add(sale())
			return f
		}, audit.Forked},
		"a longer fork": {func(_ *prooftest.Network, c *prooftest.Chain) *prooftest.Chain {
			f := c.Fork(2)
			f.Add(sale())
			f.Add(sale())
			f.Add(sale())
			return f
		}, audit.Forked},
		"a block that is not the next": {func(_ *prooftest.Network, c *prooftest.Chain) *prooftest.Chain {
			c.Add(sale())
			c.Blocks[len(c.Blocks)-1].Header.PreviousHash[0] ^= 1
			return c
		}, audit.Forked},
		"a block that nobody ordered": {func(_ *prooftest.Network, c *prooftest.Chain) *prooftest.Chain {
			c.Add(sale())
			c.Blocks[len(c.Blocks)-1].Metadata.Metadata[0] = nil
			return c
		}, audit.Unsound},
		"a transaction that too few endorsed": {func(n *prooftest.Network, c *prooftest.Chain) *prooftest.Chain {
			n.Endorsers = n.Endorsers[:1]
			c.Add(sale())
			return c
		}, audit.Unsound},
	} {
		t.Run(name, func(t *testing.T) {
			n, chain, _, _, _ := story(t)
			w := watch(t, n, chain)
			w.look(t)
			if w.standing() != "" {
				t.Fatal(w.standing())
			}
			w.first.chain = c.change(n, chain)
			w.look(t)
			if got := w.standing(); got != string(c.want) {
				t.Errorf("alarms %q, want %q", got, c.want)
			}
		})
	}
}

// Peers that have the same blocks and count other transactions of them disagree; so do those with different blocks.
func TestMonitorHearsPeersDisagree(t *testing.T) {
	for name, change := range map[string]func(c *prooftest.Chain){
		"marks":  func(c *prooftest.Chain) { c.Blocks[len(c.Blocks)-1].Metadata.Metadata[2][0] = 11 },
		"blocks": func(c *prooftest.Chain) { last := len(c.Blocks) - 1; c.Blocks = c.Blocks[:last]; c.Add(sale(), sale()) },
	} {
		t.Run(name, func(t *testing.T) {
			n, chain, _, _, _ := story(t)
			w := watch(t, n, chain)
			w.look(t)
			chain.Add(sale())
			other := chain.Fork(0)
			change(other)
			w.first.chain, w.second.chain = other, chain
			w.look(t)
			if got := w.standing(); got != string(audit.PeersDisagree) {
				t.Fatalf("alarms %q", got)
			}
			if got := w.sent(); !strings.Contains(got, string(audit.PeersDisagree)) {
				t.Errorf("sent %q", got)
			}
		})
	}
}

// What was rolled back and comes back is no alarm any more; what the follower keeps stays what it was.
func TestMonitorKeepsItsHead(t *testing.T) {
	n, chain, _, _, _ := story(t)
	w := watch(t, n, chain)
	w.look(t)
	kept := *w.followers[0].Head
	w.first.chain = chain.Fork(2)
	w.look(t)
	if w.standing() != string(audit.RolledBack) || *w.followers[0].Head != kept || w.kept != kept {
		t.Fatalf("%q, %v", w.standing(), w.kept)
	}
	w.first.chain = chain
	w.look(t)
	if w.standing() != "" {
		t.Error(w.standing())
	}
	if n := w.raised(t); n != 1 {
		t.Errorf("%v alarms counted", n)
	}
}

type watching struct {
	first, second *peerOf
	followers     []*audit.Follower
	alarms        *audit.Alarms
	metrics       *prometheus.Registry
	kept          proof.Head
	posts         chan string
}

func watch(t *testing.T, n *prooftest.Network, chain *prooftest.Chain) *watching {
	w := &watching{
		first:   &peerOf{chain},
		second:  &peerOf{chain.Fork(0)},
		metrics: prometheus.NewRegistry(),
		posts:   make(chan string, 100),
	}
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body := make([]byte, 4096)
		size, _ := r.Body.Read(body)
		w.posts <- string(body[:size])
	}))
	t.Cleanup(receiver.Close)
	w.alarms = audit.NewAlarms(quiet, receiver.URL, w.metrics)
	said := audit.NewSaid()
	for i, p := range []*peerOf{w.first, w.second} {
		w.followers = append(w.followers, &audit.Follower{
			Who: fmt.Sprint("peer ", i), Peer: p, Authority: authority(t, n), Said: said, Alarms: w.alarms,
			Keep: func(h proof.Head) error {
				if i == 0 {
					w.kept = h
				}
				return nil
			},
			Seen: func(uint64) {},
		})
	}
	return w
}

func (w *watching) look(t *testing.T) {
	t.Helper()
	for _, f := range slices.Backward(w.followers) {
		if err := f.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func (w *watching) standing() string {
	var kinds []string
	for _, a := range w.alarms.Standing() {
		kinds = append(kinds, string(a.Kind))
	}
	return strings.Join(kinds, " ")
}

func (w *watching) sent() string { return <-w.posts }

// raised is how many alarms were ever raised.
func (w *watching) raised(t *testing.T) (total float64) {
	t.Helper()
	families, err := w.metrics.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == "touchstone_monitor_alarms_total" {
			for _, m := range f.GetMetric() {
				total += m.GetCounter().GetValue()
			}
		}
	}
	return total
}
