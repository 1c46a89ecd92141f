package service

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Ship sends units the caller holds to another party.
func (s *Service) Ship(ctx context.Context, c Caller, r ShipOrder) (RecordWritten, error) {
	if r.ID == "" {
		r.ID = NewID("S", c)
	}
	Normalise(r.Lines)
	named, err := s.goodsOf(ctx, c, "codes", CodesRequest{Codes: r.Codes})
	if err != nil {
		return RecordWritten{}, err
	}
	r.Lines, r.Containers = append(r.Lines, named.lines...), append(r.Containers, named.containers...)
	return s.WriteRecord(ctx, c, trace.Dispatch, r.ID, r.DispatchRequest)
}

// Receive signs for a shipment.
func (s *Service) Receive(ctx context.Context, c Caller, r ReceiptOrder) (RecordWritten, error) {
	for i := range r.Lines {
		r.Lines[i].GTIN = GTIN14(r.Lines[i].GTIN)
	}
	h := handover{shipment: r.ID, codes: map[string][]string{"codes": r.Codes, "damaged": r.Damaged}, from: trace.Place{Holder: r.ID, State: trace.InTransit}}
	var err error
	if r.Lines, err = s.receiptLines(ctx, c, r); err != nil {
		return RecordWritten{}, s.followUp(ctx, c, h, err)
	}
	for _, l := range r.Lines {
		h.lines = append(h.lines, l.Line)
	}
	w, err := s.WriteRecord(ctx, c, trace.Receive, r.ID, r.ReceiveRequest)
	return w, s.followUp(ctx, c, h, err)
}

// Sell books units as sold to consumers.
func (s *Service) Sell(ctx context.Context, c Caller, r SaleOrder) (Written, error) {
	Normalise(r.Lines)
	return s.atTheTill(ctx, c, r.Codes, trace.Held, r.Lines, func(lines []trace.Line) (Receipt, error) {
		r.Lines = lines
		return s.Write(ctx, c, trace.Sell, r.SellRequest)
	})
}

// TakeBack books units that the caller sold as returned to it.
func (s *Service) TakeBack(ctx context.Context, c Caller, r ReturnOrder) (Written, error) {
	Normalise(r.Lines)
	return s.atTheTill(ctx, c, r.Codes, trace.Sold, r.Lines, func(lines []trace.Line) (Receipt, error) {
		r.Lines = lines
		return s.Write(ctx, c, trace.Return, r.ReturnRequest)
	})
}

// atTheTill books units that must be with the caller in a state. What does not
// fit is followed up.
func (s *Service) atTheTill(ctx context.Context, c Caller, codes []string, in trace.State, lines []trace.Line, book func([]trace.Line) (Receipt, error)) (Written, error) {
	h := handover{codes: map[string][]string{"codes": codes}, from: trace.Place{Holder: c.Party, State: in}}
	named, err := s.unitsOf(ctx, c, "codes", CodesRequest{Codes: codes})
	if err != nil {
		return Written{}, s.followUp(ctx, c, h, err)
	}
	h.lines = append(lines, named...)
	w, err := book(h.lines)
	return w.Written(), s.followUp(ctx, c, h, err)
}

// Decommission removes units for good.
func (s *Service) Decommission(ctx context.Context, c Caller, r DecommissionOrder) (Written, error) {
	Normalise(r.Lines)
	named, err := s.unitsOf(ctx, c, "codes", CodesRequest{Codes: r.Codes})
	if err != nil {
		return Written{}, err
	}
	r.Lines = append(r.Lines, named...)
	receipt, err := s.Write(ctx, c, trace.Decommission, r.DecommissionRequest)
	return receipt.Written(), err
}

// Recall calls units back and tells whom that reaches.
func (s *Service) Recall(ctx context.Context, c Caller, r RecallOrder) (RecallWritten, error) {
	if r.ID == "" {
		r.ID = NewID("R", c)
	}
	r.GTIN = GTIN14(r.GTIN)
	Normalise(r.Lines)
	named, err := s.unitsOf(ctx, c, "codes", CodesRequest{Codes: r.Codes, GTIN: r.GTIN})
	if err != nil {
		return RecallWritten{}, err
	}
	r.Lines = append(r.Lines, named...)
	if r.Instruction == (trace.Text{}) {
		r.Instruction = usualInstruction
	}
	w, err := s.Write(ctx, c, trace.StartRecall, r.Recall)
	if err != nil {
		return RecallWritten{}, err
	}
	reach, err := s.RecallReach(ctx, c, r.ID)
	if err != nil { // it is written all the same
		s.Log.Warn("recall written, but not readable yet", "recall", r.ID, "error", err)
		reach = record.Reach(*w.Event.Recall, []record.RecallHolder{}, s.Now())
	}
	return RecallWritten{RecallReach: reach, Written: w.Written()}, nil
}

// usualInstruction is what a shopper is told to do where the recall does not say.
var usualInstruction = text("usualInstruction")

// CloseRecall ends a recall.
func (s *Service) CloseRecall(ctx context.Context, c Caller, r trace.CloseRecallRequest) (RecordWritten, error) {
	return s.WriteRecord(ctx, c, trace.CloseRecall, r.ID, r)
}

// ShipmentView is a shipment as it stands now.
type ShipmentView struct {
	trace.Shipment
	State trace.ShipmentState `json:"state"`
}

func (s *Service) shipmentView(x trace.Shipment) ShipmentView {
	return ShipmentView{Shipment: x, State: x.StateAt(s.Now())}
}

// Shipment gives a shipment to its sender, its receiver, and those who see all.
func (s *Service) Shipment(ctx context.Context, c Caller, id string) (ShipmentView, error) {
	x, ok, err := s.Custody.Shipment(ctx, id)
	mine := c.SeesAll() || x.From == c.Party || x.To == c.Party
	x, err = Found(x, ok && mine, err)(trace.ShipmentUnknown, "id", "shipment "+id)
	return s.shipmentView(x), err
}

// Shipments lists the shipments that the caller may see, the newest first.
func (s *Service) Shipments(ctx context.Context, c Caller, f record.ShipmentFilter, p record.Paging) (record.Page[ShipmentView], error) {
	f.Party = c.Within()
	list, err := s.Custody.Shipments(ctx, f, p)
	return record.PageOf(list, s.shipmentView), err
}

// Recalls lists recalls; everybody may know them.
func (s *Service) Recalls(ctx context.Context, f record.RecallFilter, p record.Paging) (record.Page[trace.Recall], error) {
	f.GTIN = GTIN14(f.GTIN)
	return s.Custody.Recalls(ctx, f, p)
}
