package service

import (
	"context"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Quality reads standards, inspections, holds and whom recalls reach.
type Quality interface {
	Standard(ctx context.Context, id string) (trace.Standard, bool, error)
	Standards(ctx context.Context, category string, p record.Paging) (record.Page[trace.Standard], error)
	Quality(ctx context.Context, gtin, lot string) (trace.Quality, bool, error)
	Inspections(ctx context.Context, gtin, lot string) ([]trace.Inspection, error)
	AllInspections(ctx context.Context, f record.InspectionFilter, p record.Paging) (record.Page[trace.Inspection], error)
	AwaitingInspection(ctx context.Context, producer string, on trace.Date, p record.Paging) (record.Page[record.Batch], error)
	InspectionRecord(ctx context.Context, producer, category string) (trace.Record, bool, error)
	Recall(ctx context.Context, id string) (trace.Recall, bool, error)
	RecallHolders(ctx context.Context, id string) ([]record.RecallHolder, error)
	HoldersOf(ctx context.Context, units []trace.Line) ([]record.RecallHolder, error)
}

// InspectionWritten is the ledger's judgement on a batch.
type InspectionWritten struct {
	trace.Inspection
	Written
}

// QualityWritten is how a batch stands after a hold or a release.
type QualityWritten struct {
	GTIN   string              `json:"gtin"`
	Lot    string              `json:"lot"`
	Status trace.QualityStatus `json:"status"`
	Written
}

// RegisterStandard registers an inspection standard or its next version.
func (s *Service) RegisterStandard(ctx context.Context, c Caller, x trace.Standard) (RecordWritten, error) {
	return s.WriteRecord(ctx, c, trace.RegisterStandard, x.ID, x)
}

// Standards lists inspection standards; everybody may know them.
func (s *Service) Standards(ctx context.Context, category string, p record.Paging) (record.Page[trace.Standard], error) {
	return s.Quality.Standards(ctx, category, p)
}

// Inspect records what an inspector found; the ledger says what it means.
func (s *Service) Inspect(ctx context.Context, c Caller, r trace.RecordInspectionRequest) (InspectionWritten, error) {
	if r.ID == "" {
		r.ID = NewID("I", c)
	}
	r.GTIN = GTIN14(r.GTIN)
	receipt, err := s.Write(ctx, c, trace.RecordInspection, r)
	w := InspectionWritten{Written: receipt.Written()}
	if i := receipt.Event.Inspection; i != nil {
		w.Inspection = *i
	}
	return w, err
}

// ResumeInspection lets inspection go on that too many rejections have ended.
func (s *Service) ResumeInspection(ctx context.Context, c Caller, r trace.ResumeInspectionRequest) (Written, error) {
	receipt, err := s.Write(ctx, c, trace.ResumeInspection, r)
	return receipt.Written(), err
}

// Inspections tells how a batch stands and every inspection of it.
func (s *Service) Inspections(ctx context.Context, c Caller, gtin, lot string) (record.BatchQuality, error) {
	b, err := s.testedBatch(ctx, c, gtin, lot)
	if err != nil {
		return record.BatchQuality{}, err
	}
	q, status, err := s.qualityOf(ctx, b.GTIN, b.Lot)
	if err != nil {
		return record.BatchQuality{}, err
	}
	all, err := s.Quality.Inspections(ctx, b.GTIN, b.Lot)
	return record.BatchQuality{GTIN: b.GTIN, Lot: b.Lot, Status: status, Holds: append([]trace.Hold{}, q.Holds...), Items: all}, err
}

// AllInspections lists the inspections of batches that the caller sees, and of
// those it inspected.
func (s *Service) AllInspections(ctx context.Context, c Caller, f record.InspectionFilter, p record.Paging) (record.Page[trace.Inspection], error) {
	f.SeenBy = c.Within()
	return s.Quality.AllInspections(ctx, f, p)
}

// AwaitingInspection lists batches that must be inspected and have not been: all
// to who inspects or supervises, to others their own.
func (s *Service) AwaitingInspection(ctx context.Context, c Caller, p record.Paging) (record.Page[record.Batch], error) {
	producer := c.Party
	if c.Role == trace.RoleInspector || c.SeesAll() {
		producer = ""
	}
	return s.Quality.AwaitingInspection(ctx, producer, s.Today(), p)
}

// testedBatch gives a batch as Batch does, and to every inspector.
func (s *Service) testedBatch(ctx context.Context, c Caller, gtin, lot string) (record.Batch, error) {
	if c.Role != trace.RoleInspector {
		return s.Batch(ctx, c, gtin, lot)
	}
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return record.Batch{}, err
	}
	return Found(s.Goods.Batch(ctx, g, lot))(trace.BatchUnknown, "lot", "batch "+g+" "+lot)
}

func (s *Service) qualityOf(ctx context.Context, gtin, lot string) (trace.Quality, trace.QualityStatus, error) {
	p, err := s.Product(ctx, gtin)
	if err != nil {
		return trace.Quality{}, "", err
	}
	b, _, err := s.Goods.Batch(ctx, p.GTIN, lot)
	if err != nil {
		return trace.Quality{}, "", err
	}
	q, _, err := s.Quality.Quality(ctx, gtin, lot)
	return q, q.Status(p.InspectionRequired || b.Legacy), err
}

// Standard gives an inspection standard in its latest version; everybody may know it.
func (s *Service) Standard(ctx context.Context, id string) (trace.Standard, error) {
	return Found(s.Quality.Standard(ctx, id))(trace.StandardUnknown, "id", "standard "+id)
}

// SamplingPlan says what has to be looked at in a batch by a standard; without
// one, by the first for the product's category.
func (s *Service) SamplingPlan(ctx context.Context, c Caller, gtin, lot, standard string) (trace.SamplingPlan, error) {
	b, err := s.testedBatch(ctx, c, gtin, lot)
	if err != nil {
		return trace.SamplingPlan{}, err
	}
	x, err := s.standardFor(ctx, b.GTIN, standard)
	if err != nil {
		return trace.SamplingPlan{}, err
	}
	r, _, err := s.Quality.InspectionRecord(ctx, b.Producer, x.Category)
	if err != nil {
		return trace.SamplingPlan{}, err
	}
	q, _, err := s.Quality.Quality(ctx, b.GTIN, b.Lot)
	if err != nil {
		return trace.SamplingPlan{}, err
	}
	return x.PlanFor(b.Batch, r.State, q.Inspection != "")
}

func (s *Service) standardFor(ctx context.Context, gtin, id string) (trace.Standard, error) {
	if id != "" {
		return Found(s.Quality.Standard(ctx, id))(trace.StandardUnknown, "standard", "standard "+id)
	}
	p, err := s.Product(ctx, gtin)
	if err != nil {
		return trace.Standard{}, err
	}
	page, err := s.Quality.Standards(ctx, p.Category, record.Paging{Limit: 1})
	if err != nil || len(page.Items) == 0 || p.Category == "" {
		return Found(trace.Standard{}, false, err)(trace.StandardUnknown, "gtin", "standard for the category "+p.Category)
	}
	return page.Items[0], nil
}

// Hold keeps a batch where it is; Release lifts what the caller may lift.
func (s *Service) Hold(ctx context.Context, c Caller, r trace.QualityRequest) (QualityWritten, error) {
	return s.writeQuality(ctx, c, trace.HoldBatch, r)
}

// Release lifts the holds on a batch that the caller may lift.
func (s *Service) Release(ctx context.Context, c Caller, r trace.QualityRequest) (QualityWritten, error) {
	return s.writeQuality(ctx, c, trace.ReleaseBatch, r)
}

func (s *Service) writeQuality(ctx context.Context, c Caller, t trace.Transaction, r trace.QualityRequest) (QualityWritten, error) {
	r.GTIN = GTIN14(r.GTIN)
	receipt, err := s.Write(ctx, c, t, r)
	if err != nil {
		return QualityWritten{}, err
	}
	_, status, err := s.qualityOf(ctx, r.GTIN, r.Lot)
	return QualityWritten{GTIN: r.GTIN, Lot: r.Lot, Status: status, Written: receipt.Written()}, err
}

// RecallReach tells of a recall and everybody it reaches: all of them to who
// started it, the product's owner, the platform and auditors; to others themselves.
func (s *Service) RecallReach(ctx context.Context, c Caller, id string) (record.RecallReach, error) {
	r, err := Found(s.Quality.Recall(ctx, id))(trace.RecallUnknown, "id", "recall "+id)
	if err != nil {
		return record.RecallReach{}, err
	}
	holders, err := s.Quality.RecallHolders(ctx, id)
	if err != nil {
		return record.RecallReach{}, err
	}
	reach := record.Reach(r, holders, s.Now())
	p, err := s.Product(ctx, r.GTIN)
	if err == nil && !c.SeesAll() && r.By != c.Party && p.Owner != c.Party {
		reach.Holders = slices.DeleteFunc(reach.Holders, func(h record.RecallHolder) bool { return h.Party != c.Party })
	}
	return reach, err
}

// RecallWritten is a new recall and whom it reaches.
type RecallWritten struct {
	record.RecallReach
	Written
}

// AcknowledgeRecall says that the caller's party knows of a recall.
func (s *Service) AcknowledgeRecall(ctx context.Context, c Caller, r trace.AcknowledgeRecallRequest) (RecordWritten, error) {
	return s.WriteRecord(ctx, c, trace.AcknowledgeRecall, r.ID, r)
}
