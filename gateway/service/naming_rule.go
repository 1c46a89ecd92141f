package service

import (
	"context"
	"errors"
	"reflect"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// names are the things a write names that not everybody may know of.
type names struct {
	lines                   []trace.Line // their lots
	containers              []string
	shipment, dispute, txID string
	receiver                bool // it names who is to get goods
	containersField         string
}

// namesIn gives what a request names. Products, recalls, standards and the names of
// parties are everybody's; what only the platform may call needs no rule.
func namesIn(request any) names {
	lot := func(gtin, lot string) names { return names{lines: []trace.Line{{GTIN: gtin, Lot: lot, Count: 1}}} }
	switch r := request.(type) {
	case trace.DispatchRequest:
		return names{lines: r.Lines, containers: r.Containers, containersField: "containers", receiver: true}
	case trace.ReceiveRequest:
		return names{shipment: r.ID, lines: linesIn(r.Lines)}
	case trace.CloseShipmentRequest:
		return names{shipment: r.ID}
	case trace.CancelShipmentRequest:
		return names{shipment: r.ID}
	case trace.AmendReceiptRequest:
		return names{shipment: r.ID, lines: linesIn(r.Lines)}
	case trace.AnswerAmendmentRequest:
		return names{shipment: r.ID}
	case trace.SellRequest:
		return names{lines: r.Lines}
	case trace.ReturnRequest:
		return names{lines: r.Lines}
	case trace.DecommissionRequest:
		return names{lines: r.Lines}
	case trace.UndoRequest:
		return names{txID: r.TxID, lines: r.Lines}
	case trace.TransformRequest:
		return names{lines: trace.Lines(r.Inputs)}
	case trace.PackRequest:
		return names{lines: r.Lines, containers: r.Containers, containersField: "containers"}
	case trace.UnpackRequest:
		return names{containers: []string{r.SSCC}, containersField: "sscc"}
	case trace.OpenCaseRequest:
		return names{shipment: r.Shipment, lines: r.Lines}
	case trace.AnswerCaseRequest:
		return names{dispute: r.ID}
	case trace.CaseRequest:
		return names{dispute: r.ID}
	case trace.CorrectBatchRequest:
		return lot(r.GTIN, r.Lot)
	case trace.VoidUnitsRequest:
		return lot(r.GTIN, r.Lot)
	case trace.QualityRequest:
		return lot(r.GTIN, r.Lot)
	case trace.RecordInspectionRequest:
		return lot(r.GTIN, r.Lot)
	}
	return names{}
}

func linesIn(receipt []trace.ReceiptLine) []trace.Line {
	lines := make([]trace.Line, len(receipt))
	for i, l := range receipt {
		lines[i] = l.Line
	}
	return lines
}

// named gives what a request names, all of which its caller may see. What is wrong
// with the request on its own is told first.
func (s *Service) named(ctx context.Context, c Caller, request any) (names, error) {
	n := namesIn(request)
	x, checks := request.(interface{ Check() error })
	if checks && !reflect.DeepEqual(n, names{}) { // the others have fields that the ledger fills in
		if err := x.Check(); err != nil {
			return n, err
		}
	}
	return n, s.mayName(ctx, c, n)
}

// mayName refuses a write that names what the caller may not see, in the words in
// which reading it is refused: it does not exist, whether or not it does (decision
// 71). The ledger is asked only what the caller may know the answer to.
func (s *Service) mayName(ctx context.Context, c Caller, n names) error {
	if c.SeesAll() {
		return nil
	}
	if n.shipment != "" {
		if _, err := s.Shipment(ctx, c, n.shipment); err != nil {
			return err
		}
	}
	if n.dispute != "" {
		if _, err := s.Case(ctx, c, n.dispute); err != nil {
			return err
		}
	}
	if n.txID != "" {
		if _, err := s.Transaction(ctx, c, n.txID); err != nil {
			return err
		}
	}
	for _, sscc := range n.containers {
		if _, err := s.Container(ctx, c, sscc); err != nil {
			return trace.InField("sscc", n.containersField, err)
		}
	}
	return s.mayNameLots(ctx, c, n.lines)
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

// untold hides in a refusal what the caller may not know of a party: whether it
// may take goods now, and why not, is that party's own business.
func untold(c Caller, n names, err error) error {
	var e *trace.Error
	if c.SeesAll() || !n.receiver || !errors.As(err, &e) || e.Field != "to" {
		return err
	}
	if e.Code == trace.PartyUnknown || e.Code == trace.ReceiverInvalid {
		return noReceiver
	}
	return err
}

var noReceiver = trace.Errorf(trace.PartyUnknown, "to", "no party of this name takes goods now; ask it, or look for its name in the list")
