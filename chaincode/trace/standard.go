package trace

import (
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/sampling"
)

// DefectClass is how grave it is that a unit fails a test item. Each class of a
// standard is judged by an AQL and a sampling plan of its own.
type DefectClass string

// The classes of ISO 2859-1, 3.1.5 and 3.1.6, with the usual name for the gravest.
const (
	Critical DefectClass = "critical"
	Major    DefectClass = "major"
	Minor    DefectClass = "minor"
)

// ClassLimit is the AQL of a class.
type ClassLimit struct {
	Class DefectClass  `json:"class"`
	AQL   sampling.AQL `json:"aql"`
}

// TestItem is one thing that is looked at. A measured item has a Min, a Max or
// both, in Unit, and is met by what lies between them, ends included; an item
// without limits is met or not by looking. Samples is how many measurements are
// made, for tests that destroy the unit; 0 means one of every sampled unit.
type TestItem struct {
	ID      string      `json:"id"`
	Name    Text        `json:"name"`
	Class   DefectClass `json:"class"`
	Method  string      `json:"method,omitempty"`
	Unit    string      `json:"unit,omitempty"`
	Min     *float64    `json:"min,omitempty"`
	Max     *float64    `json:"max,omitempty"`
	Samples int64       `json:"samples,omitempty"`
}

// Measured says whether the item has limits.
func (i TestItem) Measured() bool { return i.Min != nil || i.Max != nil }

// meets says whether a measurement is within the limits.
func (i TestItem) meets(m float64) bool {
	return (i.Min == nil || m >= *i.Min) && (i.Max == nil || m <= *i.Max)
}

// Standard says what goods of a category are tested for, how many are looked
// at, and what is tolerated. Version counts from 1; an inspection names the one
// it was made by. MayReduce is the platform's approval of reduced inspection.
type Standard struct {
	ID        string         `json:"id"`
	Version   int            `json:"version"`
	Category  string         `json:"category"`
	Name      Text           `json:"name"`
	Level     sampling.Level `json:"level"`
	Limits    []ClassLimit   `json:"limits"`
	Items     []TestItem     `json:"items"`
	MayReduce bool           `json:"mayReduce,omitempty"`
	By        string         `json:"by"`
	At        time.Time      `json:"at"`
}

func (x Standard) object() Object { return Object{"standard", x.ID, x} }

// maxSamples bounds the measurements of one item.
const maxSamples = 3150

// Check validates the standard's own fields.
func (s Standard) Check() error {
	if err := firstError(
		CheckID("id", s.ID), required("category", s.Category, maxShort), s.Name.checkBoth("name", maxName),
	); err != nil {
		return err
	}
	if s.Version < 1 {
		return Refuse(FieldInvalid, "version", "standard_version")
	}
	if !slices.Contains(sampling.Levels, s.Level) {
		return Refuse(FieldInvalid, "level", "one_of", "names", sampling.Levels)
	}
	return firstError(s.checkLimits(), s.checkItems())
}

func (s Standard) checkLimits() error {
	seen := map[DefectClass]bool{}
	for _, l := range s.Limits {
		if l.Class != Critical && l.Class != Major && l.Class != Minor || seen[l.Class] {
			return Refuse(FieldInvalid, "limits.class", "each_once", "names", []DefectClass{Critical, Major, Minor})
		}
		if !slices.Contains(sampling.AQLs, l.AQL) {
			return Refuse(FieldInvalid, "limits.aql", "one_of", "names", sampling.AQLs)
		}
		seen[l.Class] = true
	}
	for _, i := range s.Items {
		if !seen[i.Class] {
			return Refuse(
				FieldInvalid, "items.class", "item_without_limit", "item", Quoted(40, i.ID),
				"class", Quoted(20, string(i.Class)),
			)
		}
	}
	return nil
}

func (s Standard) checkItems() error {
	if len(s.Items) == 0 {
		return Refuse(FieldInvalid, "items", "standard_without_items")
	}
	if err := checkCount("items", len(s.Items)); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, i := range s.Items {
		if err := firstError(
			required("items.id", i.ID, maxShort), i.Name.checkBoth("items.name", maxName),
			checkText("items.method", i.Method, maxShort), checkText("items.unit", i.Unit, maxShort), i.check(),
		); err != nil {
			return err
		}
		if seen[i.ID] {
			return Refuse(FieldInvalid, "items.id", "item_twice", "item", Quoted(40, i.ID))
		}
		seen[i.ID] = true
	}
	return nil
}

func (i TestItem) check() error {
	if i.Min != nil && i.Max != nil && *i.Min > *i.Max {
		return Refuse(FieldInvalid, "items.min", "minimum_above_maximum", "item", Quoted(40, i.ID))
	}
	if i.Samples < 0 || i.Samples > maxSamples {
		return Refuse(FieldInvalid, "items.samples", "samples_range", "most", maxSamples)
	}
	if i.Samples > 0 && !i.Measured() {
		return Refuse(FieldInvalid, "items.samples", "samples_unmeasured", "item", Quoted(40, i.ID))
	}
	return nil
}

// SamplingPlan is what an inspector has to look at in a batch: by class of
// defect, the plan that the standard and the producer's record lead to.
type SamplingPlan struct {
	GTIN         string            `json:"gtin"`
	Lot          string            `json:"lot"`
	LotSize      int64             `json:"lotSize"`
	Standard     string            `json:"standard"`
	Version      int               `json:"version"`
	Severity     sampling.Severity `json:"severity"`
	Discontinued bool              `json:"discontinued,omitempty"`
	Classes      []ClassPlan       `json:"classes"`
}

// ClassPlan is the sampling plan of one class.
type ClassPlan struct {
	Class DefectClass   `json:"class"`
	AQL   sampling.AQL  `json:"aql"`
	Plan  sampling.Plan `json:"plan"`
}

// PlanFor designs the plans of a batch. A batch that was inspected before is
// inspected again on tightened terms, whatever the record.
func (s Standard) PlanFor(b Batch, record sampling.State, again bool) (SamplingPlan, error) {
	p := SamplingPlan{GTIN: b.GTIN, Lot: b.Lot, LotSize: b.Quantity, Standard: s.ID, Version: s.Version,
		Severity: record.Now(), Discontinued: record.Discontinued && !again}
	if again {
		p.Severity = sampling.Tightened
	}
	for _, l := range s.Limits {
		plan, err := sampling.Design(b.Quantity, s.Level, l.AQL, p.Severity)
		if err != nil {
			return SamplingPlan{}, Refuse(FieldInvalid, "standard", "other", "why", err)
		}
		p.Classes = append(p.Classes, ClassPlan{Class: l.Class, AQL: l.AQL, Plan: plan})
	}
	return p, nil
}
