package printing

import (
	"bytes"
	"context"
	"iter"
	"slices"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

const gtin = "06998801000012"

// house has a batch of twenty thousand units of maker's.
type house struct {
	Store
	voided   *trace.Line
	unstated error
	full     bool
	made     []trace.Line
	how      record.LabelsMade
	queued   int
	kits     []record.LabelKit
	resolved []codes.ResolvedCode
	job      record.Job
}

func (h *house) Product(context.Context, string) (record.Product, error) {
	return record.Product{Product: trace.Product{GTIN: gtin, Brand: "B", Name: trace.Text{ZhCN: "茶", En: "Tea"}}}, nil
}
func (h *house) OwnBatch(_ context.Context, c service.Caller, g, lot string) (trace.Batch, error) {
	if c.Party != "maker" {
		return trace.Batch{}, &trace.Error{Code: trace.BatchUnknown, Field: "lot"}
	}
	return trace.Batch{GTIN: g, Lot: lot, Quantity: 20_000, Producer: "maker"}, nil
}
func (h *house) Derive(_ context.Context, _ trace.Batch, l trace.Line) iter.Seq2[seal.Unit, error] {
	return func(yield func(seal.Unit, error) bool) {
		for i := l.From; i < l.To(); i++ {
			if !yield(seal.Unit{Index: i, Serial: "0123456789ABCDEFGHJK", PIN: "ABCD2345"}, nil) {
				return
			}
		}
	}
}
func (h *house) ResolveCodes(context.Context, service.Caller, codes.Request) (codes.ResolvedCodes, error) {
	return codes.ResolvedCodes{Items: h.resolved}, nil
}
func (h *house) Stated(context.Context, trace.Batch) error { return h.unstated }
func (h *house) LabelsMade(_ context.Context, units []trace.Line, how record.LabelsMade) (*trace.Line, error) {
	if h.voided == nil {
		h.made, h.how = units, how
	}
	return h.voided, nil
}
func (h *house) Unvoided(context.Context, trace.Line) ([]trace.Line, error) { return nil, nil }

func (h *house) AddLabelsJob(
	_ context.Context, _ record.Job, _ record.JobLimits, units []trace.Line, how record.LabelsMade,
) (bool, *trace.Line, error) {
	h.queued++
	h.made, h.how = units, how
	return !h.full, h.voided, nil
}
func (h *house) New(_ service.Caller, j record.Job, _ any) (record.Job, error) { return j, nil }

func (h *house) View(j record.Job) jobs.Job {
	return jobs.Job{ID: "j1", Kind: j.Kind}
}
func (h *house) Find(context.Context, service.Caller, string) (record.Job, error) {
	return h.job, nil
}
func (h *house) SaveLabelKit(_ context.Context, _ string, k record.LabelKit) (int, error) {
	h.kits = append(h.kits, k)
	return 1, nil
}
func (h *house) Logo(context.Context, string, string) ([]byte, bool, error) { return nil, false, nil }
func (h *house) LabelKit(context.Context, string, record.KitKind, string) (record.LabelKit, bool, error) {
	return record.LabelKit{}, false, nil
}

func room() (*Service, *house, *servicetest.Ledger) {
	w, ledger := servicetest.Writer()
	h := &house{}
	return &Service{
		Writer:  w,
		Store:   h,
		Sight:   h,
		Units:   h,
		Codes:   h,
		Quality: h,
		Jobs:    h,
		URIBase: "https://T.example",
	}, h, ledger
}

var maker = service.Caller{Account: "li", Party: "maker", Role: trace.RoleProducer}

// Few labels are a file, many a job; both are audited and noted as made. A trial is neither.
func TestLabels(t *testing.T) {
	pin := true
	for name, x := range map[string]struct {
		o      LabelOrder
		queued int
		how    record.LabelsMade
		noted  bool
	}{
		"few":       {LabelOrder{Format: "csv", From: 5, Count: 3}, 0, record.MadeWithoutPINs, true},
		"with PINs": {LabelOrder{Format: "csv", Count: 3, LabelStyle: LabelStyle{PIN: &pin}}, 0, record.MadeWithPINs, true},
		"many":      {LabelOrder{Format: "csv", Count: MaxLabelsAtOnce + 1}, 1, record.MadeWithoutPINs, true},
		"a trial":   {LabelOrder{Format: "csv", Trial: true}, 0, "", false},
	} {
		s, h, ledger := room()
		file, job, err := s.Labels(t.Context(), maker, gtin, "A", x.o)
		if err != nil || h.queued != x.queued || (job.ID != "") != (x.queued == 1) || x.noted && h.how != x.how ||
			len(ledger.Audited) != map[bool]int{true: 1}[x.noted] ||
			(len(h.made) > 0) != x.noted {
			t.Errorf(
				"%s: %+v %v, queued %d, noted %v as %v, audited %d times", name, job, err, h.queued, h.made,
				h.how, len(ledger.Audited),
			)
			continue
		}
		if x.queued == 0 {
			var out bytes.Buffer
			if err := file.Write(&out); err != nil || out.Len() == 0 {
				t.Errorf("%s: %d bytes, %v", name, out.Len(), err)
			}
		}
	}
}

// What cannot be labelled is refused before anything is noted.
func TestLabelsRefused(t *testing.T) {
	unit := func(lot string) codes.ResolvedCode {
		return codes.ResolvedCode{Unit: &codes.NamedUnit{GTIN: gtin, Lot: lot}}
	}
	for name, x := range map[string]struct {
		c      service.Caller
		o      LabelOrder
		change func(*house)
		code   trace.Code
	}{
		"another's batch":  {service.Caller{Party: "shop"}, LabelOrder{Count: 1}, nil, trace.BatchUnknown},
		"beyond the batch": {maker, LabelOrder{From: 19_999, Count: 2}, nil, trace.LineOutOfRange},
		"before it":        {maker, LabelOrder{From: -1, Count: 2}, nil, trace.LineOutOfRange},
		"a voided unit":    {maker, LabelOrder{Count: 1}, func(h *house) { h.voided = &trace.Line{Count: 1} }, service.CodesVoided},
		"all voided":       {maker, LabelOrder{}, nil, service.CodesVoided},
		"not stated":       {maker, LabelOrder{Count: 1}, func(h *house) { h.unstated = &trace.Error{Code: trace.BatchNotReleased, Field: "lot"} }, trace.BatchNotReleased},
		"too many jobs":    {maker, LabelOrder{Count: 6000}, func(h *house) { h.full = true }, service.JobLimit},
		"of another lot":   {maker, LabelOrder{Codes: []string{"x"}}, func(h *house) { h.resolved = []codes.ResolvedCode{unit("B")} }, trace.FieldInvalid},
		"several end so":   {maker, LabelOrder{Codes: []string{"x"}}, func(h *house) { h.resolved = []codes.ResolvedCode{{Choices: make([]codes.NamedUnit, 2)}} }, trace.FieldInvalid},
		"a code of nobody's": {maker, LabelOrder{Codes: []string{"x"}}, func(h *house) {
			h.resolved = []codes.ResolvedCode{{Fault: &codes.CodeFault{Code: trace.UnitUnknown, Err: &trace.Error{Code: trace.UnitUnknown}}}}
		}, trace.UnitUnknown},
	} {
		s, h, _ := room()
		if x.change != nil {
			x.change(h)
		}
		x.o.Format = "csv"
		_, _, err := s.Labels(t.Context(), x.c, gtin, "A", x.o)
		if trace.CodeOf(err) != x.code || h.queued == 0 && len(h.made) > 0 {
			t.Errorf("%s: %v, noted %v", name, err, h.made)
		}
	}
}

// A label that is printed again is of the units that codes name.
func TestLabelsOfCodes(t *testing.T) {
	s, h, _ := room()
	h.resolved = []codes.ResolvedCode{
		{Unit: &codes.NamedUnit{GTIN: gtin, Lot: "A", Index: 9}},
		{Unit: &codes.NamedUnit{GTIN: gtin, Lot: "A", Index: 4}},
	}
	if _, _, err := s.Labels(
		t.Context(), maker, gtin, "A", LabelOrder{Format: "csv", Codes: []string{"x", "y"}},
	); err != nil {
		t.Fatal(err)
	}
	if want := []trace.Line{
		{GTIN: gtin, Lot: "A", From: 9, Count: 1},
		{GTIN: gtin, Lot: "A", From: 4, Count: 1},
	}; !slices.Equal(h.made, want) {
		t.Errorf("%v", h.made)
	}
}

// Only jobs that make labels are cancelled and done again here, and only what is there is fetched.
func TestLabelJobs(t *testing.T) {
	s, h, ledger := room()
	h.job = record.Job{ID: "j1", Kind: "import"}
	if _, err := s.CancelJob(t.Context(), maker, "j1"); trace.CodeOf(err) != service.JobUnknown {
		t.Errorf("cancelled an import: %v", err)
	}
	if _, err := s.RepeatJob(t.Context(), maker, "j1"); trace.CodeOf(err) != service.JobUnknown {
		t.Errorf("repeated an import: %v", err)
	}
	long := servicetest.Now.AddDate(0, 0, -jobs.FileDays-1)
	for name, x := range map[string]struct {
		job  record.Job
		code trace.Code
	}{"under way": {record.Job{Status: record.JobRunning}, service.JobNotDone}, "failed": {record.Job{Status: record.JobFailed, FinishedAt: &long}, service.JobNoFile},
		"long ago": {record.Job{Status: record.JobDone, ContentType: "text/csv", FinishedAt: &long}, service.JobFileGone}} {
		h.job = x.job
		if _, err := s.JobFile(t.Context(), maker, "j1"); trace.CodeOf(err) != x.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(ledger.Audited) != 0 {
		t.Errorf("audited %d times", len(ledger.Audited))
	}
}

// A party's own layout has a name and an id, and takes nobody's place.
func TestSaveLabelDesign(t *testing.T) {
	look := Design{Width: 50, Height: 30}
	for name, x := range map[string]struct {
		d    SavedDesign
		code trace.Code
	}{
		"everybody's": {SavedDesign{ID: "roll-50x30", Name: "x", Design: look}, trace.FieldInvalid},
		"no name":     {SavedDesign{ID: "ours", Name: " ", Design: look}, trace.FieldInvalid},
		"a bad id":    {SavedDesign{ID: "Our Own", Name: "x", Design: look}, trace.FieldInvalid},
	} {
		s, h, _ := room()
		if _, err := s.SaveLabelDesign(t.Context(), maker, x.d); trace.CodeOf(err) != x.code || len(h.kits) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHostInWords(t *testing.T) {
	for base, want := range map[string]string{"https://T.example": "t.example", "T.example/": "t.example", "http://localhost:8090": "localhost:8090"} {
		if got := (&Service{URIBase: base}).host(); got != want {
			t.Errorf("%s is %s, want %s", base, got, want)
		}
	}
}
