package api

import (
	"bytes"
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

func (h handlers) ListComplaints(
	ctx context.Context, r ListComplaintsRequestObject,
) (ListComplaintsResponseObject, error) {
	p := r.Params
	v, err := h.s.Complaints.ListComplaints(
		ctx, callerOf(ctx), trace.ComplaintStatus(p.Status), p.Code,
		listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count),
	)
	return ListComplaints200JSONResponse(v), err
}

func (h handlers) GetComplaint(ctx context.Context, r GetComplaintRequestObject) (GetComplaintResponseObject, error) {
	v, err := h.s.Complaints.Complaint(ctx, callerOf(ctx), r.ID)
	return GetComplaint200JSONResponse(v), err
}

func (h handlers) GetComplaintPhoto(
	ctx context.Context, r GetComplaintPhotoRequestObject,
) (GetComplaintPhotoResponseObject, error) {
	data, err := h.s.Complaints.ComplaintPhoto(ctx, callerOf(ctx), r.ID, r.Number)
	return GetComplaintPhoto200ImageJpegResponse{Body: bytes.NewReader(data), ContentLength: int64(len(data))}, err
}

func (h handlers) AnswerComplaint(
	ctx context.Context, r AnswerComplaintRequestObject,
) (AnswerComplaintResponseObject, error) {
	v, err := h.s.Complaints.AnswerComplaint(ctx, callerOf(ctx), r.ID, r.Body.Text)
	return AnswerComplaint201JSONResponse(v), err
}

func (h handlers) AppealComplaint(
	ctx context.Context, r AppealComplaintRequestObject,
) (AppealComplaintResponseObject, error) {
	v, err := h.s.Complaints.AppealComplaint(ctx, callerOf(ctx), r.ID, r.Body.Text)
	return AppealComplaint201JSONResponse(v), err
}

func (h handlers) DecideComplaint(
	ctx context.Context, r DecideComplaintRequestObject,
) (DecideComplaintResponseObject, error) {
	v, err := h.s.Complaints.DecideComplaint(ctx, callerOf(ctx), r.ID, *r.Body)
	return DecideComplaint201JSONResponse(v), err
}

func (h handlers) AdmitComplaint(
	ctx context.Context, r AdmitComplaintRequestObject,
) (AdmitComplaintResponseObject, error) {
	v, err := h.s.Complaints.AdmitComplaint(ctx, callerOf(ctx), r.ID)
	return AdmitComplaint201JSONResponse(v), err
}

func (h handlers) GetComplaintTerms(
	ctx context.Context, _ GetComplaintTermsRequestObject,
) (GetComplaintTermsResponseObject, error) {
	v, err := h.s.Complaints.ComplaintTerms(ctx)
	return GetComplaintTerms200JSONResponse(v), err
}

func (h handlers) SetComplaintTerms(
	ctx context.Context, r SetComplaintTermsRequestObject,
) (SetComplaintTermsResponseObject, error) {
	v, err := h.s.Complaints.SetComplaintTerms(ctx, callerOf(ctx), *r.Body)
	return SetComplaintTerms200JSONResponse(v), err
}

func (h handlers) ListReviews(ctx context.Context, r ListReviewsRequestObject) (ListReviewsResponseObject, error) {
	p := r.Params
	v, err := h.s.Complaints.ListReviews(
		ctx,
		callerOf(ctx),
		record.ReviewFilter{Rating: p.Rating, Answer: string(p.Answer)},
		listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count),
	)
	return ListReviews200JSONResponse(v), err
}

func (h handlers) AnswerReview(ctx context.Context, r AnswerReviewRequestObject) (AnswerReviewResponseObject, error) {
	v, err := h.s.Complaints.AnswerReview(ctx, callerOf(ctx), r.ID, r.Body.Text)
	return AnswerReview201JSONResponse(v), err
}
