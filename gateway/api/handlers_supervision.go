package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service/parties"
)

func (h handlers) RegisterApplicant(
	ctx context.Context, r RegisterApplicantRequestObject,
) (RegisterApplicantResponseObject, error) {
	v, err := h.s.Parties.RegisterApplicant(ctx, *r.Body)
	return RegisterApplicant201JSONResponse(v), err
}

func (h handlers) ListApplications(
	ctx context.Context, r ListApplicationsRequestObject,
) (ListApplicationsResponseObject, error) {
	p := r.Params
	v, err := h.s.Parties.ListApplicants(ctx, listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count))
	return ListApplications200JSONResponse(v), err
}

func (h handlers) Apply(ctx context.Context, r ApplyRequestObject) (ApplyResponseObject, error) {
	v, err := h.s.Parties.Apply(ctx, callerOf(ctx), *r.Body)
	return Apply201JSONResponse(v), err
}

func (h handlers) ReviewApplication(
	ctx context.Context, r ReviewApplicationRequestObject,
) (ReviewApplicationResponseObject, error) {
	request := *r.Body
	request.ID = r.ID
	v, err := h.s.Parties.ReviewApplication(ctx, callerOf(ctx), request)
	return ReviewApplication201JSONResponse(v), err
}

func (h handlers) GetMyStanding(
	ctx context.Context, _ GetMyStandingRequestObject,
) (GetMyStandingResponseObject, error) {
	v, err := h.s.Parties.Standing(ctx, callerOf(ctx), callerOf(ctx).Party)
	return GetMyStanding200JSONResponse(v), err
}

func (h handlers) GetStanding(ctx context.Context, r GetStandingRequestObject) (GetStandingResponseObject, error) {
	v, err := h.s.Parties.Standing(ctx, callerOf(ctx), r.ID)
	return GetStanding200JSONResponse(v), err
}

func (h handlers) ListStandings(
	ctx context.Context, r ListStandingsRequestObject,
) (ListStandingsResponseObject, error) {
	p := r.Params
	f := record.StandingFilter{Standing: trace.Standing(p.Standing), Role: p.Role, Overdue: p.Overdue, Until: p.Until}
	v, err := h.s.Parties.ListStandings(ctx, f, listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count))
	return ListStandings200JSONResponse(v), err
}

func (h handlers) ScheduleChecks(
	ctx context.Context, r ScheduleChecksRequestObject,
) (ScheduleChecksResponseObject, error) {
	request := *r.Body
	request.ID = r.ID
	v, err := h.s.Parties.ScheduleChecks(ctx, callerOf(ctx), request)
	return ScheduleChecks200JSONResponse(v), err
}

func (h handlers) ListChecks(ctx context.Context, r ListChecksRequestObject) (ListChecksResponseObject, error) {
	v, err := h.s.Parties.ListChecks(ctx, callerOf(ctx), r.ID, paging(r.Params.After, r.Params.Limit))
	return ListChecks200JSONResponse(v), err
}

func (h handlers) RecordCheck(ctx context.Context, r RecordCheckRequestObject) (RecordCheckResponseObject, error) {
	request := *r.Body
	request.Party = r.ID
	v, err := h.s.Parties.RecordCheck(ctx, callerOf(ctx), request)
	return RecordCheck201JSONResponse(v), err
}

func (h handlers) CloseAction(ctx context.Context, r CloseActionRequestObject) (CloseActionResponseObject, error) {
	v, err := h.s.Parties.CloseAction(
		ctx,
		callerOf(ctx),
		trace.CloseActionRequest{ID: r.ID, Number: r.Number, Note: r.Body.Note,
			DocumentHash: r.Body.DocumentHash},
	)
	return CloseAction201JSONResponse(v), err
}

func (h handlers) UploadDocument(
	ctx context.Context, r UploadDocumentRequestObject,
) (UploadDocumentResponseObject, error) {
	file, err := readUpload(r.Body)
	if err != nil {
		return nil, err
	}
	v, err := h.s.Parties.Upload(ctx, callerOf(ctx), file)
	return UploadDocument201JSONResponse(v), err
}

// readUpload reads the one file of a form. The form's size is bounded already.
func readUpload(form *multipart.Reader) (u parties.Upload, err error) {
	incomplete := refuse(trace.RequestMalformed, "", "form_incomplete")
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return u, incomplete
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return u, incomplete
		}
		if part.FormName() == "file" {
			u = parties.Upload{Name: part.FileName(), Declared: part.Header.Get("Content-Type"), Content: content}
		}
	}
	if u.Content == nil {
		return u, refuse(trace.FieldInvalid, "file", "form_part")
	}
	return u, nil
}

func (h handlers) ListDocuments(
	ctx context.Context, r ListDocumentsRequestObject,
) (ListDocumentsResponseObject, error) {
	v, err := h.s.Parties.ListDocuments(ctx, callerOf(ctx), r.Params.Party, r.Params.Sha256)
	return ListDocuments200JSONResponse(v), err
}

func (h handlers) GetDocument(ctx context.Context, r GetDocumentRequestObject) (GetDocumentResponseObject, error) {
	d, err := h.s.Parties.Document(ctx, callerOf(ctx), r.ID)
	return GetDocument200AsteriskResponse{
		Body:          bytes.NewReader(d.Content),
		ContentType:   d.ContentType,
		ContentLength: int64(len(d.Content)),
		Headers: GetDocument200ResponseHeaders{XContentTypeOptions: "nosniff",
			ContentDisposition: mime.FormatMediaType("attachment", map[string]string{"filename": d.Name})},
	}, err
}

func (h handlers) GetOverview(ctx context.Context, _ GetOverviewRequestObject) (GetOverviewResponseObject, error) {
	v, err := h.s.Overview.Overview(ctx, callerOf(ctx))
	return GetOverview200JSONResponse(v), err
}

func (h handlers) ListInbox(ctx context.Context, r ListInboxRequestObject) (ListInboxResponseObject, error) {
	p := r.Params
	v, err := h.s.Notices.ListInbox(
		ctx,
		callerOf(ctx),
		record.NoticeFilter{UnreadOnly: p.Unread, Kind: record.NoticeKind(p.Kind)},
		listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count),
	)
	return ListInbox200JSONResponse(v), err
}

func (h handlers) ReadNotice(ctx context.Context, r ReadNoticeRequestObject) (ReadNoticeResponseObject, error) {
	return ReadNotice204Response{}, h.s.Notices.ReadNotice(ctx, callerOf(ctx), r.Notice)
}

func (h handlers) ListWebhooks(ctx context.Context, _ ListWebhooksRequestObject) (ListWebhooksResponseObject, error) {
	v, err := h.s.Notices.ListWebhooks(ctx, callerOf(ctx))
	return ListWebhooks200JSONResponse(v), err
}

func (h handlers) AddWebhook(ctx context.Context, r AddWebhookRequestObject) (AddWebhookResponseObject, error) {
	v, err := h.s.Notices.AddWebhook(ctx, callerOf(ctx), *r.Body)
	return AddWebhook201JSONResponse(v), err
}

func (h handlers) TryWebhook(ctx context.Context, r TryWebhookRequestObject) (TryWebhookResponseObject, error) {
	v, err := h.s.Notices.TryWebhook(ctx, callerOf(ctx), r.ID)
	return TryWebhook200JSONResponse(v), err
}

func (h handlers) DeleteWebhook(
	ctx context.Context, r DeleteWebhookRequestObject,
) (DeleteWebhookResponseObject, error) {
	return DeleteWebhook204Response{}, h.s.Notices.DeleteWebhook(ctx, callerOf(ctx), r.ID)
}

func (h handlers) ListDeliveries(
	ctx context.Context, r ListDeliveriesRequestObject,
) (ListDeliveriesResponseObject, error) {
	p := r.Params
	v, err := h.s.Notices.ListDeliveries(
		ctx, callerOf(ctx), r.ID, string(p.Status), listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count),
	)
	return ListDeliveries200JSONResponse(v), err
}

func (h handlers) ReplayDelivery(
	ctx context.Context, r ReplayDeliveryRequestObject,
) (ReplayDeliveryResponseObject, error) {
	return ReplayDelivery204Response{}, h.s.Notices.Replay(ctx, callerOf(ctx), r.Delivery)
}
