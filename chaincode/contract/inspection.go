package contract

import (
	"slices"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/sampling"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func standardKey(id string) key { return key{"standard", id} }

func inspectionKey(id string) key { return key{"inspection", id} }

// recordKey holds the trace.Record of a producer's batches in one category.
func recordKey(producer, category string) key { return key{"record", producer, category} }

// standard gives the latest version of a standard, or STANDARD_UNKNOWN.
func (s *state) standard(field, id string) (trace.Standard, error) {
	var x trace.Standard
	found, err := s.get(standardKey(id), &x)
	if err == nil && !found {
		err = trace.Refuse(trace.StandardUnknown, field, "no_standard", "standard", trace.Quoted(40, id))
	}
	return x, err
}

// record gives how a producer's batches have fared; nothing yet is a record too.
func (s *state) record(producer, category string) (trace.Record, error) {
	r := trace.Record{Producer: producer, Category: category}
	_, err := s.get(recordKey(producer, category), &r)
	return r, err
}

// RegisterStandard takes a trace.Standard.
func (c *Contract) RegisterStandard(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.RegisterStandard, request, registerStandard)
}

// registerStandard enters a standard or its next version. Inspections made by
// an earlier version stay as they are: they name it.
func registerStandard(t *transaction, s trace.Standard) (trace.Event, error) {
	if err := allow(s.Check(), t.ownName("by", s.By), mustBeEmpty("at", s.At.IsZero())); err != nil {
		return trace.Event{}, err
	}
	var before trace.Standard
	if _, err := t.get(standardKey(s.ID), &before); err != nil {
		return trace.Event{}, err
	}
	if s.Version != before.Version+1 {
		return trace.Event{}, trace.Refuse(
			trace.StandardVersion, "version", "standard_next", "standard", s.ID, "version", before.Version+1,
		)
	}
	s.By, s.At = t.by.ID, t.at
	return trace.Event{Type: trace.EventStandardRegistered, Standard: &s}, t.put(standardKey(s.ID), s)
}

// RecordInspection takes a trace.RecordInspectionRequest.
func (c *Contract) RecordInspection(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.RecordInspection, request, recordInspection)
}

// recordInspection judges a batch by what an inspector found. The plan and the
// result are the ledger's own; an inspector cannot state either.
func recordInspection(t *transaction, r trace.RecordInspectionRequest) (trace.Event, error) {
	b, standard, err := t.inspectable(r)
	if err != nil {
		return trace.Event{}, err
	}
	q, err := t.quality(b.GTIN, b.Lot)
	if err != nil {
		return trace.Event{}, err
	}
	record, err := t.record(b.Producer, standard.Category)
	if err != nil {
		return trace.Event{}, err
	}
	i, err := t.judge(r, b, standard, record, q)
	if err != nil {
		return trace.Event{}, err
	}
	event := trace.Event{Type: trace.EventInspected, Inspection: &i, Quality: &q, Lines: []trace.Line{whole(b)}}
	if q.Inspection == "" {
		record.State = record.State.After(outcome(i, standard))
		event.Record = &record
		err = t.put(recordKey(record.Producer, record.Category), record)
	}
	q.Inspection, q.Accepted = i.ID, i.Accepted
	return event, allow(err, t.put(inspectionKey(i.ID), i), t.put(qualityKey(b.GTIN, b.Lot), q))
}

// inspectable gives the batch and the standard, where the acting party may
// inspect the one by the other.
func (t *transaction) inspectable(r trace.RecordInspectionRequest) (b trace.Batch, s trace.Standard, err error) {
	if err := r.Check(); err != nil {
		return b, s, err
	}
	if found, err := t.get(inspectionKey(r.ID), &trace.Inspection{}); err != nil || found {
		return b, s, exists(err, trace.InspectionExists, "id", r.ID)
	}
	if b, err = t.batch(r.GTIN, r.Lot); err != nil {
		return b, s, err
	}
	if s, err = t.standard("standard", r.Standard); err != nil {
		return b, s, err
	}
	p, err := t.product(b.GTIN)
	if err == nil && p.Category != s.Category {
		err = trace.Refuse(
			trace.StandardCategory, "standard", "standard_for_other", "standard", s.ID, "category", s.Category,
			"product", p.Category,
		)
	}
	return b, s, allow(err, approved(b), t.notInvolved(b))
}

// notInvolved keeps those who made a batch or have units of it from judging it.
func (t *transaction) notInvolved(b trace.Batch) error {
	own := holdingKey(whole(b), held(t.by.ID))
	has, err := t.some(own, func(_ []string, value []byte) (bool, error) {
		var runs trace.Runs
		_, err := decode(own, value, &runs)
		return slices.ContainsFunc(
			runs, func(r trace.Run) bool { return r.State == trace.Held || r.State == trace.Sold },
		), err
	})
	if err != nil {
		return err
	}
	if has || b.Producer == t.by.ID {
		return trace.Refuse(trace.InspectorInvolved, "lot", "inspector_involved", "party", t.by.ID, "lot", b.Lot)
	}
	return nil
}

// judge makes the inspection. A batch that has been inspected is inspected again
// on tightened terms, also where inspection of new ones is discontinued.
func (t *transaction) judge(
	r trace.RecordInspectionRequest, b trace.Batch, s trace.Standard, record trace.Record, q trace.Quality,
) (trace.Inspection, error) {
	plan, err := s.PlanFor(b, record.State, q.Inspection != "")
	if err != nil {
		return trace.Inspection{}, err
	}
	if plan.Discontinued {
		return trace.Inspection{}, trace.Refuse(trace.InspectionDiscontinued, "lot",
			"inspection_discontinued", "producer", record.Producer, "category", record.Category)
	}
	results, classes, err := s.Judge(plan, r.Results)
	return trace.Inspection{
		ID:         r.ID,
		GTIN:       b.GTIN,
		Lot:        b.Lot,
		Standard:   s.ID,
		Version:    s.Version,
		Severity:   plan.Severity,
		LotSize:    b.Quantity,
		Results:    results,
		Classes:    classes,
		Accepted:   trace.Accepted(classes),
		ReportHash: r.ReportHash,
		Irregular:  r.Irregular,
		Supersedes: q.Inspection,
		By:         t.by.ID,
		At:         t.at,
	}, err
}

func outcome(i trace.Inspection, s trace.Standard) sampling.Outcome {
	return sampling.Outcome{
		Accepted:  i.Accepted,
		Points:    s.Points(i.LotSize, i.Classes),
		Irregular: i.Irregular,
		MayReduce: s.MayReduce,
	}
}

// ResumeInspection takes a trace.ResumeInspectionRequest.
func (c *Contract) ResumeInspection(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.ResumeInspection, request, resumeInspection)
}

func resumeInspection(t *transaction, r trace.ResumeInspectionRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	record, err := t.record(r.Producer, r.Category)
	if err != nil {
		return trace.Event{}, err
	}
	if !record.State.Discontinued {
		return trace.Event{}, trace.Refuse(
			trace.InspectionGoesOn, "producer", "inspection_goes_on", "producer", r.Producer,
			"category", trace.Quoted(40, r.Category),
		)
	}
	record.State = record.State.Resumed()
	return trace.Event{
		Type:   trace.EventInspectionResumed,
		Record: &record,
		Note:   r.Note,
	}, t.put(recordKey(r.Producer, r.Category), record)
}

// GetStandard answers a trace.Standard, in its latest version.
func (c *Contract) GetStandard(ctx contractapi.TransactionContextInterface, id string) (string, error) {
	return answer(ctx, func(s *state) (trace.Standard, error) { return s.standard("id", id) })
}

// GetInspection answers a trace.Inspection.
func (c *Contract) GetInspection(ctx contractapi.TransactionContextInterface, id string) (string, error) {
	return answer(ctx, func(s *state) (i trace.Inspection, err error) {
		found, err := s.get(inspectionKey(id), &i)
		if err == nil && !found {
			err = trace.Refuse(trace.InspectionUnknown, "id", "no_inspection", "inspection", trace.Quoted(40, id))
		}
		return i, err
	})
}

// GetRecord answers the trace.Record of a producer in a category.
func (c *Contract) GetRecord(ctx contractapi.TransactionContextInterface, producer, category string) (string, error) {
	return answer(ctx, func(s *state) (trace.Record, error) { return s.record(producer, category) })
}
