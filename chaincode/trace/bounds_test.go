package trace

import (
	"testing"
	"time"
)

// TestBounds: what is just within a bound, and just beyond.
func TestBounds(t *testing.T) {
	const today Date = "2026-10-02"
	batch := func(change func(*Batch)) error {
		b := Batch{ProducedOn: today, ExpiresOn: "2026-10-03"}
		change(&b)
		return b.checkDates(today)
	}
	item := func(samples int64, measured bool) error {
		limit := 1.0
		i := TestItem{ID: "lead", Samples: samples}
		if measured {
			i.Max = &limit
		}
		return i.check()
	}
	terms := func(change func(*CustodyTerms)) error {
		x := DefaultCustodyTerms
		change(&x)
		return x.Check()
	}
	for name, c := range map[string]struct {
		err  error
		want Code
	}{
		"made today":                {batch(func(*Batch) {}), ""},
		"made tomorrow":             {batch(func(b *Batch) { b.ProducedOn, b.ExpiresOn = "2026-10-03", "" }), DateInvalid},
		"expires a day later":       {batch(func(b *Batch) { b.ExpiresOn = today.AddDays(1) }), ""},
		"expires when made":         {batch(func(b *Batch) { b.ExpiresOn = today }), DateInvalid},
		"lasts as long as may be":   {batch(func(b *Batch) { b.ExpiresOn = today.AddDays(MaxShelfLifeDays) }), ""},
		"lasts a day longer":        {batch(func(b *Batch) { b.ExpiresOn = today.AddDays(MaxShelfLifeDays + 1) }), DateInvalid},
		"every sample is measured":  {item(0, true), ""},
		"the most samples":          {item(maxSamples, true), ""},
		"one sample too many":       {item(maxSamples+1, true), FieldInvalid},
		"less than no sample":       {item(-1, true), FieldInvalid},
		"samples without a measure": {item(1, false), FieldInvalid},
		"open for a day":            {terms(func(x *CustodyTerms) { x.OpenDays = 1 }), ""},
		"open for a year":           {terms(func(x *CustodyTerms) { x.OpenDays = maxOpenDays }), ""},
		"open for no day":           {terms(func(x *CustodyTerms) { x.OpenDays = 0 }), FieldInvalid},
		"open for longer":           {terms(func(x *CustodyTerms) { x.OpenDays = maxOpenDays + 1 }), FieldInvalid},
		"decided when answered":     {terms(func(x *CustodyTerms) { x.DecideMinutes = x.AnswerMinutes }), ""},
		"decided before":            {terms(func(x *CustodyTerms) { x.DecideMinutes = x.AnswerMinutes - 1 }), FieldInvalid},
		"no samples, no measure":    {item(0, false), ""},
	} {
		if got := CodeOf(c.err); got != c.want || got == "" && c.err != nil {
			t.Errorf("%s: %v, want %q", name, c.err, c.want)
		}
	}
}

// TestNextDue: a case waits for an answer where somebody is to give one, else for a decision, and
// in the end for nobody.
func TestNextDue(t *testing.T) {
	answer, decide := time.Unix(1, 0), time.Unix(2, 0)
	for _, c := range []struct {
		status CaseStatus
		with   string
		want   time.Time
	}{
		{CaseOpen, "shop", answer}, {CaseOpen, "", decide}, {CaseDisputed, "shop", decide}, {CaseDisputed, "", decide},
		{CaseResolved, "shop", time.Time{}}, {CaseDecided, "", time.Time{}}, {CaseWithdrawn, "shop", time.Time{}},
	} {
		x := Case{Status: c.status, With: c.with, AnswerBy: answer, DecideBy: decide}
		if got := x.NextDue(); !got.Equal(c.want) {
			t.Errorf("%s with %q: %v, want %v", c.status, c.with, got, c.want)
		}
		if late := x.StatusAt(decide.Add(1)) == CaseEscalated; late == c.want.IsZero() {
			t.Errorf("%s with %q escalates: %v", c.status, c.with, late)
		}
		if x.StatusAt(c.want) == CaseEscalated {
			t.Errorf("%s with %q is late at its deadline", c.status, c.with)
		}
	}
}

// TestCorrectOneThing: each of a batch's forms can be corrected by itself, and something has to be.
func TestCorrectOneThing(t *testing.T) {
	day, place := Date("2026-10-02"), "杭州"
	valid := CorrectBatchRequest{GTIN: "06901234567892", Lot: "A", BatchChange: BatchChange{Reason: "录错"}}
	for name, c := range map[string]struct {
		change func(*CorrectBatchRequest)
		want   Code
	}{
		"nothing":    {func(*CorrectBatchRequest) {}, NothingToCorrect},
		"production": {func(r *CorrectBatchRequest) { r.ProducedOn = &day }, ""},
		"expiry":     {func(r *CorrectBatchRequest) { r.ExpiresOn = &day }, ""},
		"origin":     {func(r *CorrectBatchRequest) { r.Origin = &place }, ""},
		"all":        {func(r *CorrectBatchRequest) { r.ProducedOn, r.ExpiresOn, r.Origin = &day, &day, &place }, ""},
	} {
		r := valid
		c.change(&r)
		if err := r.Check(); CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
