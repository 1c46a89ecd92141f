package codes

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/rules/label"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// MaxCodes bounds the codes of one call.
const MaxCodes = 500

// Request asks what codes name. A serial alone, or its last six
// characters, are looked for in the batch or the shipment where one is given,
// else in every batch that the caller may see.
type Request struct {
	Codes    []string `json:"codes"`
	GTIN     string   `json:"gtin,omitempty"`
	Lot      string   `json:"lot,omitempty"`
	Shipment string   `json:"shipment,omitempty"`
}

// NamedUnit is a unit that a code names, and where it is. Serial is told to
// those who brought it whole, who made it, or who see all: an ending that
// happens to fit must not give a whole code away.
type NamedUnit struct {
	GTIN      string                    `json:"gtin"`
	Lot       string                    `json:"lot"`
	Index     int64                     `json:"index"`
	Serial    string                    `json:"serial,omitempty"`
	Name      trace.Text                `json:"name"`
	ExpiresOn trace.Date                `json:"expiresOn,omitempty"`
	Holding   *record.ProvenanceHolding `json:"holding,omitempty"`
}

// CodeFault says why a code names nothing that can be worked with.
type CodeFault struct {
	Code     trace.Code `json:"code"`
	Message  string     `json:"message"`
	Messages trace.Text `json:"messages"`

	Err *trace.Error `json:"-"`
}

// ResolvedCode is one code's answer: a unit, a container, several units to
// choose from, or what is wrong with it.
type ResolvedCode struct {
	Code    string      `json:"code"`
	Unit    *NamedUnit  `json:"unit,omitempty"`
	SSCC    string      `json:"sscc,omitempty"`
	Choices []NamedUnit `json:"choices,omitempty"`
	Fault   *CodeFault  `json:"fault,omitempty"`
}

// ResolvedCodes answers codes in their order.
type ResolvedCodes struct {
	Items []ResolvedCode `json:"items"`
}

// named is what one code turned out to name: units of one line each, more than
// one where it fits several, or a container.
type named struct {
	code  string
	units []trace.Line
	whole bool // the code held the whole serial
	sscc  string
	err   *trace.Error
}

// naming reads the codes of one call.
type naming struct {
	s       *Service
	c       service.Caller
	ctx     context.Context
	in      Request
	batches map[record.BatchName]*trace.Batch // those seen so far; nil is none that the caller may see
	areas   []area                            // where partial codes are looked for, once somebody asked
}

// ResolveCodes says what codes name. What the caller may not see is not there.
func (s *Service) ResolveCodes(ctx context.Context, c service.Caller, r Request) (ResolvedCodes, error) {
	n, all, err := s.readCodes(ctx, c, r)
	if err != nil {
		return ResolvedCodes{}, err
	}
	items := make([]ResolvedCode, len(all))
	for i, x := range all {
		if items[i], err = n.tell(x); err != nil {
			return ResolvedCodes{}, err
		}
	}
	return ResolvedCodes{Items: items}, nil
}

func (s *Service) readCodes(ctx context.Context, c service.Caller, r Request) (*naming, []named, error) {
	n := &naming{s: s, c: c, ctx: ctx, in: r, batches: map[record.BatchName]*trace.Batch{}}
	if len(r.Codes) > MaxCodes {
		return nil, nil, trace.Refuse(trace.FieldInvalid, "codes", "too_many", "n", len(r.Codes), "most", MaxCodes)
	}
	all := make([]named, len(r.Codes))
	endings := map[string][]int{}
	for i, code := range r.Codes {
		all[i].code = code
		ending, err := n.read(&all[i])
		if err != nil {
			return nil, nil, err
		}
		if ending != "" {
			endings[ending] = append(endings[ending], i)
		}
	}
	return n, all, n.search(endings, all)
}

var ssccForm = regexp.MustCompile(`^(?:\]C1)?(?:\(00\)|00)?([0-9]{18})$`)

// SSCC gives the number of a container that a text is the code of, its check digit
// as it stands; empty for any other text.
func SSCC(text string) string {
	if m := ssccForm.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// read reads one code. It answers the ending that is to be searched for, where
// the code is no more than that.
func (n *naming) read(x *named) (ending string, err error) {
	text := strings.TrimSpace(x.code)
	if sscc := SSCC(text); sscc != "" && trace.CheckSSCC("", sscc) == nil {
		x.sscc = sscc
		return "", n.container(x)
	}
	if ending, ok := seal.Ending(text); ok {
		return ending, nil
	}
	l := label.Code(text) // under another host as well, as after a move
	switch {
	case l.Kind == label.Unit:
		r, err := n.s.meant(n.ctx, l)
		if err != nil {
			return "", err
		}
		return "", n.unit(x, string(r.GTIN), r.Lot, r.Serial)
	case l.Fault == "gtinMissing":
		return "", n.serialAlone(x, seal.Normalise(text))
	case l.Kind == label.Product:
		x.err = service.Refuse(service.CodeUnreadable, "", "barcode")
	case l.Field != "":
		x.err = service.Refuse(service.CodeUnreadable, "", "code_incomplete", "part", l.Field)
	default:
		x.err = service.Refuse(service.CodeUnreadable, "", "no_code")
	}
	return "", nil
}

// meant gives the unit that a code means: of several readings, and spellings of
// its lot, the one that bears our tag; else the likeliest.
func (s *Service) meant(ctx context.Context, l label.Label) (label.Reading, error) {
	var failed error
	r, _, ok := l.Issued(s.keys, func(gtin gs1.GTIN, lot string) ([]string, bool) {
		lots, err := s.store.LotsAlike(ctx, string(gtin), lot)
		failed = errors.Join(failed, err)
		return lots, true
	})
	if !ok {
		r = l.Reading
	}
	return r, failed
}

// container finds a container that the caller may see.
func (n *naming) container(x *named) error {
	_, err := n.s.sight.Container(n.ctx, n.c, x.sscc)
	return x.refusedBy(err)
}

// refusedBy keeps a refusal as the code's own; any other error is the call's.
func (x *named) refusedBy(err error) error {
	if e, ok := trace.Refused(err); ok {
		x.err = e
		return nil
	}
	return err
}

// unit finds a unit by its whole code.
func (n *naming) unit(x *named, gtin, lot, serial string) error {
	x.whole = true
	b, err := n.batch(gtin, lot)
	if err != nil {
		return err
	}
	if b != nil {
		index, ok, err := n.s.units.IndexOf(n.ctx, *b, serial)
		if err != nil {
			return err
		}
		if ok {
			x.units = []trace.Line{{GTIN: b.GTIN, Lot: b.Lot, From: index, Count: 1}}
			return nil
		}
	}
	x.err = unitNotFound()
	return nil
}

func unitNotFound() *trace.Error {
	return service.Refuse(trace.UnitUnknown, "", "no_unit_to_see")
}

// batch gives a batch that the caller may see, nil where there is none.
func (n *naming) batch(gtin, lot string) (*trace.Batch, error) {
	name := record.BatchName{GTIN: gtin, Lot: lot}
	if b, known := n.batches[name]; known {
		return b, nil
	}
	b, err := n.s.sight.Batch(n.ctx, n.c, gtin, lot)
	switch {
	case err == nil:
		n.batches[name] = &b.Batch
	case trace.CodeOf(err) == trace.BatchUnknown:
		n.batches[name] = nil
	default:
		return nil, err
	}
	return n.batches[name], nil
}

// tell writes what a code names for the caller.
func (n *naming) tell(x named) (ResolvedCode, error) {
	r := ResolvedCode{Code: x.code, SSCC: x.sscc}
	if x.err != nil {
		message := x.err.Detail()
		r.Fault = &CodeFault{Code: x.err.Code, Message: message.En, Messages: message, Err: x.err}
		r.SSCC = ""
	}
	for _, l := range x.units {
		u, err := n.tellUnit(x, l)
		if err != nil {
			return r, err
		}
		r.Choices = append(r.Choices, u)
	}
	if x.err == nil && len(r.Choices) == 1 {
		r.Unit, r.Choices = &r.Choices[0], nil
	}
	return r, nil
}

func (n *naming) tellUnit(x named, l trace.Line) (NamedUnit, error) {
	u := NamedUnit{GTIN: l.GTIN, Lot: l.Lot, Index: l.From}
	b, err := n.batch(l.GTIN, l.Lot)
	if err != nil || b == nil {
		return u, err
	}
	u.ExpiresOn = b.ExpiresOn
	p, err := n.s.sight.Product(n.ctx, l.GTIN)
	if err != nil {
		return u, err
	}
	u.Name = p.Name
	if x.whole || b.Producer == n.c.Party || n.c.SeesAll() {
		if u.Serial, err = n.s.units.SerialIn(n.ctx, *b, l.From); err != nil {
			return u, err
		}
	}
	holdings, err := n.s.store.Holdings(n.ctx, record.Units{GTIN: l.GTIN, Lot: l.Lot, From: l.From, To: l.To()})
	holdings = n.c.HoldingsFor(b.Producer, holdings)
	if err == nil && len(holdings) == 1 {
		u.Holding = &holdings[0]
	}
	return u, err
}

// inCodes names the code at fault in an error.
func inCodes(field string, i int, x named) *trace.Error {
	return x.err.At(fmt.Sprintf("%s.%d", field, i))
}
