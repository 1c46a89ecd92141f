package service

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// MayName refuses a write that names what the caller may not see, in the words in
// which reading it is refused: it does not exist, whether or not it does (decision
// 71). The ledger is asked only what the caller may know the answer to.
func (s *Service) MayName(ctx context.Context, c Caller, n Names) error {
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

func (s *Service) mayNameLots(ctx context.Context, c Caller, lines []trace.Line) error {
	seen := map[record.BatchName]bool{}
	for _, l := range lines {
		name := record.BatchName{GTIN: l.GTIN, Lot: l.Lot}
		if seen[name] {
			continue
		}
		seen[name] = true
		if _, err := s.testedBatch(ctx, c, l.GTIN, l.Lot); err != nil {
			return err
		}
	}
	return nil
}
