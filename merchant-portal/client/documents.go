package client

import (
	"bytes"
	"context"
	"errors"
	"mime"
	"mime/multipart"
	"net/textproto"
	"path"
)

// Document uploads a document and gives the SHA-256 that an application names it by.
func (g Gateway) Document(ctx context.Context, name string, content []byte) (hash string, err error) {
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	head := textproto.MIMEHeader{"Content-Type": {mime.TypeByExtension(path.Ext(name))},
		"Content-Disposition": {mime.FormatMediaType("form-data", map[string]string{"name": "file", "filename": name})}}
	part, err := w.CreatePart(head)
	if err != nil {
		return "", err
	}
	_, err = part.Write(content)
	if err := errors.Join(err, w.Close()); err != nil {
		return "", err
	}
	r, err := g.UploadDocumentWithBodyWithResponse(
		ctx, &UploadDocumentParams{IdempotencyKey: NewKey()}, w.FormDataContentType(), &form,
	)
	if err != nil {
		return "", err
	}
	kept, err := Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	return kept.Sha256, err
}
