package trace

import (
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/sampling"
)

// Finding is what an inspector brings for one test item: Measurements of a
// measured one, which the ledger counts, of any other how many sampled units
// were Nonconforming. Neither is ever taken from its absence: an item without a
// result has not been looked at, which is not the same as no failures.
type Finding struct {
	Item          string     `json:"item"`
	Nonconforming *int64     `json:"nonconforming,omitempty"`
	Measurements  []*float64 `json:"measurements,omitempty"`
}

// TestResult is what was found for one test item, measurements counted.
type TestResult struct {
	Item          string    `json:"item"`
	Nonconforming int64     `json:"nonconforming"`
	Measurements  []float64 `json:"measurements,omitempty"`
}

// ClassResult is the judgement on one class of defects.
type ClassResult struct {
	ClassPlan
	Nonconforming int64 `json:"nonconforming"`
	Accepted      bool  `json:"accepted"`
}

// Inspection is the judgement on a batch. Everything but the results, the
// report's SHA-256 and Irregular (production was not steady) is the ledger's.
// Supersedes is the inspection of the batch before this one.
type Inspection struct {
	ID         string            `json:"id"`
	GTIN       string            `json:"gtin"`
	Lot        string            `json:"lot"`
	Standard   string            `json:"standard"`
	Version    int               `json:"version"`
	Severity   sampling.Severity `json:"severity"`
	LotSize    int64             `json:"lotSize"`
	Results    []TestResult      `json:"results"`
	Classes    []ClassResult     `json:"classes"`
	Accepted   bool              `json:"accepted"`
	ReportHash string            `json:"reportHash"`
	Irregular  bool              `json:"irregular,omitempty"`
	Supersedes string            `json:"supersedes,omitempty"`
	By         string            `json:"by"`
	At         time.Time         `json:"at"`
}

func (x Inspection) object() Object { return Object{"inspection", x.ID, x} }

// SampleSize is how many units were looked at: the largest sample of any class.
func (i Inspection) SampleSize() int64 {
	var n int64
	for _, c := range i.Classes {
		n = max(n, c.Plan.SampleSize)
	}
	return n
}

// RecordInspectionRequest brings what an inspector found.
type RecordInspectionRequest struct {
	ID         string    `json:"id"`
	GTIN       string    `json:"gtin"`
	Lot        string    `json:"lot"`
	Standard   string    `json:"standard"`
	Results    []Finding `json:"results"`
	ReportHash string    `json:"reportHash"`
	Irregular  bool      `json:"irregular,omitempty"`
}

// Check validates the request on its own; see Judge for the results.
func (r RecordInspectionRequest) Check() error {
	return firstError(
		CheckID("id", r.ID), checkGTIN14("gtin", r.GTIN), CheckLot(r.Lot), CheckID("standard", r.Standard),
		required("reportHash", r.ReportHash, 64), checkHash("reportHash", r.ReportHash),
		checkCount("results", len(r.Results)),
	)
}

// Judge derives from results what the plan makes of them. The results must be
// of every item of the standard, once each; a class with more nonconformities
// than its plan accepts rejects the batch.
func (s Standard) Judge(p SamplingPlan, results []Finding) (judged []TestResult, classes []ClassResult, err error) {
	for _, c := range p.Classes {
		classes = append(classes, ClassResult{ClassPlan: c})
	}
	for _, item := range s.Items {
		i := slices.IndexFunc(results, func(r Finding) bool { return r.Item == item.ID })
		c := slices.IndexFunc(classes, func(c ClassResult) bool { return c.Class == item.Class })
		if i < 0 || c < 0 {
			return nil, nil, Refuse(ResultsIncomplete, "results", "no_result", "item", item.ID)
		}
		r, err := item.count(results[i], classes[c].Plan.SampleSize)
		if err != nil {
			return nil, nil, err
		}
		judged = append(judged, r)
		classes[c].Nonconforming += r.Nonconforming
	}
	if len(results) != len(judged) {
		return nil, nil, Refuse(
			ResultsIncomplete, "results", "results_of_items", "results", len(results), "items", len(judged),
		)
	}
	for i, c := range classes {
		classes[i].Accepted = c.Nonconforming <= c.Plan.Accept
	}
	return judged, classes, nil
}

// count holds a finding to its item, and counts measurements outside the limits.
func (i TestItem) count(f Finding, sample int64) (TestResult, error) {
	if i.Measured() {
		return i.measured(f, sample)
	}
	if f.Nonconforming == nil || *f.Nonconforming < 0 || *f.Nonconforming > sample || len(f.Measurements) > 0 {
		return TestResult{}, Refuse(ResultsIncomplete, "results.nonconforming",
			"count_failing", "item", i.ID, "sample", sample)
	}
	return TestResult{Item: i.ID, Nonconforming: *f.Nonconforming}, nil
}

func (i TestItem) measured(f Finding, sample int64) (TestResult, error) {
	r, want := TestResult{Item: i.ID}, i.Samples
	if want == 0 {
		want = sample
	}
	if int64(len(f.Measurements)) != want || f.Nonconforming != nil || slices.Contains(f.Measurements, nil) {
		return r, Refuse(
			ResultsIncomplete, "results.measurements", "give_measurements", "item", i.ID, "measurements", want,
		)
	}
	for _, m := range f.Measurements {
		r.Measurements = append(r.Measurements, *m)
		if !i.meets(*m) {
			r.Nonconforming++
		}
	}
	return r, nil
}

// Accepted says whether every class is.
func Accepted(classes []ClassResult) bool {
	return !slices.ContainsFunc(classes, func(c ClassResult) bool { return !c.Accepted })
}

// Record is how the batches of one producer in one category have fared: the
// state of the switching rules.
type Record struct {
	Producer string         `json:"producer"`
	Category string         `json:"category"`
	State    sampling.State `json:"state"`
}

func (x Record) object() Object { return Object{"inspection_record", keyOf(x.Producer, x.Category), x} }

// Points is what an inspection adds to the switching score: where classes
// differ, the least that one of them gives, so that none is reduced too early.
func (s Standard) Points(lotSize int64, classes []ClassResult) int {
	least := 3
	for _, c := range classes {
		least = min(least, sampling.Points(lotSize, s.Level, c.AQL, c.Plan, c.Nonconforming))
	}
	return least
}
