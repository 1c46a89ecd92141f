package goods

import (
	"context"
	"encoding/hex"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// ProductWritten is the registration of a product.
type ProductWritten struct {
	GTIN string `json:"gtin"`
	record.Position
}

// BatchWritten is the registration or approval of a batch.
type BatchWritten struct {
	GTIN      string            `json:"gtin"`
	Lot       string            `json:"lot"`
	Quantity  int64             `json:"quantity"`
	UnitsRoot string            `json:"unitsRoot"`
	ExpiresOn trace.Date        `json:"expiresOn,omitempty"`
	Status    trace.BatchStatus `json:"status"`
	Remarks   []trace.Text      `json:"remarks,omitempty"`
	record.Position
}

// RegisterProduct registers a product of the caller's. The GTIN may have 8 to 14 digits.
func (s *Service) RegisterProduct(ctx context.Context, c service.Caller, p trace.Product) (ProductWritten, error) {
	var err error
	if p.GTIN, err = trace.ParseGTIN(p.GTIN); err != nil {
		return ProductWritten{}, err
	}
	r, err := s.writer.Write(ctx, c, trace.RegisterProduct, p)
	return ProductWritten{GTIN: p.GTIN, Position: r.Position}, err
}

// RegisterBatch makes the units of a batch and registers both in one transaction.
// Without ExpiresOn it is the day of production plus the product's shelf life.
func (s *Service) RegisterBatch(ctx context.Context, c service.Caller, o BatchOrder) (BatchWritten, error) {
	if err := o.WithSerials(); err != nil {
		return BatchWritten{}, err
	}
	var err error
	if o.Batch, err = s.CompleteBatch(ctx, c, o.Batch); err != nil {
		return BatchWritten{}, err
	}
	if err := s.isNew(ctx, c, o.Batch); err != nil {
		return BatchWritten{}, err
	}
	if err := s.untaken(ctx, o); err != nil {
		return BatchWritten{}, err
	}
	alike, err := s.AlikeRemark(ctx, o.GTIN, o.Lot)
	if err != nil {
		return BatchWritten{}, err
	}
	r, err := s.withUnits(ctx, c, &o, trace.RegisterBatch, func() any { return o.Batch })
	if err != nil {
		return BatchWritten{}, err
	}
	written := batchWritten(r)
	written.Remarks = Guessable(o.Serials)
	if alike != nil {
		written.Remarks = append(written.Remarks, *alike)
	}
	return written, nil
}

var lotAlike = text("lotAlike")

// AlikeRemark tells of a lot that people will take for this one; nil where there is none.
func (s *Service) AlikeRemark(ctx context.Context, gtin, lot string) (*trace.Text, error) {
	others, err := s.store.LotsAlike(ctx, gtin, lot)
	if err != nil || len(others) == 0 {
		return nil, err
	}
	alike := lotAlike.With(wording.Args{"lot": lot, "other": others[0]})
	return &alike, nil
}

// CompleteBatch fills in what follows from the product, and refuses before the
// costly part what the ledger would refuse after it.
func (s *Service) CompleteBatch(ctx context.Context, c service.Caller, b trace.Batch) (trace.Batch, error) {
	p, err := s.sight.Product(ctx, b.GTIN)
	if err != nil {
		return b, err
	}
	b.GTIN, b.KeyEpoch = p.GTIN, int(s.epoch())
	if b.ExpiresOn == "" && p.ShelfLifeDays > 0 {
		b.ExpiresOn = b.ProducedOn.AddDays(p.ShelfLifeDays)
	}
	draft := b
	draft.UnitsRoot = noUnits
	if err := draft.Check(s.writer.Today()); err != nil {
		return b, err
	}
	return b, s.MayRegister(ctx, c.Party, b.GTIN)
}

// isNew refuses a batch that is registered already, before its units are made. A
// request that is taken up again may find its own there, and goes on.
func (s *Service) isNew(ctx context.Context, c service.Caller, b trace.Batch) error {
	_, ok, err := s.store.Batch(ctx, b.GTIN, b.Lot)
	if err != nil || !ok || c.Resumed {
		return err
	}
	return service.Refuse(trace.BatchExists, "lot", "lot_registered", "lot", b.Lot)
}

// MayRegister refuses a party that may not register goods under a barcode now.
func (s *Service) MayRegister(ctx context.Context, party, gtin string) error {
	p, err := service.Found(s.store.Party(ctx, party))(trace.PartyUnknown, "", party)
	if err != nil {
		return err
	}
	return p.MayRegister(gtin, s.writer.Today())
}

// From how many units on the number of batches in work is bounded, and a batch's
// tree costs more than to ask the ledger whether it would take the batch.
const (
	bigBatch    = 50_000
	costlyBatch = 5_000
)

// noUnits stands for the root of a batch's tree until that is made.
var noUnits = hex.EncodeToString(make([]byte, 32))

// withUnits makes the units of a batch, keeps what is needed of them, and has
// the batch registered by the request, which holds it. What the ledger would refuse is
// refused before there are units, and of what it refuses later nothing stays.
func (s *Service) withUnits(
	ctx context.Context, c service.Caller, b *BatchOrder, t trace.Transaction, request func() any,
) (record.Commit, error) {
	if b.Quantity >= costlyBatch {
		b.UnitsRoot = noUnits
		if err := s.writer.Try(ctx, c, t, request()); err != nil {
			return record.Commit{}, err
		}
	}
	tree, err := s.commitUnits(ctx, c, b)
	if err != nil {
		return record.Commit{}, err
	}
	if err := s.keepUnits(ctx, tree, b); err != nil {
		return record.Commit{}, err
	}
	r, err := s.writer.Write(ctx, c, t, request())
	switch {
	case trace.CodeOf(err) != "":
		if err := s.store.ForgetUnits(context.WithoutCancel(ctx), tree.Root()); err != nil {
			s.writer.Log.Warn(
				"the units of a refused batch are not forgotten", "gtin", b.GTIN, "lot", b.Lot, "error", err,
			)
		}
	case err == nil: // another with the same units may have been refused, and forgotten, meanwhile
		err = s.keepUnits(context.WithoutCancel(ctx), tree, b)
	}
	return r, err
}

// commitUnits computes the tree over the batch's units and sets UnitsRoot.
func (s *Service) commitUnits(ctx context.Context, c service.Caller, b *BatchOrder) (*seal.Tree, error) {
	if b.Quantity >= bigBatch {
		give, err := s.large.Take(ctx, c.Party, 1)
		if err != nil {
			return nil, err
		}
		defer give()
	}
	keys, err := s.units.KeysOf(b.Batch)
	if err != nil {
		return nil, err
	}
	if b.Listed {
		keys = keys.WithSerials(0, b.Serials)
	}
	tree, err := seal.Commit(ctx, keys, b.Quantity, nil)
	if err != nil {
		return nil, err
	}
	root := tree.Root()
	b.UnitsRoot = hex.EncodeToString(root[:])
	return tree, nil
}

// keepUnits keeps the stored row of a batch's tree, the PIN commitments and the serials that it brought. The tree
// comes last: where it is, all is.
func (s *Service) keepUnits(ctx context.Context, tree *seal.Tree, b *BatchOrder) error {
	if b.Listed {
		if err := s.store.SaveSerials(ctx, tree.Root(), b.Serials); err != nil {
			return err
		}
	}
	keys, err := s.units.KeysOf(b.Batch)
	if err != nil {
		return err
	}
	for first, run := range keys.Commitments(b.Quantity) {
		if err := s.store.SaveCommitments(ctx, tree.Root(), first, run); err != nil {
			return err
		}
	}
	return s.store.SaveUnitTree(ctx, tree.Root(), b.Quantity, tree.Row())
}

func batchWritten(r record.Commit) BatchWritten {
	b := r.Event.Batch
	if b == nil {
		b = &trace.Batch{}
	}
	return BatchWritten{GTIN: b.GTIN, Lot: b.Lot, Quantity: b.Quantity, UnitsRoot: b.UnitsRoot,
		ExpiresOn: b.ExpiresOn, Status: b.Status, Position: r.Position}
}

// ApproveBatch approves a batch over its producer's daily quota.
func (s *Service) ApproveBatch(ctx context.Context, c service.Caller, gtin, lot string) (BatchWritten, error) {
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return BatchWritten{}, err
	}
	r, err := s.writer.Write(ctx, c, trace.ApproveBatch, trace.BatchRequest{GTIN: g, Lot: lot})
	if err != nil {
		return BatchWritten{}, err
	}
	return batchWritten(r), nil
}

// BatchAndLabels gives a batch as Batch does, and tells its producer and those
// who see all what is known of its labels.
func (s *Service) BatchAndLabels(ctx context.Context, c service.Caller, gtin, lot string) (record.Batch, error) {
	b, err := s.sight.Batch(ctx, c, gtin, lot)
	if err != nil || b.Producer != c.Party && !c.SeesAll() {
		return b, err
	}
	counts, err := s.store.LabelCounts(ctx, b.GTIN, b.Lot, b.Quantity)
	b.Labels = &counts
	return b, err
}
