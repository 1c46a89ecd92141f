package custody

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/cases"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
)

// Ship sends units the caller holds to another party.
func (s *Service) Ship(ctx context.Context, c service.Caller, r ShipOrder) (service.RecordWritten, error) {
	if r.ID == "" {
		r.ID = service.NewID("S", c)
	}
	service.Normalise(r.Lines)
	named, err := s.Codes.GoodsOf(ctx, c, "codes", codes.Request{Codes: r.Codes})
	if err != nil {
		return service.RecordWritten{}, err
	}
	r.Lines, r.Containers = append(r.Lines, named.Lines...), append(r.Containers, named.Containers...)
	return s.Writer.WriteRecord(ctx, c, trace.Dispatch, r.ID, r.DispatchRequest)
}

// Receive signs for a shipment.
func (s *Service) Receive(ctx context.Context, c service.Caller, r ReceiptOrder) (service.RecordWritten, error) {
	for i := range r.Lines {
		r.Lines[i].GTIN = service.GTIN14(r.Lines[i].GTIN)
	}
	h := cases.Handover{
		Shipment: r.ID,
		Codes:    map[string][]string{"codes": r.Codes, "damaged": r.Damaged},
		From:     trace.Place{Holder: r.ID, State: trace.InTransit},
	}
	var err error
	if r.Lines, err = s.receiptLines(ctx, c, r); err != nil {
		return service.RecordWritten{}, s.Cases.FollowUp(ctx, c, h, err)
	}
	for _, l := range r.Lines {
		h.Lines = append(h.Lines, l.Line)
	}
	w, err := s.Writer.WriteRecord(ctx, c, trace.Receive, r.ID, r.ReceiveRequest)
	return w, s.Cases.FollowUp(ctx, c, h, err)
}

// Sell books units as sold to consumers.
func (s *Service) Sell(ctx context.Context, c service.Caller, r SaleOrder) (record.Position, error) {
	service.Normalise(r.Lines)
	return s.atTheTill(ctx, c, r.Codes, trace.Held, r.Lines, func(lines []trace.Line) (record.Commit, error) {
		r.Lines = lines
		return s.Writer.Write(ctx, c, trace.Sell, r.SellRequest)
	})
}

// TakeBack books units that the caller sold as returned to it.
func (s *Service) TakeBack(ctx context.Context, c service.Caller, r ReturnOrder) (record.Position, error) {
	service.Normalise(r.Lines)
	return s.atTheTill(ctx, c, r.Codes, trace.Sold, r.Lines, func(lines []trace.Line) (record.Commit, error) {
		r.Lines = lines
		return s.Writer.Write(ctx, c, trace.Return, r.ReturnRequest)
	})
}

// atTheTill books units that must be with the caller in a state. What does not
// fit is followed up.
func (s *Service) atTheTill(
	ctx context.Context, c service.Caller, scanned []string, in trace.State, lines []trace.Line,
	book func([]trace.Line) (record.Commit, error),
) (record.Position, error) {
	h := cases.Handover{Codes: map[string][]string{"codes": scanned}, From: trace.Place{Holder: c.Party, State: in}}
	named, err := s.Codes.UnitsOf(ctx, c, "codes", codes.Request{Codes: scanned})
	if err != nil {
		return record.Position{}, s.Cases.FollowUp(ctx, c, h, err)
	}
	h.Lines = append(lines, named...)
	w, err := book(h.Lines)
	return w.Position, s.Cases.FollowUp(ctx, c, h, err)
}

// Decommission removes units for good.
func (s *Service) Decommission(ctx context.Context, c service.Caller, r DecommissionOrder) (record.Position, error) {
	service.Normalise(r.Lines)
	named, err := s.Codes.UnitsOf(ctx, c, "codes", codes.Request{Codes: r.Codes})
	if err != nil {
		return record.Position{}, err
	}
	r.Lines = append(r.Lines, named...)
	receipt, err := s.Writer.Write(ctx, c, trace.Decommission, r.DecommissionRequest)
	return receipt.Position, err
}

// ShipmentView is a shipment as it stands now.
type ShipmentView struct {
	trace.Shipment
	State trace.ShipmentState `json:"state"`
}

func (s *Service) shipmentView(x trace.Shipment) ShipmentView {
	return ShipmentView{Shipment: x, State: x.StateAt(s.Writer.Now())}
}

// Shipment gives a shipment as it stands now to those who may see it.
func (s *Service) Shipment(ctx context.Context, c service.Caller, id string) (ShipmentView, error) {
	x, err := s.Sight.Shipment(ctx, c, id)
	return s.shipmentView(x), err
}

// Shipments lists the shipments that the caller may see, the newest first.
func (s *Service) Shipments(
	ctx context.Context, c service.Caller, f record.ShipmentFilter, p record.Paging,
) (record.Page[ShipmentView], error) {
	f.Party = c.Within()
	list, err := s.Store.Shipments(ctx, f, p)
	return record.PageOf(list, s.shipmentView), err
}

// receiptLines reads a receipt's codes, those of the shipment before all others.
func (s *Service) receiptLines(ctx context.Context, c service.Caller, r ReceiptOrder) ([]trace.ReceiptLine, error) {
	all := r.Lines
	for _, of := range []struct {
		field     string
		codes     []string
		condition trace.Condition
	}{{"codes", r.Codes, trace.Good}, {"damaged", r.Damaged, trace.Damaged}} {
		lines, err := s.Codes.UnitsOf(ctx, c, of.field, codes.Request{Codes: of.codes, Shipment: r.ID})
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			all = append(all, trace.ReceiptLine{Line: l, Condition: of.condition})
		}
	}
	return all, nil
}

// CloseShipment writes off what has not arrived.
func (s *Service) CloseShipment(
	ctx context.Context, c service.Caller, r trace.CloseShipmentRequest,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.CloseShipment, r.ID, r)
}
