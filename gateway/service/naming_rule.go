package service

import (
	"context"
	"errors"
	"reflect"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Names are the things a write names that not everybody may know of. ContainersField
// is what the request calls its containers; ToReceiver says that it names who is to get goods.
type Names struct {
	Lines                []trace.Line // their lots
	Containers           []string
	Shipment, Case, TxID string
	ToReceiver           bool
	ContainersField      string
}

// Sight refuses a write that names what its caller may not see.
type Sight interface {
	MayName(ctx context.Context, c Caller, n Names) error
}

// namings are what requests name by their types, said beside their use cases with WhatNames.
var namings = map[reflect.Type]func(any) Names{}

// WhatNames says what requests of a type name.
func WhatNames[R any](of func(R) Names) bool {
	namings[reflect.TypeFor[R]()] = func(request any) Names {
		r, _ := request.(R)
		return of(r)
	}
	return true
}

// LotNamed names a lot.
func LotNamed(gtin, lot string) Names {
	return Names{Lines: []trace.Line{{GTIN: gtin, Lot: lot, Count: 1}}}
}

// namesIn gives what a request names. Products, recalls, standards and the names of
// parties are everybody's; what only the platform may call needs no rule.
func namesIn(request any) Names {
	if of := namings[reflect.TypeOf(request)]; of != nil {
		return of(request)
	}
	switch r := request.(type) {
	case trace.DispatchRequest:
		return Names{Lines: r.Lines, Containers: r.Containers, ContainersField: "containers", ToReceiver: true}
	case trace.ReceiveRequest:
		return Names{Shipment: r.ID, Lines: linesIn(r.Lines)}
	case trace.CloseShipmentRequest:
		return Names{Shipment: r.ID}
	case trace.CancelShipmentRequest:
		return Names{Shipment: r.ID}
	case trace.AmendReceiptRequest:
		return Names{Shipment: r.ID, Lines: linesIn(r.Lines)}
	case trace.AnswerAmendmentRequest:
		return Names{Shipment: r.ID}
	case trace.SellRequest:
		return Names{Lines: r.Lines}
	case trace.ReturnRequest:
		return Names{Lines: r.Lines}
	case trace.DecommissionRequest:
		return Names{Lines: r.Lines}
	case trace.UndoRequest:
		return Names{TxID: r.TxID, Lines: r.Lines}
	case trace.TransformRequest:
		return Names{Lines: trace.Lines(r.Inputs)}
	case trace.PackRequest:
		return Names{Lines: r.Lines, Containers: r.Containers, ContainersField: "containers"}
	case trace.UnpackRequest:
		return Names{Containers: []string{r.SSCC}, ContainersField: "sscc"}
	case trace.OpenCaseRequest:
		return Names{Shipment: r.Shipment, Lines: r.Lines}
	case trace.AnswerCaseRequest:
		return Names{Case: r.ID}
	case trace.CaseRequest:
		return Names{Case: r.ID}
	case trace.QualityRequest:
		return LotNamed(r.GTIN, r.Lot)
	case trace.RecordInspectionRequest:
		return LotNamed(r.GTIN, r.Lot)
	}
	return Names{}
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
func (w *Writer) named(ctx context.Context, c Caller, request any) (Names, error) {
	n := namesIn(request)
	x, checks := request.(interface{ Check() error })
	if checks && !reflect.DeepEqual(n, Names{}) { // the others have fields that the ledger fills in
		if err := x.Check(); err != nil {
			return n, err
		}
	}
	return n, w.Sight.MayName(ctx, c, n)
}

// untold hides in a refusal what the caller may not know of a party: whether it
// may take goods now, and why not, is that party's own business.
func untold(c Caller, n Names, err error) error {
	var e *trace.Error
	if c.SeesAll() || !n.ToReceiver || !errors.As(err, &e) || e.Field != "to" {
		return err
	}
	if e.Code == trace.PartyUnknown || e.Code == trace.ReceiverInvalid {
		return noReceiver
	}
	return err
}

var noReceiver = Refuse(trace.PartyUnknown, "to", "no_receiver")
