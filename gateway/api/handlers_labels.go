package api

import (
	"context"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service/printing"
)

func (h handlers) CheckLabels(ctx context.Context, r CheckLabelsRequestObject) (CheckLabelsResponseObject, error) {
	style := printing.LabelStyle{Symbol: printing.Symbol(r.Params.Symbol)}
	if r.Params.Pin {
		style.PIN = &r.Params.Pin
	}
	v, err := h.s.Printing.CheckLabels(ctx, callerOf(ctx), r.Gtin, r.Lot, style)
	for i, look := range v {
		v[i] = wordedLook(ctx, look)
	}
	return CheckLabels200JSONResponse(v), err
}

func (h handlers) PreviewLabel(ctx context.Context, r PreviewLabelRequestObject) (PreviewLabelResponseObject, error) {
	v, err := h.s.Printing.PreviewLabel(ctx, callerOf(ctx), *r.Body)
	return PreviewLabel200JSONResponse(wordedLook(ctx, v)), err
}

func wordedLook(ctx context.Context, v printing.LabelLook) printing.LabelLook {
	if v.Refuse != nil {
		v.Problem = briefly(ctx, v.Refuse)
	}
	return v
}

func (h handlers) PrintTestSheet(
	ctx context.Context, r PrintTestSheetRequestObject,
) (PrintTestSheetResponseObject, error) {
	file, err := h.s.Printing.TestSheet(ctx, callerOf(ctx), *r.Body)
	if err != nil {
		return nil, err
	}
	body, headers, err := streamed(file)
	return PrintTestSheet200AsteriskResponse{
		Body:        body,
		ContentType: file.ContentType,
		Headers:     PrintTestSheet200ResponseHeaders{headers},
	}, err
}

func (h handlers) ListLabelDesigns(
	ctx context.Context, _ ListLabelDesignsRequestObject,
) (ListLabelDesignsResponseObject, error) {
	v, err := h.s.Printing.LabelDesigns(ctx, callerOf(ctx))
	return ListLabelDesigns200JSONResponse(v), err
}

func (h handlers) SaveLabelDesign(
	ctx context.Context, r SaveLabelDesignRequestObject,
) (SaveLabelDesignResponseObject, error) {
	v, err := h.s.Printing.SaveLabelDesign(
		ctx,
		callerOf(ctx),
		printing.SavedDesign{ID: r.ID, Name: r.Body.Name, Design: r.Body.Design, Version: r.Body.Version},
	)
	return SaveLabelDesign200JSONResponse(v), err
}

func (h handlers) DeleteLabelDesign(
	ctx context.Context, r DeleteLabelDesignRequestObject,
) (DeleteLabelDesignResponseObject, error) {
	return DeleteLabelDesign204Response{}, h.s.Printing.DeleteLabelKit(ctx, callerOf(ctx), record.KitDesign, r.ID)
}

func (h handlers) ListLabelPrinters(
	ctx context.Context, _ ListLabelPrintersRequestObject,
) (ListLabelPrintersResponseObject, error) {
	v, err := h.s.Printing.LabelPrinters(ctx, callerOf(ctx))
	return ListLabelPrinters200JSONResponse(v), err
}

func (h handlers) SaveLabelPrinter(
	ctx context.Context, r SaveLabelPrinterRequestObject,
) (SaveLabelPrinterResponseObject, error) {
	v, err := h.s.Printing.SaveLabelPrinter(ctx, callerOf(ctx), r.ID, *r.Body)
	return SaveLabelPrinter200JSONResponse(v), err
}

func (h handlers) DeleteLabelPrinter(
	ctx context.Context, r DeleteLabelPrinterRequestObject,
) (DeleteLabelPrinterResponseObject, error) {
	return DeleteLabelPrinter204Response{}, h.s.Printing.DeleteLabelKit(ctx, callerOf(ctx), record.KitPrinter, r.ID)
}

func (h handlers) UploadLogo(ctx context.Context, r UploadLogoRequestObject) (UploadLogoResponseObject, error) {
	file, err := readUpload(r.Body)
	if err != nil {
		return nil, err
	}
	v, err := h.s.Printing.UploadLogo(ctx, callerOf(ctx), file.Content)
	return UploadLogo201JSONResponse(v), err
}
