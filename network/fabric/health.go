package fabric

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
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

// Health asks every orderer and peer.
func (n *Network) Health(ctx context.Context) []Health {
	var all []Health
	ask := func(name, operations string) {
		h, err := n.health(ctx, name, operations)
		if err != nil {
			h.Error = err.Error()
		}
		all = append(all, h)
	}
	for _, o := range n.Topology.Orderers {
		ask(o.Name, n.ordererOps(o))
	}
	for _, o := range n.Topology.Orgs {
		ask(o.Peer(), n.peerOps(o))
	}
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
	h.Height, h.Joined = metric(metrics, "ledger_blockchain_height", n.Topology.Channel)
	leads, _ := metric(metrics, "consensus_(?:etcdraft|BFT)_is_leader", n.Topology.Channel)
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

// metric finds a channel's value in Prometheus's text format.
func metric(text []byte, name, channel string) (value uint64, found bool) {
	line := regexp.MustCompile(fmt.Sprintf(`(?m)^%s\{channel="%s"\} (\S+)$`, name, regexp.QuoteMeta(channel)))
	match := line.FindSubmatch(text)
	if match == nil {
		return 0, false
	}
	number, err := strconv.ParseFloat(string(match[1]), 64)
	return uint64(number), err == nil
}
