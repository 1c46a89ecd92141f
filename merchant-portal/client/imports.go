package client

import (
	"bytes"
	"context"
	"errors"
	"mime/multipart"
	"time"
)

// Import uploads a spreadsheet and waits until every row is decided; progress
// is called with the state of the job as it goes.
func (g Gateway) Import(
	ctx context.Context, kind ImportKind, name string, content []byte, dryRun bool, progress func(Import),
) (Import, error) {
	form, contentType, err := importForm(kind, name, content)
	if err != nil {
		return Import{}, err
	}
	params := &ImportFileParams{DryRun: dryRun, IdempotencyKey: NewKey()}
	r, err := g.ImportFileWithBodyWithResponse(ctx, params, contentType, form)
	if err != nil {
		return Import{}, err
	}
	came := r.JSON200
	if came == nil {
		came = r.JSON202
	}
	begun, err := Answer(came, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return Import{}, err
	}
	return g.follow(ctx, begun, progress)
}

func importForm(kind ImportKind, name string, content []byte) (*bytes.Buffer, string, error) {
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		return nil, "", err
	}
	if _, err := part.Write(content); err != nil {
		return nil, "", err
	}
	err = errors.Join(w.WriteField("kind", string(kind)), w.Close())
	return &form, w.FormDataContentType(), err
}

// follow asks after an import until it is over.
func (g Gateway) follow(ctx context.Context, v Import, progress func(Import)) (Import, error) {
	for {
		progress(v)
		switch v.Status {
		case JobStatusDone:
			return v, nil
		case JobStatusFailed:
			return v, errors.New(v.Error)
		}
		select {
		case <-ctx.Done():
			return v, ctx.Err()
		case <-time.After(500 * time.Millisecond):
		}
		r, err := g.GetImportWithResponse(ctx, v.ID, nil)
		if err != nil {
			return v, err
		}
		if v, err = Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil); err != nil {
			return v, err
		}
	}
}
