package contract

import (
	"slices"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func recallKey(id string) key { return key{"recall", id} }

// recalledKey holds the trace.RecalledLines of a batch, of every open recall,
// so that a sale looks at one key whatever has been recalled elsewhere.
func recalledKey(gtin, lot string) key { return key{"recalled", gtin, lot} }

// recall gives a recall, or RECALL_UNKNOWN.
func (s *state) recall(id string) (trace.Recall, error) {
	var r trace.Recall
	found, err := s.get(recallKey(id), &r)
	if err == nil && !found {
		err = trace.Refuse(trace.RecallUnknown, "id", "no_recall", "recall", trace.Quoted(40, id))
	}
	return r, err
}

func (s *state) recalled(gtin, lot string) ([]trace.RecalledLine, error) {
	lines := []trace.RecalledLine{}
	_, err := s.get(recalledKey(gtin, lot), &lines)
	return lines, err
}

// notRecalled refuses a line with a unit that an open recall names.
func (s *state) notRecalled(l trace.Line) error {
	lines, err := s.recalled(l.GTIN, l.Lot)
	if err != nil {
		return err
	}
	for _, r := range lines {
		if r.From < l.To() && l.From < r.From+r.Count {
			return trace.Refuse(trace.UnitsRecalled, "lines", "lot_recalled", "lot", l.Lot, "recall", r.Recall)
		}
	}
	return nil
}

// StartRecall takes a trace.Recall.
func (c *Contract) StartRecall(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.StartRecall, request, startRecall)
}

// startRecall marks the units named and the batches made from them. Recalled
// units go into no batch (see transform), so what a recall reaches when it
// begins is what it reaches until it ends.
func startRecall(t *transaction, r trace.Recall) (trace.Event, error) {
	if err := allow(
		r.Check(), t.ownName("by", r.By), mustBeEmpty("at", r.At.IsZero()),
		mustBeEmpty("closedAt", r.ClosedAt.IsZero()), mustBeEmpty("derived", len(r.Derived) == 0),
	); err != nil {
		return trace.Event{}, err
	}
	if found, err := t.get(recallKey(r.ID), &trace.Recall{}); err != nil || found {
		return trace.Event{}, exists(err, trace.RecallExists, "id", r.ID)
	}
	if err := t.mayRecall(r.GTIN); err != nil {
		return trace.Event{}, err
	}
	scope, err := t.scope(r)
	if err != nil {
		return trace.Event{}, err
	}
	if r.Derived, err = t.derived(scope); err != nil {
		return trace.Event{}, err
	}
	reach := slices.Concat(scope, r.Derived)
	for _, l := range reach {
		if err := t.markRecalled(r.ID, l); err != nil {
			return trace.Event{}, err
		}
	}
	r.By, r.At = t.by.ID, t.at
	return trace.Event{Type: trace.EventRecalled, Recall: &r, Lines: reach}, t.put(recallKey(r.ID), r)
}

// mayRecall lets the platform and the auditors recall anything, a producer its
// own product.
func (t *transaction) mayRecall(gtin string) error {
	p, err := t.product(gtin)
	if err != nil || p.Owner == t.by.ID || t.by.HasRole(trace.RolePlatform, trace.RoleAuditor) {
		return err
	}
	return trace.Refuse(trace.NotAllowed, "gtin", "product_of_other", "gtin", gtin, "owner", p.Owner)
}

// scope gives the recalled units, batch by batch; every batch must exist.
func (t *transaction) scope(r trace.Recall) ([]trace.Line, error) {
	lines := slices.Clone(r.Lines)
	for _, lot := range r.Lots {
		b, err := t.batch(r.GTIN, lot)
		if err != nil {
			return nil, err
		}
		lines = append(lines, whole(b))
	}
	for _, l := range lines {
		if _, err := t.batchOf(l); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

func (t *transaction) markRecalled(id string, l trace.Line) error {
	lines, err := t.recalled(l.GTIN, l.Lot)
	if err != nil {
		return err
	}
	return t.put(
		recalledKey(l.GTIN, l.Lot), append(lines, trace.RecalledLine{Recall: id, From: l.From, Count: l.Count}),
	)
}

// CloseRecall takes a trace.CloseRecallRequest.
func (c *Contract) CloseRecall(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.CloseRecall, request, closeRecall)
}

func closeRecall(t *transaction, req trace.CloseRecallRequest) (trace.Event, error) {
	if err := req.Check(); err != nil {
		return trace.Event{}, err
	}
	r, err := t.recall(req.ID)
	if err != nil {
		return trace.Event{}, err
	}
	if err := t.mayClose(r); err != nil {
		return trace.Event{}, err
	}
	scope, err := t.scope(r)
	if err != nil {
		return trace.Event{}, err
	}
	reach := slices.Concat(scope, r.Derived)
	for _, l := range reach {
		if err := t.unmarkRecalled(r.ID, l); err != nil {
			return trace.Event{}, err
		}
	}
	r.ClosedAt = t.at
	return trace.Event{
		Type:   trace.EventRecallClosed,
		Recall: &r,
		Lines:  reach,
		Note:   req.Note,
	}, t.put(recallKey(r.ID), r)
}

// mayClose keeps a producer from ending a recall that somebody else has ordered.
func (t *transaction) mayClose(r trace.Recall) error {
	if r.By != t.by.ID && !t.by.HasRole(trace.RolePlatform, trace.RoleAuditor) {
		return trace.Refuse(trace.NotAllowed, "id", "recall_of_other", "recall", r.ID, "party", r.By)
	}
	if !r.ClosedAt.IsZero() {
		return trace.Refuse(trace.RecallClosed, "id", "recall_closed", "recall", r.ID, "day", trace.DayOf(r.ClosedAt))
	}
	return nil
}

func (t *transaction) unmarkRecalled(id string, l trace.Line) error {
	lines, err := t.recalled(l.GTIN, l.Lot)
	if err != nil {
		return err
	}
	lines = slices.DeleteFunc(lines, func(x trace.RecalledLine) bool { return x.Recall == id })
	if len(lines) == 0 {
		return t.delete(recalledKey(l.GTIN, l.Lot))
	}
	return t.put(recalledKey(l.GTIN, l.Lot), lines)
}

// GetRecall answers a trace.Recall.
func (c *Contract) GetRecall(ctx contractapi.TransactionContextInterface, id string) (string, error) {
	return answer(ctx, func(s *state) (trace.Recall, error) { return s.recall(id) })
}

// GetRecalled answers the trace.RecalledLines of a batch.
func (c *Contract) GetRecalled(ctx contractapi.TransactionContextInterface, gtin, lot string) (string, error) {
	return answer(ctx, func(s *state) ([]trace.RecalledLine, error) { return s.recalled(gtin, lot) })
}
