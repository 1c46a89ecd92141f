package contract

import (
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func qualityKey(gtin, lot string) key { return key{"quality", gtin, lot} }

// quality gives what is kept of a batch's quality; nothing yet is a quality too.
func (s *state) quality(gtin, lot string) (trace.Quality, error) {
	q := trace.Quality{GTIN: gtin, Lot: lot}
	_, err := s.get(qualityKey(gtin, lot), &q)
	return q, err
}

// fit refuses a batch that is on hold, rejected, or not inspected yet though
// its product requires it.
func (s *state) fit(b trace.Batch) error {
	p, err := s.product(b.GTIN)
	if err != nil {
		return err
	}
	q, err := s.quality(b.GTIN, b.Lot)
	if err != nil {
		return err
	}
	return q.MayBeUsed(p.InspectionRequired || b.Legacy)
}

// HoldBatch takes a trace.QualityRequest.
func (c *Contract) HoldBatch(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.HoldBatch, request, holdBatch)
}

func holdBatch(t *transaction, r trace.QualityRequest) (trace.Event, error) {
	b, q, err := t.supervised(r)
	if err != nil {
		return trace.Event{}, err
	}
	if len(q.Holds) == trace.MaxHolds {
		return trace.Event{}, trace.Refuse(
			trace.BatchOnHold, "lot", "lot_held_often", "lot", b.Lot, "times", trace.MaxHolds,
		)
	}
	q.Holds = append(
		q.Holds,
		trace.Hold{
			By:       t.by.ID,
			Official: t.by.HasRole(trace.RolePlatform, trace.RoleAuditor),
			Reason:   r.Reason,
			At:       t.at,
		},
	)
	return t.qualityEvent(trace.EventHeld, b, q, r)
}

// ReleaseBatch takes a trace.QualityRequest.
func (c *Contract) ReleaseBatch(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.ReleaseBatch, request, releaseBatch)
}

func releaseBatch(t *transaction, r trace.QualityRequest) (trace.Event, error) {
	b, q, err := t.supervised(r)
	if err != nil {
		return trace.Event{}, err
	}
	if q, err = q.Lifted(t.by); err != nil {
		return trace.Event{}, err
	}
	return t.qualityEvent(trace.EventReleased, b, q, r)
}

// supervised gives a batch that the acting party may hold and release: a
// producer its own, the platform and auditors any.
func (t *transaction) supervised(r trace.QualityRequest) (b trace.Batch, q trace.Quality, err error) {
	if err := r.Check(); err != nil {
		return b, q, err
	}
	if b, err = t.batch(r.GTIN, r.Lot); err != nil {
		return b, q, err
	}
	if b.Producer != t.by.ID && !t.by.HasRole(trace.RolePlatform, trace.RoleAuditor) {
		return b, q, trace.Refuse(trace.NotAllowed, "lot", "lot_of_other", "lot", b.Lot, "producer", b.Producer)
	}
	q, err = t.quality(b.GTIN, b.Lot)
	return b, q, err
}

func (t *transaction) qualityEvent(
	what trace.EventType, b trace.Batch, q trace.Quality, r trace.QualityRequest,
) (trace.Event, error) {
	return trace.Event{
			Type:    what,
			Quality: &q,
			Lines:   []trace.Line{whole(b)},
			Note:    r.Reason.ZhCN + " / " + r.Reason.En,
		},
		t.put(qualityKey(b.GTIN, b.Lot), q)
}

// GetQuality answers the trace.Quality of a batch.
func (c *Contract) GetQuality(ctx contractapi.TransactionContextInterface, gtin, lot string) (string, error) {
	return answer(ctx, func(s *state) (trace.Quality, error) {
		if _, err := s.batch(gtin, lot); err != nil {
			return trace.Quality{}, err
		}
		return s.quality(gtin, lot)
	})
}
