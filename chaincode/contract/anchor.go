package contract

import (
	"fmt"
	"strconv"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// anchorKey holds the trace.Anchor that begins at an entry of a log,
// anchoredKey how far the log is anchored.
func anchorKey(log string, from int64) key {
	return key{"anchor", log, fmt.Sprintf("%019d", from)}
}

func anchoredKey(log string) key { return key{"anchored", log} }

// Anchor takes a trace.AnchorRequest.
func (c *Contract) Anchor(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.AnchorLog, request, anchor)
}

// anchor fixes the next entries of a log. Two that anchor at once cannot both
// succeed, for the second does not begin where the first ended.
func anchor(t *transaction, r trace.AnchorRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	var next int64
	if _, err := t.get(anchoredKey(r.Log), &next); err != nil {
		return trace.Event{}, err
	}
	if r.From != next {
		return trace.Event{}, trace.Refuse(trace.AnchorOrder, "from", "anchor_next", "log", r.Log, "next", next)
	}
	a := trace.Anchor{Log: r.Log, From: r.From, To: r.To, Root: r.Root, By: t.by.ID, At: t.at}
	return trace.Event{Type: trace.EventAnchored, Anchor: &a},
		allow(t.put(anchoredKey(r.Log), r.To), t.put(anchorKey(r.Log, r.From), a))
}

// GetAnchor answers the trace.Anchor of a log that begins at an entry.
func (c *Contract) GetAnchor(ctx contractapi.TransactionContextInterface, log, from string) (string, error) {
	return answer(ctx, func(s *state) (trace.Anchor, error) {
		var a trace.Anchor
		n, err := strconv.ParseInt(from, 10, 64)
		if err != nil {
			return a, noAnchor(log, from)
		}
		found, err := s.get(anchorKey(log, n), &a)
		if err == nil && !found {
			err = noAnchor(log, from)
		}
		return a, err
	})
}

func noAnchor(log, from string) error {
	return trace.Refuse(
		trace.AnchorUnknown, "from", "no_anchor", "log", trace.Quoted(40, log), "from", trace.Quoted(20, from),
	)
}
