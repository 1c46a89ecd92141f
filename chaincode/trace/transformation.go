package trace

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// Measure is what a transformation is balanced in, by its code in UN/ECE
// Recommendation 20, the list that EPCIS names units of measure by.
type Measure string

// The measures: whole numbers of each, so that nothing is rounded.
const (
	Pieces      Measure = "H87"
	Milligrams  Measure = "MGM"
	Grams       Measure = "GRM"
	Millilitres Measure = "MLT"
	Millimetres Measure = "MMT"
)

// Measures lists every measure.
var Measures = []Measure{Pieces, Milligrams, Grams, Millilitres, Millimetres}

// MaxContent bounds what one unit contains: ten kilograms in milligrams. With
// MaxLines and MaxIndex it keeps every sum within 63 bits.
const MaxContent = 10_000_000

// Input is units that go into a transformation, each with Content of its measure.
type Input struct {
	Line
	Content int64 `json:"content"`
}

// Transformation is how a batch was made out of units of other batches, which
// are consumed by it. A batch is made once, so its GTIN and lot name the
// transformation as well. Loss is what was lost on the way.
//
// The balance is kept: the inputs' contents add up to Quantity times Content,
// plus Loss. The contents are the maker's own statement about its recipe, open
// to every auditor; what the ledger sees to is that the sum is right, that the
// inputs were the maker's, and that no unit goes in twice.
//
// InputsExpireOn is the earliest day on which one of the inputs expires. Goods
// that last longer than that do so for the ExpiryReason that their maker gave.
type Transformation struct {
	GTIN           string    `json:"gtin"`
	Lot            string    `json:"lot"`
	Quantity       int64     `json:"quantity"`
	Measure        Measure   `json:"measure"`
	Content        int64     `json:"content"`
	Loss           int64     `json:"loss"`
	Inputs         []Input   `json:"inputs"`
	InputsExpireOn Date      `json:"inputsExpireOn,omitempty"`
	ExpiryReason   string    `json:"expiryReason,omitempty"`
	By             string    `json:"by"`
	At             time.Time `json:"at"`
}

func (x Transformation) object() Object { return Object{"transformation", keyOf(x.GTIN, x.Lot), x} }

// Derivation says that units of one batch went into another.
type Derivation struct {
	GTIN  string `json:"gtin"`
	Lot   string `json:"lot"`
	Lines []Line `json:"lines"`
}

// TransformRequest makes a batch out of units that the caller holds. Output is
// as RegisterBatch takes it; Content is what one of its units contains. Without
// a date of its own the output expires with the first of its inputs; a later date
// needs an ExpiryReason.
type TransformRequest struct {
	Inputs       []Input `json:"inputs"`
	Measure      Measure `json:"measure"`
	Content      int64   `json:"content"`
	Loss         int64   `json:"loss,omitempty"`
	Output       Batch   `json:"output"`
	ExpiryReason string  `json:"expiryReason,omitempty"`
}

// Lines are the inputs without their contents.
func Lines(inputs []Input) []Line {
	lines := make([]Line, len(inputs))
	for i, x := range inputs {
		lines[i] = x.Line
	}
	return lines
}

// Check validates the request on its own, the balance included.
func (r TransformRequest) Check(today Date) error {
	if !slices.Contains(Measures, r.Measure) {
		return Refuse(FieldInvalid, "measure", "one_of", "names", Measures)
	}
	if err := firstError(
		InField("lines", "inputs", CheckLines(Lines(r.Inputs))), InField("", "output", r.Output.Check(today)),
	); err != nil {
		return err
	}
	for _, x := range r.Inputs {
		if err := checkContent("inputs.content", x.Content); err != nil {
			return err
		}
	}
	return firstError(
		checkText("expiryReason", r.ExpiryReason, maxReason), checkContent("content", r.Content), r.checkBalance(),
	)
}

func checkContent(field string, n int64) error {
	if n < 1 || n > MaxContent {
		return Refuse(FieldInvalid, field, "content_range", "most", MaxContent)
	}
	return nil
}

func (r TransformRequest) checkBalance() error {
	var in int64
	for _, x := range r.Inputs {
		in += x.Count * x.Content
	}
	out := r.Output.Quantity * r.Content
	if r.Loss < 0 || in-out != r.Loss {
		return Refuse(MassBalance, "loss", "mass_balance", "in", in, "out", out)
	}
	return nil
}

// InField names an error's field as the request at hand spells it: from, at the
// field's beginning, becomes to. With an empty from, to goes before the field.
func InField(from, to string, err error) error {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Field == "" {
		return err
	}
	moved := *e
	switch rest, begins := strings.CutPrefix(e.Field, from); {
	case from == "":
		moved.Field = to + "." + e.Field
	case begins:
		moved.Field = to + rest
	}
	return &moved
}
