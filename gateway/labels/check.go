package labels

import (
	"errors"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Cut is a text that a label has no room for: what is printed of it, or nothing where it is left out.
type Cut struct {
	Field Field  `json:"field"`
	Shown string `json:"shown,omitempty"`
}

// Look is what a label will be, told before it is printed.
type Look struct {
	SVG    string       `json:"svg,omitempty"` // of one label in its true size
	Module float64      `json:"module"`        // of the code, in millimetres
	Cuts   []Cut        `json:"cuts,omitempty"`
	Refuse *trace.Error `json:"-"` // why it cannot be printed; then there is nothing else
}

// Preview lays out one label and draws it. The unit is a sample: no secret is needed to look at a label.
func Preview(job Job, sample Unit) (Look, error) {
	job.Count = 1
	t, err := job.check()
	if err != nil {
		return refusal(err)
	}
	l, err := newLayout(t.single(), job, sample)
	if err != nil {
		return refusal(err)
	}
	svg, err := l.svgPage([]Unit{sample})
	return Look{SVG: string(svg), Module: l.code.module, Cuts: l.cuts}, err
}

func refusal(err error) (Look, error) {
	var refused *trace.Error
	if errors.As(err, &refused) {
		return Look{Refuse: refused}, nil
	}
	return Look{}, err
}

// Sample is a unit that was never issued, for previews and trial prints at an address like those of real units.
func Sample(uri func(serial string) string) Unit {
	const serial = "00000000000000000000"
	return Unit{Serial: serial, URI: uri(serial), PIN: "00000000"}
}
