package client

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
)

// Inspect has an inspector record that a batch was looked at by the first
// standard of its category, and that everything was as it should be; where
// failing is set, that too much of it was not. A batch that awaits no inspection
// is left as it is. It says whether the batch may be shipped.
func (g Gateway) Inspect(ctx context.Context, gtin, lot string, failing bool) (released bool, err error) {
	before, err := g.ListInspectionsWithResponse(ctx, &ListInspectionsParams{Gtin: gtin, Lot: lot})
	if err != nil {
		return false, err
	}
	quality, err := Answer(before.JSON200, before.ApplicationProblemJSONDefault, before.HTTPResponse, nil)
	if err != nil || quality.Status != Awaiting {
		return quality.Status == Released || quality.Status == NotRequired, err
	}
	found, err := g.findings(ctx, gtin, lot, failing)
	if err != nil {
		return false, err
	}
	r, err := g.InspectWithResponse(ctx, &InspectParams{IdempotencyKey: NewKey()}, found)
	if err != nil {
		return false, err
	}
	written, err := Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	return written.Accepted, err
}

// findings writes an inspector's results for a batch, by its sampling plan.
func (g Gateway) findings(ctx context.Context, gtin, lot string, failing bool) (NewInspection, error) {
	planned, err := g.GetSamplingPlanWithResponse(ctx, gtin, lot, &GetSamplingPlanParams{})
	if err != nil {
		return NewInspection{}, err
	}
	plan, err := Answer(planned.JSON200, planned.ApplicationProblemJSONDefault, planned.HTTPResponse, nil)
	if err != nil {
		return NewInspection{}, err
	}
	standard, err := g.standard(ctx, plan.Standard)
	if err != nil {
		return NewInspection{}, err
	}
	found := NewInspection{Gtin: gtin, Lot: lot, Standard: plan.Standard}
	for _, item := range standard.Items {
		for _, class := range plan.Classes {
			if class.Class == string(item.Class) {
				found.Results = append(found.Results, item.result(class.Plan, failing))
			}
		}
	}
	report, err := json.Marshal(found)
	hash := sha256.Sum256(report)
	found.ReportHash = hex.EncodeToString(hash[:])
	return found, err
}

func (g Gateway) standard(ctx context.Context, id string) (Standard, error) {
	for after := ""; ; {
		r, err := g.ListStandardsWithResponse(ctx, &ListStandardsParams{After: after, Limit: 200})
		if err != nil {
			return Standard{}, err
		}
		page, err := Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
		if err != nil {
			return Standard{}, err
		}
		for _, s := range page.Items {
			if s.ID == id {
				return s, nil
			}
		}
		if after = page.Next; after == "" {
			return Standard{}, errors.New("no standard " + id)
		}
	}
}

// result gives measurements well within an item's limits; of an item that is
// looked at, none that fail, or where failing is set just too many.
func (i TestItem) result(p Plan, failing bool) Finding {
	r := Finding{Item: i.ID}
	if i.Min == nil && i.Max == nil {
		r.Nonconforming = new(int64)
		if failing {
			*r.Nonconforming = min(p.Reject, p.SampleSize)
		}
		return r
	}
	count := i.Samples
	if count == 0 {
		count = p.SampleSize
	}
	for range count {
		r.Measurements = append(r.Measurements, i.within())
	}
	return r
}

func (i TestItem) within() float64 {
	switch {
	case i.Max == nil:
		return *i.Min
	case i.Min == nil:
		return min(*i.Max, *i.Max/10)
	}
	return (*i.Min + *i.Max) / 2
}
