package client

import (
	"bytes"
	"context"
	"errors"
	"mime/multipart"
)

// Picture uploads a picture and gives the id that presentations name it by.
func (g Gateway) Picture(ctx context.Context, name string, content []byte) (id string, err error) {
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		return "", err
	}
	_, err = part.Write(content)
	if err := errors.Join(err, w.Close()); err != nil {
		return "", err
	}
	r, err := g.UploadPictureWithBodyWithResponse(
		ctx, &UploadPictureParams{IdempotencyKey: NewKey()}, w.FormDataContentType(), &form,
	)
	if err != nil {
		return "", err
	}
	kept, err := Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	return kept.ID, err
}
