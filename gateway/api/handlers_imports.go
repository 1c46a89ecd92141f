package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/service/importing"
)

func (h handlers) ImportFile(ctx context.Context, r ImportFileRequestObject) (ImportFileResponseObject, error) {
	form, err := readForm(r.Body)
	if err != nil {
		return nil, err
	}
	take := h.s.Importing.ImportFile
	if r.Params.Summary {
		take = h.s.Importing.QueueImport
	}
	v, err := take(ctx, callerOf(ctx), form.kind, r.Params.DryRun, form.mapping, form.file)
	if err != nil {
		return nil, err
	}
	v = inLanguage(ctx, v)
	if v.Status.Over() {
		return ImportFile200JSONResponse(v), nil
	}
	return ImportFile202JSONResponse{
		Body:    v,
		Headers: ImportFile202ResponseHeaders{Location: "/api/v1/imports/" + v.ID},
	}, nil
}

func (h handlers) PreviewImport(
	ctx context.Context, r PreviewImportRequestObject,
) (PreviewImportResponseObject, error) {
	form, err := readForm(r.Body)
	if err != nil {
		return nil, err
	}
	v, err := h.s.Importing.PreviewImport(ctx, callerOf(ctx), form.kind, form.mapping, form.file)
	worded := inLanguage(ctx, importing.Import{Rows: v.Rows, ImportSheet: v.ImportSheet})
	v.Rows, v.ImportSheet = worded.Rows, worded.ImportSheet
	return PreviewImport200JSONResponse(v), err
}

func (h handlers) GetImport(ctx context.Context, r GetImportRequestObject) (GetImportResponseObject, error) {
	read := h.s.Importing.Import
	if r.Params.Summary {
		read = h.s.Importing.ImportSummary
	}
	v, err := read(ctx, callerOf(ctx), r.ID)
	return GetImport200JSONResponse(inLanguage(ctx, v)), err
}

func (h handlers) ListImportRows(
	ctx context.Context, r ListImportRowsRequestObject,
) (ListImportRowsResponseObject, error) {
	v, err := h.s.Importing.ImportRows(
		ctx, callerOf(ctx), r.ID, string(r.Params.Outcome), paging(r.Params.After, r.Params.Limit),
	)
	v.Items = inLanguage(ctx, importing.Import{Rows: v.Items}).Rows
	return ListImportRows200JSONResponse(v), err
}

func (h handlers) MendImport(ctx context.Context, r MendImportRequestObject) (MendImportResponseObject, error) {
	v, err := h.s.Importing.MendImport(ctx, callerOf(ctx), r.ID, r.Body.Rows)
	return MendImport202JSONResponse(inLanguage(ctx, v)), err
}

func (h handlers) RegisterImport(
	ctx context.Context, r RegisterImportRequestObject,
) (RegisterImportResponseObject, error) {
	v, err := h.s.Importing.RegisterImport(ctx, callerOf(ctx), r.ID)
	return RegisterImport202JSONResponse(inLanguage(ctx, v)), err
}

func (h handlers) GetRefusedRows(
	ctx context.Context, r GetRefusedRowsRequestObject,
) (GetRefusedRowsResponseObject, error) {
	file, err := h.s.Importing.ImportRefused(
		ctx, callerOf(ctx), r.ID, formatOf(string(r.Params.Format)), languageIn(ctx),
	)
	if err != nil {
		return nil, err
	}
	body, headers, err := streamed(file)
	return GetRefusedRows200AsteriskResponse{
		Body:        body,
		ContentType: file.ContentType,
		Headers:     GetRefusedRows200ResponseHeaders{headers},
	}, err
}

func (h handlers) GetImportTemplate(
	ctx context.Context, r GetImportTemplateRequestObject,
) (GetImportTemplateResponseObject, error) {
	file := h.s.Importing.ImportTemplate(r.Kind, formatOf(string(r.Params.Format)), languageIn(ctx))
	body, headers, err := streamed(file)
	return GetImportTemplate200AsteriskResponse{
		Body:        body,
		ContentType: file.ContentType,
		Headers:     GetImportTemplate200ResponseHeaders{headers},
	}, err
}

func formatOf(s string) importing.Format {
	if s == string(importing.CSV) {
		return importing.CSV
	}
	return importing.XLSX
}

// inLanguage gives each row its message in the caller's language.
func inLanguage(ctx context.Context, v importing.Import) importing.Import {
	return v.In(languageIn(ctx))
}

func languageIn(ctx context.Context) string {
	language, _ := ctx.Value(languageKey{}).(string)
	return language
}

// importForm is what an import brings with it.
type importForm struct {
	kind    importing.Kind
	file    []byte
	mapping importing.Mapping
}

// readForm reads the parts of an import. The form's size is bounded already.
func readForm(form *multipart.Reader) (f importForm, err error) {
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return f, refuse(trace.RequestMalformed, "", "form_incomplete")
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return f, refuse(trace.RequestMalformed, "", "form_incomplete")
		}
		switch part.FormName() {
		case "kind":
			f.kind = importing.Kind(content)
		case "file":
			f.file = content
		case "mapping":
			if json.Unmarshal(content, &f.mapping) != nil || bodyText(content) != nil {
				return f, refuse(trace.FieldInvalid, "mapping", "mapping")
			}
			f.mapping.Headings = nil
		}
	}
	if !slices.Contains(importing.Kinds(), f.kind) {
		return f, trace.Refuse(trace.FieldInvalid, "kind", "one_of", "names", importing.Kinds())
	}
	if f.file == nil {
		return f, refuse(trace.FieldInvalid, "file", "form_part")
	}
	return f, nil
}
