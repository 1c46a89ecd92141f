package fabric

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Health is what a peer or orderer says about itself.
type Health struct {
	Process string `json:"process"`
	Healthy bool   `json:"healthy"`
	Joined  bool   `json:"joined"`          // is a member of the channel
	Height  uint64 `json:"height"`          // blocks of the channel that it holds
	Leads   bool   `json:"leads,omitempty"` // orderers: orders the blocks now
	Error   string `json:"error,omitempty"`
}

// healthTime is how long one node may take to say how it is.
const healthTime = 3 * time.Second

// Health asks every orderer and peer, all at once. One that does not answer in
// time is in the list with why.
func (n *Network) Health(ctx context.Context) []Health {
	all := make([]Health, len(n.Topology.Orderers)+len(n.Topology.Orgs))
	var asked sync.WaitGroup
	ask := func(i int, name, operations string) {
		asked.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, healthTime)
			defer cancel()
			h, err := n.health(ctx, name, operations)
			if err != nil {
				h.Error = err.Error()
			}
			all[i] = h
		})
	}
	for i, o := range n.Topology.Orderers {
		ask(i, o.Name, n.ordererOps(o))
	}
	for i, o := range n.Topology.Orgs {
		ask(len(n.Topology.Orderers)+i, o.Peer(), n.peerOps(o))
	}
	asked.Wait()
	return all
}

// health reads a node's operations endpoint. Its error is that the node does
// not answer; a node that answers and is ill is no error.
func (n *Network) health(ctx context.Context, name, operations string) (Health, error) {
	h := Health{Process: name}
	status, _, err := get(ctx, operations+"/healthz")
	if err != nil {
		return h, err
	}
	h.Healthy = status == http.StatusOK
	_, metrics, err := get(ctx, operations+"/metrics")
	if err != nil {
		return h, err
	}
	h.Height, h.Joined = metric(metrics, n.Topology.Channel, "ledger_blockchain_height")
	leads, _ := metric(metrics, n.Topology.Channel, "consensus_etcdraft_is_leader", "consensus_BFT_is_leader")
	h.Leads = leads == 1
	return h, nil
}

func get(ctx context.Context, url string) (status int, body []byte, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	return response.StatusCode, body, err
}

// metric finds a channel's value, under the first of the names that is there,
// in Prometheus's text format.
func metric(text []byte, channel string, names ...string) (value uint64, found bool) {
	for line := range strings.Lines(string(text)) {
		for _, name := range names {
			number, ok := strings.CutPrefix(line, name+`{channel="`+channel+`"} `)
			if !ok {
				continue
			}
			v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
			return uint64(v), err == nil
		}
	}
	return 0, false
}
