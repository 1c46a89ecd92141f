package api

import (
	"bytes"
	"context"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

func (h handlers) ListAlerts(ctx context.Context, r ListAlertsRequestObject) (ListAlertsResponseObject, error) {
	p := r.Params
	v, err := h.s.Alerts.ListAlerts(
		ctx, callerOf(ctx), record.AlertStatus(p.Status), listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count),
	)
	return ListAlerts200JSONResponse(v), err
}

func (h handlers) GetAlert(ctx context.Context, r GetAlertRequestObject) (GetAlertResponseObject, error) {
	v, err := h.s.Alerts.Alert(ctx, callerOf(ctx), r.ID)
	return GetAlert200JSONResponse(v), err
}

func (h handlers) GetAlertMap(ctx context.Context, r GetAlertMapRequestObject) (GetAlertMapResponseObject, error) {
	picture, err := h.s.Alerts.AlertMap(ctx, callerOf(ctx), r.ID)
	return GetAlertMap200ImageSvgXMLResponse{Body: bytes.NewReader(picture), ContentLength: int64(len(picture))}, err
}

func (h handlers) DecideAlert(ctx context.Context, r DecideAlertRequestObject) (DecideAlertResponseObject, error) {
	v, err := h.s.Alerts.DecideAlert(ctx, callerOf(ctx), r.ID, *r.Body)
	return DecideAlert201JSONResponse(v), err
}
