package contract

import (
	"slices"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// acknowledgementKey is of one recall and party, so that holders who answer at
// the same time do not wait for each other.
func acknowledgementKey(recall, party string) key { return key{"acknowledgement", recall, party} }

// AcknowledgeRecall takes a trace.AcknowledgeRecallRequest.
func (c *Contract) AcknowledgeRecall(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.AcknowledgeRecall, request, acknowledgeRecall)
}

func acknowledgeRecall(t *transaction, req trace.AcknowledgeRecallRequest) (trace.Event, error) {
	if err := req.Check(); err != nil {
		return trace.Event{}, err
	}
	r, err := t.recall(req.ID)
	if err != nil {
		return trace.Event{}, err
	}
	k := acknowledgementKey(r.ID, t.by.ID)
	if found, err := t.get(k, &trace.Acknowledgement{}); err != nil || found {
		return trace.Event{}, exists(err, trace.RecallAcknowledged, "id", "your acknowledgement of "+r.ID)
	}
	if err := allow(open(r), t.reachedBy(r)); err != nil {
		return trace.Event{}, err
	}
	a := trace.Acknowledgement{Recall: r.ID, Party: t.by.ID, Note: req.Note, Late: t.at.After(r.DueAt()), At: t.at}
	return trace.Event{Type: trace.EventAcknowledged, Acknowledgement: &a, Note: req.Note}, t.put(k, a)
}

func open(r trace.Recall) error {
	if !r.ClosedAt.IsZero() {
		return trace.Refuse(trace.RecallClosed, "id", "recall_closed", "recall", r.ID, "day", trace.DayOf(r.ClosedAt))
	}
	return nil
}

// reachedBy refuses a party that has, sold or lost no unit of the recall.
func (t *transaction) reachedBy(r trace.Recall) error {
	scope, err := t.scope(r)
	if err != nil {
		return err
	}
	for _, l := range slices.Concat(scope, r.Derived) {
		if mine, err := t.answersFor(l); mine || err != nil {
			return err
		}
	}
	return trace.Refuse(trace.NotHolder, "id", "recall_reaches_nothing", "recall", r.ID, "party", t.by.ID)
}

// answersFor says whether the acting party has, sold or lost units of a line;
// those of a shipment are their sender's to answer for. Its own are looked at
// first, which no number of other holders stands in the way of.
func (t *transaction) answersFor(l trace.Line) (bool, error) {
	touched := func(rest []string, value []byte) (bool, error) {
		var runs trace.Runs
		_, err := decode(key{"holding"}, value, &runs)
		l := counted(l, rest)
		return l.Count > 0 &&
			slices.ContainsFunc(runs, func(r trace.Run) bool { return r.From < l.To() && l.From < r.To() }), err
	}
	mine, err := t.some(holdingKey(l, held(t.by.ID)), touched)
	if mine || err != nil {
		return mine, err
	}
	return t.some(key{"holding", l.GTIN, l.Lot}, func(rest []string, value []byte) (bool, error) {
		if mine, err := touched(rest[1:], value); !mine || err != nil {
			return false, err
		}
		var s trace.Shipment
		sent, err := t.get(shipmentKey(rest[0]), &s)
		return sent && s.From == t.by.ID, err
	})
}

// GetAcknowledgement answers a trace.Acknowledgement, the zero one where the
// party has not acknowledged the recall.
func (c *Contract) GetAcknowledgement(
	ctx contractapi.TransactionContextInterface, recall, party string,
) (string, error) {
	return answer(ctx, func(s *state) (a trace.Acknowledgement, err error) {
		_, err = s.get(acknowledgementKey(recall, party), &a)
		return a, err
	})
}
