package sight

import (
	"context"
	"net/url"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// MayName refuses a write that names what the caller may not see, in the words in
// which reading it is refused: it does not exist, whether or not it does (decision
// 71). The ledger is asked only what the caller may know the answer to.
func (s *Service) MayName(ctx context.Context, c service.Caller, n service.Names) error {
	if c.SeesAll() {
		return nil
	}
	if n.Shipment != "" {
		if _, err := s.Shipment(ctx, c, n.Shipment); err != nil {
			return err
		}
	}
	if n.Case != "" {
		if _, err := s.Case(ctx, c, n.Case); err != nil {
			return err
		}
	}
	if n.TxID != "" {
		if _, err := s.Transaction(ctx, c, n.TxID); err != nil {
			return err
		}
	}
	for _, sscc := range n.Containers {
		if _, err := s.Container(ctx, c, sscc); err != nil {
			return trace.InField("sscc", n.ContainersField, err)
		}
	}
	return s.mayNameLots(ctx, c, n.Lines)
}

func (s *Service) mayNameLots(ctx context.Context, c service.Caller, lines []trace.Line) error {
	seen := map[record.BatchName]bool{}
	for _, l := range lines {
		name := record.BatchName{GTIN: l.GTIN, Lot: l.Lot}
		if seen[name] {
			continue
		}
		seen[name] = true
		if _, err := s.TestedBatch(ctx, c, l.GTIN, l.Lot); err != nil {
			return err
		}
	}
	return nil
}

// Product gives a registered product.
func (s *Service) Product(ctx context.Context, gtin string) (record.Product, error) {
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return record.Product{}, err
	}
	return service.Found(s.Store.Product(ctx, g))(trace.ProductUnknown, "gtin", g)
}

// Products lists products.
func (s *Service) Products(
	ctx context.Context, f record.ProductFilter, p record.Paging,
) (record.Page[record.Product], error) {
	return s.Store.Products(ctx, f, p)
}

// Batch gives a batch that the caller may see. One that it may not see does not
// exist for it.
func (s *Service) Batch(ctx context.Context, c service.Caller, gtin, lot string) (record.Batch, error) {
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return record.Batch{}, err
	}
	b, ok, err := s.Store.Batch(ctx, g, lot)
	if ok && err == nil && !c.SeesAll() {
		ok, err = s.Store.BatchSeenBy(ctx, c.Party, g, lot)
	}
	return service.Found(b, ok, err)(trace.BatchUnknown, "lot", g+" "+lot)
}

// OwnBatch gives a batch to its producer alone.
func (s *Service) OwnBatch(ctx context.Context, c service.Caller, gtin, lot string) (trace.Batch, error) {
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return trace.Batch{}, err
	}
	b, ok, err := s.Store.Batch(ctx, g, lot)
	return service.Found(b.Batch, ok && b.Producer == c.Party, err)(trace.BatchUnknown, "lot", g+" "+lot)
}

// Batches lists the batches that the caller may see.
func (s *Service) Batches(
	ctx context.Context, c service.Caller, f record.BatchFilter, p record.Paging,
) (record.Page[record.Batch], error) {
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
	return s.Store.Batches(ctx, f, p)
}

// TestedBatch gives a batch as Batch does, and to every inspector.
func (s *Service) TestedBatch(ctx context.Context, c service.Caller, gtin, lot string) (record.Batch, error) {
	if c.Role != trace.RoleInspector {
		return s.Batch(ctx, c, gtin, lot)
	}
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return record.Batch{}, err
	}
	return service.Found(s.Store.Batch(ctx, g, lot))(trace.BatchUnknown, "lot", g+" "+lot)
}

// SeesBatch reports whether the caller may see a batch.
func (s *Service) SeesBatch(ctx context.Context, c service.Caller, gtin, lot string) (bool, error) {
	if c.SeesAll() {
		return true, nil
	}
	return s.Store.BatchSeenBy(ctx, c.Party, gtin, lot)
}

// Transaction says what became of a transaction, to the party that sent it and
// those who see all.
func (s *Service) Transaction(ctx context.Context, c service.Caller, txID string) (record.Transaction, error) {
	t, ok, err := s.Store.Transaction(ctx, txID)
	mine := c.SeesAll() || (t.Party != "" && t.Party == c.Party)
	return service.Found(t, ok && mine, err)(service.TransactionUnknown, "txId", txID)
}

// Container gives a container that the caller packed, has, sent or is being sent.
func (s *Service) Container(ctx context.Context, c service.Caller, sscc string) (trace.Container, error) {
	if err := trace.CheckSSCC("sscc", sscc); err != nil {
		return trace.Container{}, err
	}
	return service.Found(s.Store.Container(ctx, c.Within(), sscc))(trace.ContainerUnknown, "sscc", sscc)
}

// BatchLike gives a batch by its lot as somebody carried it: as it is, with its
// slash escaped, or in other letters where only one batch's can be meant.
func (s *Service) BatchLike(ctx context.Context, gtin, lot string) (record.Batch, bool, error) {
	spelt := []string{lot}
	if unescaped, err := url.PathUnescape(lot); err == nil && unescaped != lot {
		spelt = append(spelt, unescaped)
	}
	for _, as := range spelt {
		if b, ok, err := s.Store.Batch(ctx, gtin, as); ok || err != nil {
			return b, ok, err
		}
	}
	for _, as := range spelt {
		others, err := s.Store.LotsAlike(ctx, gtin, as)
		if err != nil {
			return record.Batch{}, false, err
		}
		if len(others) == 1 {
			return s.Store.Batch(ctx, gtin, others[0])
		}
	}
	return record.Batch{}, false, nil
}

// Shipment gives a shipment to its sender, its receiver, and those who see all.
func (s *Service) Shipment(ctx context.Context, c service.Caller, id string) (trace.Shipment, error) {
	x, ok, err := s.Store.Shipment(ctx, id)
	mine := c.SeesAll() || x.From == c.Party || x.To == c.Party
	return service.Found(x, ok && mine, err)(trace.ShipmentUnknown, "id", id)
}

// Case gives a case to its parties and to those who see all.
func (s *Service) Case(ctx context.Context, c service.Caller, id string) (trace.Case, error) {
	x, ok, err := s.Store.Case(ctx, id)
	mine := c.SeesAll() || x.Opener == c.Party || x.With == c.Party
	return service.Found(x, ok && mine, err)(trace.CaseUnknown, "id", id)
}
