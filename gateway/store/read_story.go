package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Events gives the transactions that are about any of the units, in the
// ledger's order, each with those of its lines that name some of them.
func (s *Store) Events(ctx context.Context, u record.Units) ([]record.ProvenanceEvent, error) {
	return s.firstEvents(ctx, u, sql.NullInt64{})
}

// FirstEvents gives no more than the first most of the transactions of Events.
func (s *Store) FirstEvents(ctx context.Context, u record.Units, most int) ([]record.ProvenanceEvent, error) {
	return s.firstEvents(ctx, u, sql.NullInt64{Int64: int64(most), Valid: true})
}

func (s *Store) firstEvents(ctx context.Context, u record.Units, most sql.NullInt64) ([]record.ProvenanceEvent, error) {
	rows, err := s.db.QueryContext(ctx, `select t.tx_id, t.block, t.msp, t.identity, t.endorsers, t.event,
			sum(e.stop - e.start), json_agg(json_build_object('gtin', e.gtin, 'lot', e.lot,
				'from', e.start, 'count', e.stop - e.start) order by e.start)
		from ledger.event_line e join ledger.tx t on t.tx_id = e.tx_id
		where e.gtin = $1 and e.lot = $2 and e.start < $4 and e.stop > $3
		group by t.tx_id order by t.block, t.position limit $5`, u.GTIN, u.Lot, u.From, u.To, most)
	if err != nil {
		return nil, err
	}
	return collect(rows, scanEvent)
}

func scanEvent(row scanner) (record.ProvenanceEvent, error) {
	var p record.ProvenanceEvent
	var doc, lines []byte
	err := row.Scan(&p.TxID, &p.Block, &p.MSP, &p.Identity, pq.Array(&p.Endorsers), &doc, &p.Units, &lines)
	if err != nil {
		return p, err
	}
	var e trace.Event
	if err := errors.Join(json.Unmarshal(doc, &e), json.Unmarshal(lines, &p.Lines)); err != nil {
		return p, err
	}
	p.Type, p.At, p.By, p.Note = e.Type, e.At, e.By, e.Note
	if e.Shipment != nil {
		p.Receipt = e.Receipt
		p.Shipment, p.From, p.To, p.Containers = e.Shipment.ID, e.Shipment.From, e.Shipment.To, e.Shipment.Containers
	}
	if (e.Type == trace.EventPacked || e.Type == trace.EventUnpacked) && len(e.Containers) > 0 {
		p.Containers = []string{e.Containers[0].SSCC}
	}
	if e.Recall != nil {
		p.Recall = e.Recall.ID
	}
	return p, nil
}

// Holdings gives where the units are now, in the units' order, cut to them.
func (s *Store) Holdings(ctx context.Context, u record.Units) ([]record.ProvenanceHolding, error) {
	rows, err := s.db.QueryContext(ctx, `select coalesce(s.sender, h.holder), h.state, h.reason, h.container,
			greatest(h.start, $3), least(h.stop, $4) - greatest(h.start, $3), coalesce(s.id, ''), coalesce(s.receiver, '')
		from ledger.holding h left join ledger.shipment s on h.state = 'in_transit' and s.id = h.holder
		where h.gtin = $1 and h.lot = $2 and h.start < $4 and h.stop > $3 order by h.start`, u.GTIN, u.Lot, u.From, u.To)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (h record.ProvenanceHolding, err error) {
		err = row.Scan(&h.Party, &h.State, &h.Reason, &h.Container, &h.From, &h.Count, &h.Shipment, &h.To)
		return h, err
	})
}

// Transaction says what became of a transaction; false where neither the ledger
// nor the journal knows it.
func (s *Store) Transaction(ctx context.Context, txID string) (record.Transaction, bool, error) {
	t := record.Transaction{TxID: txID, Status: record.TxCommitted}
	var party sql.NullString
	var event []byte
	var block uint64
	err := s.db.QueryRowContext(ctx, `select block, code, function, party, msp, identity, endorsers, at, event
		from ledger.tx where tx_id = $1`, txID).
		Scan(&block, &t.Code, &t.Function, &party, &t.MSP, &t.Identity, pq.Array(&t.Endorsers), &t.At, &event)
	if errors.Is(err, sql.ErrNoRows) {
		return s.submitted(ctx, txID)
	}
	t.Block, t.Party, t.Event = &block, party.String, event
	if t.Code != record.Valid {
		t.Status = record.TxRefused
	}
	return t, err == nil, err
}

func (s *Store) submitted(ctx context.Context, txID string) (record.Transaction, bool, error) {
	sub, found, err := s.Submission(ctx, txID)
	if err != nil || !found {
		return record.Transaction{}, false, err
	}
	t := record.Transaction{
		TxID:     txID,
		Status:   record.TxUnknown,
		Function: string(sub.Transaction),
		Party:    sub.Party,
		Reason:   sub.Refusal,
	}
	if sub.Outcome != nil {
		t.Code, t.Status = sub.Outcome.Code, record.TxRefused
		if t.Code != record.NeverOrdered {
			t.Block = &sub.Outcome.Block
		}
		if sub.Outcome.Written() {
			t.Status = record.TxCommitted
		}
	}
	return t, true, nil
}
