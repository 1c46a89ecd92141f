package recalls

import (
	"context"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
)

// Recall calls units back and tells whom that reaches.
func (s *Service) Recall(ctx context.Context, c service.Caller, r RecallOrder) (RecallWritten, error) {
	if r.ID == "" {
		r.ID = service.NewID("R", c)
	}
	r.GTIN = service.GTIN14(r.GTIN)
	service.Normalise(r.Lines)
	named, err := s.Codes.UnitsOf(ctx, c, "codes", codes.Request{Codes: r.Codes, GTIN: r.GTIN})
	if err != nil {
		return RecallWritten{}, err
	}
	r.Lines = append(r.Lines, named...)
	if r.Instruction == (trace.Text{}) {
		r.Instruction = usualInstruction
	}
	w, err := s.Writer.Write(ctx, c, trace.StartRecall, r.Recall)
	if err != nil {
		return RecallWritten{}, err
	}
	reach, err := s.RecallReach(ctx, c, r.ID)
	if err != nil { // it is written all the same
		s.Writer.Log.Warn("recall written, but not readable yet", "recall", r.ID, "error", err)
		reach = record.Reach(*w.Event.Recall, []record.RecallHolder{}, s.Writer.Now())
	}
	return RecallWritten{RecallReach: reach, Position: w.Position}, nil
}

// usualInstruction is what a shopper is told to do where the recall does not say.
var usualInstruction = text("usualInstruction")

// CloseRecall ends a recall.
func (s *Service) CloseRecall(
	ctx context.Context, c service.Caller, r trace.CloseRecallRequest,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.CloseRecall, r.ID, r)
}

// Recalls lists recalls; everybody may know them.
func (s *Service) Recalls(
	ctx context.Context, f record.RecallFilter, p record.Paging,
) (record.Page[trace.Recall], error) {
	f.GTIN = service.GTIN14(f.GTIN)
	return s.Store.Recalls(ctx, f, p)
}

// RecallReach tells of a recall and everybody it reaches: all of them to who
// started it, the product's owner, the platform and auditors; to others themselves.
func (s *Service) RecallReach(ctx context.Context, c service.Caller, id string) (record.RecallReach, error) {
	r, err := service.Found(s.Store.Recall(ctx, id))(trace.RecallUnknown, "id", id)
	if err != nil {
		return record.RecallReach{}, err
	}
	holders, err := s.Store.RecallHolders(ctx, id)
	if err != nil {
		return record.RecallReach{}, err
	}
	reach := record.Reach(r, holders, s.Writer.Now())
	p, err := s.Sight.Product(ctx, r.GTIN)
	if err == nil && !c.SeesAll() && r.By != c.Party && p.Owner != c.Party {
		reach.Holders = slices.DeleteFunc(reach.Holders, func(h record.RecallHolder) bool { return h.Party != c.Party })
	}
	return reach, err
}

// RecallWritten is a new recall and whom it reaches.
type RecallWritten struct {
	record.RecallReach
	record.Position
}

// AcknowledgeRecall says that the caller's party knows of a recall.
func (s *Service) AcknowledgeRecall(
	ctx context.Context, c service.Caller, r trace.AcknowledgeRecallRequest,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.AcknowledgeRecall, r.ID, r)
}

// RecallOrder is a recall; its codes are of units of the recall's product.
type RecallOrder struct {
	trace.Recall
	Codes []string `json:"codes,omitempty"`
}
