package quality

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// InspectionWritten is the ledger's judgement on a batch.
type InspectionWritten struct {
	trace.Inspection
	record.Position
}

// StatusWritten is how a batch stands after a hold or a release.
type StatusWritten struct {
	GTIN   string              `json:"gtin"`
	Lot    string              `json:"lot"`
	Status trace.QualityStatus `json:"status"`
	record.Position
}

// RegisterStandard registers an inspection standard or its next version.
func (s *Service) RegisterStandard(
	ctx context.Context, c service.Caller, x trace.Standard,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.RegisterStandard, x.ID, x)
}

// Standards lists inspection standards; everybody may know them.
func (s *Service) Standards(
	ctx context.Context, category string, p record.Paging,
) (record.Page[trace.Standard], error) {
	return s.Store.Standards(ctx, category, p)
}

// Inspect records what an inspector found; the ledger says what it means.
func (s *Service) Inspect(
	ctx context.Context, c service.Caller, r trace.RecordInspectionRequest,
) (InspectionWritten, error) {
	if r.ID == "" {
		r.ID = service.NewID("I", c)
	}
	r.GTIN = service.GTIN14(r.GTIN)
	receipt, err := s.Writer.Write(ctx, c, trace.RecordInspection, r)
	w := InspectionWritten{Position: receipt.Position}
	if i := receipt.Event.Inspection; i != nil {
		w.Inspection = *i
	}
	return w, err
}

// ResumeInspection lets inspection go on that too many rejections have ended.
func (s *Service) ResumeInspection(
	ctx context.Context, c service.Caller, r trace.ResumeInspectionRequest,
) (record.Position, error) {
	receipt, err := s.Writer.Write(ctx, c, trace.ResumeInspection, r)
	return receipt.Position, err
}

// Inspections tells how a batch stands and every inspection of it.
func (s *Service) Inspections(ctx context.Context, c service.Caller, gtin, lot string) (record.BatchQuality, error) {
	b, err := s.Sight.TestedBatch(ctx, c, gtin, lot)
	if err != nil {
		return record.BatchQuality{}, err
	}
	q, status, err := s.qualityOf(ctx, b.GTIN, b.Lot)
	if err != nil {
		return record.BatchQuality{}, err
	}
	all, err := s.Store.Inspections(ctx, b.GTIN, b.Lot)
	return record.BatchQuality{
		GTIN:   b.GTIN,
		Lot:    b.Lot,
		Status: status,
		Holds:  append([]trace.Hold{}, q.Holds...),
		Items:  all,
	}, err
}

// AllInspections lists the inspections of batches that the caller sees, and of
// those it inspected.
func (s *Service) AllInspections(
	ctx context.Context, c service.Caller, f record.InspectionFilter, p record.Paging,
) (record.Page[trace.Inspection], error) {
	f.SeenBy = c.Within()
	return s.Store.AllInspections(ctx, f, p)
}

// AwaitingInspection lists batches that must be inspected and have not been: all
// to who inspects or supervises, to others their own.
func (s *Service) AwaitingInspection(
	ctx context.Context, c service.Caller, p record.Paging,
) (record.Page[record.Batch], error) {
	producer := c.Party
	if c.Role == trace.RoleInspector || c.SeesAll() {
		producer = ""
	}
	return s.Store.AwaitingInspection(ctx, producer, s.Writer.Today(), p)
}

func (s *Service) qualityOf(ctx context.Context, gtin, lot string) (trace.Quality, trace.QualityStatus, error) {
	p, err := s.Sight.Product(ctx, gtin)
	if err != nil {
		return trace.Quality{}, "", err
	}
	b, _, err := s.Store.Batch(ctx, p.GTIN, lot)
	if err != nil {
		return trace.Quality{}, "", err
	}
	q, _, err := s.Store.Quality(ctx, gtin, lot)
	return q, q.Status(p.InspectionRequired || b.Legacy), err
}

// Standard gives an inspection standard in its latest version; everybody may know it.
func (s *Service) Standard(ctx context.Context, id string) (trace.Standard, error) {
	return service.Found(s.Store.Standard(ctx, id))(trace.StandardUnknown, "id", id)
}

// SamplingPlan says what has to be looked at in a batch by a standard; without
// one, by the first for the product's category.
func (s *Service) SamplingPlan(
	ctx context.Context, c service.Caller, gtin, lot, standard string,
) (trace.SamplingPlan, error) {
	b, err := s.Sight.TestedBatch(ctx, c, gtin, lot)
	if err != nil {
		return trace.SamplingPlan{}, err
	}
	x, err := s.standardFor(ctx, b.GTIN, standard)
	if err != nil {
		return trace.SamplingPlan{}, err
	}
	r, _, err := s.Store.InspectionRecord(ctx, b.Producer, x.Category)
	if err != nil {
		return trace.SamplingPlan{}, err
	}
	q, _, err := s.Store.Quality(ctx, b.GTIN, b.Lot)
	if err != nil {
		return trace.SamplingPlan{}, err
	}
	return x.PlanFor(b.Batch, r.State, q.Inspection != "")
}

func (s *Service) standardFor(ctx context.Context, gtin, id string) (trace.Standard, error) {
	if id != "" {
		return service.Found(s.Store.Standard(ctx, id))(trace.StandardUnknown, "standard", id)
	}
	p, err := s.Sight.Product(ctx, gtin)
	if err != nil {
		return trace.Standard{}, err
	}
	page, err := s.Store.Standards(ctx, p.Category, record.Paging{Limit: 1})
	if err != nil || len(page.Items) == 0 || p.Category == "" {
		return service.Found(trace.Standard{}, false, err)(trace.StandardUnknown, "gtin", p.Category)
	}
	return page.Items[0], nil
}

// Hold keeps a batch where it is; Release lifts what the caller may lift.
func (s *Service) Hold(ctx context.Context, c service.Caller, r trace.QualityRequest) (StatusWritten, error) {
	return s.writeQuality(ctx, c, trace.HoldBatch, r)
}

// Release lifts the holds on a batch that the caller may lift.
func (s *Service) Release(ctx context.Context, c service.Caller, r trace.QualityRequest) (StatusWritten, error) {
	return s.writeQuality(ctx, c, trace.ReleaseBatch, r)
}

func (s *Service) writeQuality(
	ctx context.Context, c service.Caller, t trace.Transaction, r trace.QualityRequest,
) (StatusWritten, error) {
	r.GTIN = service.GTIN14(r.GTIN)
	receipt, err := s.Writer.Write(ctx, c, t, r)
	if err != nil {
		return StatusWritten{}, err
	}
	_, status, err := s.qualityOf(ctx, r.GTIN, r.Lot)
	return StatusWritten{GTIN: r.GTIN, Lot: r.Lot, Status: status, Position: receipt.Position}, err
}

// Stated refuses to label goods that were made before they were registered
// until an inspector has said what they are.
func (s *Service) Stated(ctx context.Context, b trace.Batch) error {
	if !b.Legacy {
		return nil
	}
	q, _, err := s.Store.Quality(ctx, b.GTIN, b.Lot)
	if err != nil {
		return err
	}
	if q.Status(true) == trace.QualityAwaiting {
		return service.Refuse(trace.BatchNotReleased, "lot", "made_before", "lot", b.Lot)
	}
	return q.MayBeUsed(true)
}
