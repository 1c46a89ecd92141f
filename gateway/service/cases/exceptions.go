package cases

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/rules/label"
)

// InCase is a refusal that has become a case, which is where it is followed up.
type InCase struct {
	Err  error
	Case string
}

func (e *InCase) Error() string { return e.Err.Error() + " (case " + e.Case + ")" }

// Unwrap gives the refusal.
func (e *InCase) Unwrap() error { return e.Err }

// Handover is a write in which goods change hands: what its caller named, by
// field for codes, and where the units would have had to be.
type Handover struct {
	Shipment string
	Codes    map[string][]string
	Lines    []trace.Line
	From     trace.Place
}

const (
	maxPending = 200 // cases that one party has waiting, beyond which no more open by themselves
	maxOdd     = 20  // lines of units in one case
)

// FollowUp opens a case for what a till or a receipt refuses because it does not
// fit: a code that nobody has issued to the caller, or units that are not where
// they should be. What a recall, a hold or a date stops has its own keeper. An
// error that is given stays the answer; what came of the case can only be added.
func (s *Service) FollowUp(ctx context.Context, c service.Caller, h Handover, err error) error {
	refused, is := trace.Refused(err)
	if !is {
		return err
	}
	x, fits, looking := s.exception(ctx, c, h, refused)
	if looking != nil || !fits {
		return err
	}
	id, failed := s.openOnce(ctx, c, x)
	switch {
	case failed != nil:
		s.Writer.Log.Warn("no case for a refusal", "party", c.Party, "code", refused.Code, "error", failed)
		return err
	case id == "":
		return err
	}
	return &InCase{Err: err, Case: id}
}

// exception says what a refusal is as a case; false where it is none.
func (s *Service) exception(
	ctx context.Context, c service.Caller, h Handover, refused *trace.Error,
) (trace.OpenCaseRequest, bool, error) {
	x := trace.OpenCaseRequest{Shipment: h.Shipment}
	if h.Shipment != "" {
		sent, ok, err := s.Store.Shipment(ctx, h.Shipment)
		if err != nil || !ok || sent.To != c.Party {
			return x, false, err
		}
	}
	switch refused.Code {
	case trace.UnitUnknown:
		r, ok := readingOf(h.Codes, refused.Field)
		if !ok {
			return x, false, nil
		}
		x.Code, x.Cause, x.Fix = "(01)"+string(
			r.GTIN,
		)+"(10)"+r.Lot+"(21)"+r.Serial, trace.CauseUnknownCode, trace.FixCorrectData
		if x.Shipment == "" {
			x.Cause = trace.CauseTillRefused
			x.With = s.registrant(ctx, c, string(r.GTIN))
		}
		return x, true, nil
	case trace.NotHolder, trace.NotSold, trace.UnitsNotSent, trace.BatchUnknown:
		odd, err := s.misplaced(ctx, h)
		if err != nil || len(odd) == 0 {
			return x, false, err
		}
		x.Lines, x.Fix = odd, trace.FixTakeBack
		if refused.Code == trace.BatchUnknown { // the caller may not know whether there is such a lot, so the case says what it read
			x.Lines, x.Code = nil, "(01)"+odd[0].GTIN+"(10)"+odd[0].Lot
		}
		if x.Shipment != "" {
			x.Cause, err = s.causeOf(ctx, x.Shipment, refused.Code, odd)
			return x, err == nil, err
		}
		x.Cause, x.Shipment = trace.CauseTillRefused, s.broughtBy(ctx, c, odd)
		if x.Shipment == "" {
			x.With = s.registrant(ctx, c, odd[0].GTIN)
		}
		return x, true, nil
	}
	return x, false, nil
}

// readingOf reads the code that a refusal names by its place; false for what is
// no whole code of a unit, which is a slip of the hand.
func readingOf(codes map[string][]string, field string) (label.Reading, bool) {
	name, place, _ := strings.Cut(field, ".")
	i, err := strconv.Atoi(place)
	if err != nil || i >= len(codes[name]) {
		return label.Reading{}, false
	}
	l := label.Code(codes[name][i])
	return l.Reading, l.Kind == label.Unit
}

// misplaced gives the units that are not where the write needed them.
func (s *Service) misplaced(ctx context.Context, h Handover) (odd []trace.Line, err error) {
	for _, l := range h.Lines {
		all, err := s.Store.Holdings(ctx, record.Units{GTIN: l.GTIN, Lot: l.Lot, From: l.From, To: l.To()})
		if err != nil {
			return nil, err
		}
		rest := []trace.Line{l}
		for _, x := range all {
			if x.State == h.From.State && (x.Party == h.From.Holder || x.Shipment == h.From.Holder) {
				rest = trace.Without(rest, []trace.Line{{GTIN: l.GTIN, Lot: l.Lot, From: x.From, Count: x.Count}})
			}
		}
		odd = append(odd, rest...)
	}
	return odd[:min(len(odd), maxOdd)], nil
}

// causeOf tells damage to what was not sent, and units of a lot that the
// shipment lists, from those of another.
func (s *Service) causeOf(
	ctx context.Context, shipment string, refused trace.Code, odd []trace.Line,
) (trace.Cause, error) {
	if refused == trace.UnitsNotSent {
		return trace.CauseDamage, nil
	}
	x, ok, err := s.Store.Shipment(ctx, shipment)
	if err != nil || !ok {
		return "", err
	}
	same := func(l trace.Line) bool { return l.GTIN == odd[0].GTIN && l.Lot == odd[0].Lot }
	if slices.ContainsFunc(x.Lines, same) {
		return trace.CauseOther, nil
	}
	return trace.CauseWrongLot, nil
}

// broughtBy gives the last shipment that brought one of the units to the caller, "" where none did.
func (s *Service) broughtBy(ctx context.Context, c service.Caller, units []trace.Line) (id string) {
	const most = 50
	all, err := s.Store.ShipmentsOf(ctx, c.Party, units[:1], most)
	if err != nil {
		return ""
	}
	for _, x := range all {
		if x.Doc.To == c.Party {
			id = x.Doc.ID
		}
	}
	return id
}

// registrant gives who registered a product, where that is somebody else.
func (s *Service) registrant(ctx context.Context, c service.Caller, gtin string) string {
	p, ok, err := s.Store.Product(ctx, gtin)
	if err != nil || !ok || p.Owner == c.Party {
		return ""
	}
	return p.Owner
}

// openOnce opens a case unless one about the same waits, and gives its number:
// "" where so many wait that one more would not be looked at.
func (s *Service) openOnce(ctx context.Context, c service.Caller, x trace.OpenCaseRequest) (string, error) {
	like := trace.Case{Opener: c.Party, Cause: x.Cause, Shipment: x.Shipment, Code: x.Code, Lines: x.Lines}
	id, waiting, err := s.Store.PendingCase(ctx, like)
	if err != nil || id != "" || waiting >= maxPending {
		return id, err
	}
	if c.Ref != "" {
		c.Ref += "/case"
	}
	x.ID = service.NewID("C", service.Caller{})
	w, err := s.Writer.Write(ctx, c, trace.OpenCase, x)
	switch trace.CodeOf(err) {
	case "":
		if err == nil {
			x.ID = w.Event.Case.ID
		}
		return x.ID, err
	case trace.CasePending: // by another till, a moment ago
		id, _, err = s.Store.PendingCase(ctx, like)
	}
	return id, err
}
