package contract

import (
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// CorrectProduct takes a trace.CorrectProductRequest.
func (c *Contract) CorrectProduct(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.CorrectProduct, request, correctProduct)
}

// correctProduct changes texts. The category of goods that must be inspected
// decides by what they are judged, and that of others may decide what is done
// with them when they have expired, so only the platform changes those.
func correctProduct(t *transaction, r trace.CorrectProductRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	p, err := t.product(r.GTIN)
	if err != nil {
		return trace.Event{}, err
	}
	official := t.by.HasRole(trace.RolePlatform)
	if p.Owner != t.by.ID && !official {
		return trace.Event{}, trace.Refuse(
			trace.NotAllowed, "gtin", "product_of_other", "gtin", p.GTIN, "owner", p.Owner,
		)
	}
	if r.Category != nil && *r.Category != p.Category && !official {
		if err := t.mayRecategorise(p, *r.Category); err != nil {
			return trace.Event{}, err
		}
	}
	if p, err = r.Applied(p, t.by.ID, t.at); err != nil {
		return trace.Event{}, err
	}
	return trace.Event{
		Type:    trace.EventProductCorrected,
		Product: &p,
		Note:    r.Reason,
	}, allow(p.Check(), t.put(productKey(p.GTIN), p))
}

// mayRecategorise says whether an owner may move its product to a category.
func (t *transaction) mayRecategorise(p trace.Product, to string) error {
	if p.InspectionRequired {
		return trace.Refuse(trace.NotAllowed, "category", "inspected_category", "gtin", p.GTIN)
	}
	terms, err := t.custodyTerms()
	if err == nil && terms.Relaxes(to) {
		err = trace.Refuse(trace.NotAllowed, "category", "donation_category", "category", to)
	}
	return err
}

// leftKey is there once units of a batch have gone out: it was written once, so
// that shipments of a batch do not wait for each other.
func leftKey(gtin, lot string) key { return key{"left", gtin, lot} }

// leave notes that the batches of lines have begun to leave their producer.
func (t *transaction) leave(lines []trace.Line) error {
	for _, l := range lines {
		var left bool
		if found, err := t.get(leftKey(l.GTIN, l.Lot), &left); err != nil || found {
			if err != nil {
				return err
			}
			continue
		}
		if err := t.put(leftKey(l.GTIN, l.Lot), true); err != nil {
			return err
		}
	}
	return nil
}

// CorrectBatch takes a trace.CorrectBatchRequest.
func (c *Contract) CorrectBatch(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.CorrectBatch, request, correctBatch)
}

// correctBatch is the producer's own as long as nothing has left and nothing
// stands against the goods; else the platform has to approve it.
func correctBatch(t *transaction, r trace.CorrectBatchRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	b, err := t.batch(r.GTIN, r.Lot)
	if err != nil {
		return trace.Event{}, err
	}
	official := t.by.HasRole(trace.RolePlatform)
	if b.Producer != t.by.ID && !official {
		return trace.Event{}, trace.Refuse(
			trace.NotAllowed, "lot", "lot_of_other", "lot", b.Lot, "producer", b.Producer,
		)
	}
	if b.Correcting != nil {
		return trace.Event{}, trace.Refuse(trace.CorrectionWaits, "lot", "correction_waits", "lot", b.Lot)
	}
	free := official
	if !official {
		if free, err = t.correctable(b); err != nil {
			return trace.Event{}, err
		}
	}
	corrected, err := t.corrected(b, r.BatchChange, t.by.ID, "")
	if err != nil {
		return trace.Event{}, err
	}
	what := trace.EventBatchCorrected
	if !free {
		b.Correcting, what = &trace.Correcting{
			BatchChange: r.BatchChange,
			By:          t.by.ID,
			At:          t.at,
		}, trace.EventCorrectionAsked
		corrected = b
	}
	e := batchEvent(what, corrected)
	e.Note = r.Reason
	return e, t.put(batchKey(b.GTIN, b.Lot), corrected)
}

// corrected gives the batch as it should have been, held to the rules of a new one.
func (t *transaction) corrected(b trace.Batch, x trace.BatchChange, by, approvedBy string) (trace.Batch, error) {
	fixed, err := x.Applied(b, by, approvedBy, t.at)
	fixed.Correcting = nil
	return fixed, allow(err, fixed.Check(t.today))
}

// correctable says whether a producer may correct its batch alone: nothing of it
// has left, and nothing stands against it that a new date could hide.
func (t *transaction) correctable(b trace.Batch) (bool, error) {
	var left bool
	if _, err := t.get(leftKey(b.GTIN, b.Lot), &left); err != nil || left {
		return false, err
	}
	recalls, err := t.recalled(b.GTIN, b.Lot)
	if err != nil || len(recalls) > 0 || b.ExpiresOn.Expired(t.today) {
		return false, err
	}
	q, err := t.quality(b.GTIN, b.Lot)
	return err == nil && q.MayBeUsed(false) == nil, err
}

// DecideCorrection takes a trace.DecideCorrectionRequest.
func (c *Contract) DecideCorrection(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.DecideCorrection, request, decideCorrection)
}

func decideCorrection(t *transaction, r trace.DecideCorrectionRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	b, err := t.batch(r.GTIN, r.Lot)
	if err != nil {
		return trace.Event{}, err
	}
	asked := b.Correcting
	if asked == nil {
		return trace.Event{}, trace.Refuse(trace.CorrectionUnknown, "lot", "no_correction", "lot", b.Lot)
	}
	what := trace.EventCorrectionRefused
	b.Correcting = nil
	if r.Approve {
		what = trace.EventBatchCorrected
		if b, err = t.corrected(b, asked.BatchChange, asked.By, t.by.ID); err != nil {
			return trace.Event{}, err
		}
	}
	e := batchEvent(what, b)
	e.Note = r.Note
	return e, t.put(batchKey(b.GTIN, b.Lot), b)
}

// VoidUnits takes a trace.VoidUnitsRequest.
func (c *Contract) VoidUnits(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.VoidUnits, request, voidUnits)
}

// voidUnits ends codes of the producer's own batch that are still in its hands.
// That they were never printed the gateway sees to, which prints them.
func voidUnits(t *transaction, r trace.VoidUnitsRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	b, err := t.batchOf(r.Line)
	if err != nil {
		return trace.Event{}, err
	}
	if b.Producer != t.by.ID {
		return trace.Event{}, trace.Refuse(
			trace.NotAllowed, "lot", "lot_of_other", "lot", b.Lot, "producer", b.Producer,
		)
	}
	return t.booked(trace.Event{Type: trace.EventVoided, Lines: []trace.Line{r.Line}, Note: r.Reason},
		held(t.by.ID), removed(t.by.ID, trace.ReasonVoided))
}

// CancelShipment takes a trace.CancelShipmentRequest.
func (c *Contract) CancelShipment(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.CancelShipment, request, cancelShipment)
}

func cancelShipment(t *transaction, r trace.CancelShipmentRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	s, err := t.shipment(r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	switch {
	case s.From != t.by.ID:
		return trace.Event{}, trace.Refuse(
			trace.NotAllowed, "id", "shipment_sent_by", "shipment", s.ID, "party", s.From,
		)
	case !s.ReceivedAt.IsZero() || !s.SignedAt.IsZero():
		return trace.Event{}, received(s)
	}
	closed, err := t.stillClosed(s)
	if err != nil {
		return trace.Event{}, err
	}
	loose, err := t.open(s)
	if err := allow(err, notTakenBack(s), t.moveAll(loose, inTransit(s.ID), held(t.by.ID)),
		t.carry(closed, inTransit(s.ID), held(t.by.ID))); err != nil {
		return trace.Event{}, err
	}
	s.CancelledAt = t.at
	return trace.Event{
		Type:     trace.EventShipmentCancelled,
		Shipment: &s,
		Lines:    s.Lines,
		Note:     r.Reason,
	}, t.put(shipmentKey(s.ID), s)
}
