package service

import (
	"context"
	"encoding/hex"
	"net/url"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// RegisterProduct registers a product of the caller's. The GTIN may have 8 to 14 digits.
func (s *Service) RegisterProduct(ctx context.Context, c Caller, p trace.Product) (ProductWritten, error) {
	var err error
	if p.GTIN, err = trace.ParseGTIN(p.GTIN); err != nil {
		return ProductWritten{}, err
	}
	r, err := s.Write(ctx, c, trace.RegisterProduct, p)
	return ProductWritten{GTIN: p.GTIN, Written: r.Written()}, err
}

// Product gives a registered product.
func (s *Service) Product(ctx context.Context, gtin string) (record.Product, error) {
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return record.Product{}, err
	}
	return Found(s.Goods.Product(ctx, g))(trace.ProductUnknown, "gtin", "product "+g)
}

// Products lists products.
func (s *Service) Products(ctx context.Context, f record.ProductFilter, p record.Paging) (record.Page[record.Product], error) {
	return s.Goods.Products(ctx, f, p)
}

// RegisterBatch makes the units of a batch and registers both in one transaction.
// Without ExpiresOn it is the day of production plus the product's shelf life.
func (s *Service) RegisterBatch(ctx context.Context, c Caller, o BatchOrder) (BatchWritten, error) {
	if err := o.withSerials(); err != nil {
		return BatchWritten{}, err
	}
	var err error
	if o.Batch, err = s.completeBatch(ctx, c, o.Batch); err != nil {
		return BatchWritten{}, err
	}
	if err := s.isNew(ctx, c, o.Batch); err != nil {
		return BatchWritten{}, err
	}
	if err := s.untaken(ctx, o); err != nil {
		return BatchWritten{}, err
	}
	alike, err := s.alikeRemark(ctx, o.GTIN, o.Lot)
	if err != nil {
		return BatchWritten{}, err
	}
	r, err := s.withUnits(ctx, c, &o, trace.RegisterBatch, func() any { return o.Batch })
	if err != nil {
		return BatchWritten{}, err
	}
	written := batchWritten(r)
	written.Remarks = guessable(o.Serials)
	if alike != nil {
		written.Remarks = append(written.Remarks, *alike)
	}
	return written, nil
}

var lotAlike = text("lotAlike")

// alikeRemark tells of a lot that people will take for this one; nil where there is none.
func (s *Service) alikeRemark(ctx context.Context, gtin, lot string) (*trace.Text, error) {
	others, err := s.Goods.LotsAlike(ctx, gtin, lot)
	if err != nil || len(others) == 0 {
		return nil, err
	}
	alike := lotAlike.With(wording.Args{"lot": lot, "other": others[0]})
	return &alike, nil
}

// completeBatch fills in what follows from the product, and refuses before the
// costly part what the ledger would refuse after it.
func (s *Service) completeBatch(ctx context.Context, c Caller, b trace.Batch) (trace.Batch, error) {
	p, err := s.Product(ctx, b.GTIN)
	if err != nil {
		return b, err
	}
	b.GTIN, b.KeyEpoch = p.GTIN, int(s.Keys.Current())
	if b.ExpiresOn == "" && p.ShelfLifeDays > 0 {
		b.ExpiresOn = b.ProducedOn.AddDays(p.ShelfLifeDays)
	}
	draft := b
	draft.UnitsRoot = noUnits
	if err := draft.Check(s.Today()); err != nil {
		return b, err
	}
	return b, s.mayRegister(ctx, c.Party, b.GTIN)
}

// isNew refuses a batch that is registered already, before its units are made. A
// request that is taken up again may find its own there, and goes on.
func (s *Service) isNew(ctx context.Context, c Caller, b trace.Batch) error {
	_, ok, err := s.Goods.Batch(ctx, b.GTIN, b.Lot)
	if err != nil || !ok || c.Resumed {
		return err
	}
	return trace.Errorf(trace.BatchExists, "lot", "lot %s is registered already", b.Lot)
}

func (s *Service) mayRegister(ctx context.Context, party, gtin string) error {
	p, err := Found(s.Parties.Party(ctx, party))(trace.PartyUnknown, "", "party "+party)
	if err != nil {
		return err
	}
	return p.MayRegister(gtin, s.Today())
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
func (s *Service) withUnits(ctx context.Context, c Caller, b *BatchOrder, t trace.Transaction, request func() any) (Receipt, error) {
	if b.Quantity >= costlyBatch {
		b.UnitsRoot = noUnits
		if err := s.Try(ctx, c, t, request()); err != nil {
			return Receipt{}, err
		}
	}
	tree, err := s.commitUnits(ctx, c, b)
	if err != nil {
		return Receipt{}, err
	}
	if err := s.keepUnits(ctx, tree, b); err != nil {
		return Receipt{}, err
	}
	r, err := s.Write(ctx, c, t, request())
	switch {
	case trace.CodeOf(err) != "":
		if err := s.Secrets.ForgetUnits(context.WithoutCancel(ctx), tree.Root()); err != nil {
			s.Log.Warn("the units of a refused batch are not forgotten", "gtin", b.GTIN, "lot", b.Lot, "error", err)
		}
	case err == nil: // another with the same units may have been refused, and forgotten, meanwhile
		err = s.keepUnits(context.WithoutCancel(ctx), tree, b)
	}
	return r, err
}

// commitUnits computes the tree over the batch's units and sets UnitsRoot.
func (s *Service) commitUnits(ctx context.Context, c Caller, b *BatchOrder) (*seal.Tree, error) {
	if b.Quantity >= bigBatch {
		give, err := s.large.Take(ctx, c.Party, 1)
		if err != nil {
			return nil, err
		}
		defer give()
	}
	keys, err := s.unitKeys(b.Batch)
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

// keepUnits keeps the stored row of a batch's tree and the serials that it brought.
func (s *Service) keepUnits(ctx context.Context, tree *seal.Tree, b *BatchOrder) error {
	if b.Listed {
		if err := s.Secrets.SaveSerials(ctx, tree.Root(), b.Serials); err != nil {
			return err
		}
	}
	return s.Secrets.SaveUnitTree(ctx, tree.Root(), b.Quantity, tree.Row())
}

func (s *Service) unitKeys(b trace.Batch) (*seal.Batch, error) {
	return s.Keys.Batch(uint32(b.KeyEpoch), gs1.GTIN(b.GTIN), b.Lot)
}

func batchWritten(r Receipt) BatchWritten {
	b := r.Event.Batch
	if b == nil {
		b = &trace.Batch{}
	}
	return BatchWritten{GTIN: b.GTIN, Lot: b.Lot, Quantity: b.Quantity, UnitsRoot: b.UnitsRoot,
		ExpiresOn: b.ExpiresOn, Status: b.Status, Written: r.Written()}
}

// ApproveBatch approves a batch over its producer's daily quota.
func (s *Service) ApproveBatch(ctx context.Context, c Caller, gtin, lot string) (BatchWritten, error) {
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return BatchWritten{}, err
	}
	r, err := s.Write(ctx, c, trace.ApproveBatch, trace.BatchRequest{GTIN: g, Lot: lot})
	if err != nil {
		return BatchWritten{}, err
	}
	return batchWritten(r), nil
}

// Batch gives a batch that the caller may see. One that it may not see does not
// exist for it.
func (s *Service) Batch(ctx context.Context, c Caller, gtin, lot string) (record.Batch, error) {
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return record.Batch{}, err
	}
	b, ok, err := s.Goods.Batch(ctx, g, lot)
	if ok && err == nil && !c.SeesAll() {
		ok, err = s.Goods.BatchSeenBy(ctx, c.Party, g, lot)
	}
	return Found(b, ok, err)(trace.BatchUnknown, "lot", "batch "+g+" "+lot)
}

// BatchAndLabels gives a batch as Batch does, and tells its producer and those
// who see all what is known of its labels.
func (s *Service) BatchAndLabels(ctx context.Context, c Caller, gtin, lot string) (record.Batch, error) {
	b, err := s.Batch(ctx, c, gtin, lot)
	if err != nil || b.Producer != c.Party && !c.SeesAll() {
		return b, err
	}
	counts, err := s.Prints.LabelCounts(ctx, b.GTIN, b.Lot, b.Quantity)
	b.Labels = &counts
	return b, err
}

// batchLike gives a batch by its lot as somebody carried it: as it is, with its
// slash escaped, or in other letters where only one batch's can be meant.
func (s *Service) BatchLike(ctx context.Context, gtin, lot string) (record.Batch, bool, error) {
	spelt := []string{lot}
	if unescaped, err := url.PathUnescape(lot); err == nil && unescaped != lot {
		spelt = append(spelt, unescaped)
	}
	for _, as := range spelt {
		if b, ok, err := s.Goods.Batch(ctx, gtin, as); ok || err != nil {
			return b, ok, err
		}
	}
	for _, as := range spelt {
		others, err := s.Goods.LotsAlike(ctx, gtin, as)
		if err != nil {
			return record.Batch{}, false, err
		}
		if len(others) == 1 {
			return s.Goods.Batch(ctx, gtin, others[0])
		}
	}
	return record.Batch{}, false, nil
}

// ownBatch gives a batch to its producer alone.
func (s *Service) ownBatch(ctx context.Context, c Caller, gtin, lot string) (trace.Batch, error) {
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return trace.Batch{}, err
	}
	b, ok, err := s.Goods.Batch(ctx, g, lot)
	return Found(b.Batch, ok && b.Producer == c.Party, err)(trace.BatchUnknown, "lot", "batch "+g+" "+lot)
}

// Batches lists the batches that the caller may see.
func (s *Service) Batches(ctx context.Context, c Caller, f record.BatchFilter, p record.Paging) (record.Page[record.Batch], error) {
	if f.GTIN != "" {
		g, err := trace.ParseGTIN(f.GTIN)
		if err != nil {
			return record.Page[record.Batch]{}, err
		}
		f.GTIN = g
	}
	if !c.SeesAll() {
		f.SeenBy = c.Party
	}
	return s.Goods.Batches(ctx, f, p)
}
