package complaints

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/photo"
)

// MaxBody holds the photos and what the form adds.
var MaxBody = middleware.BodyLimit("41M")

// complaintForm is what a shopper sends.
type complaintForm struct {
	uri, text string
	photos    [][]byte
}

// InMemory counts a large body while it is in memory, by its sender's network.
func (h *Handler) InMemory(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		in := h.bodies.Of(door.Network(c.RealIP()), r.Body)
		defer in.GiveBack()
		r.Body = readCloser{in, r.Body}
		return next(c)
	}
}

type readCloser struct {
	io.Reader
	io.Closer
}

// readComplaint reads the form part by part, none further than it may be long.
func (h *Handler) readComplaint(c echo.Context) (complaintForm, error) {
	r := c.Request()
	contentType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && contentType == "multipart/form-data":
		return readParts(r, func(file []byte) ([]byte, error) { return h.cleaned(c, file) })
	case err == nil && contentType == page.TypeForm:
		values, err := page.ReadForm(c)
		return complaintForm{uri: values.Get("uri"), text: values.Get("text")}, err
	}
	return complaintForm{}, page.Refuse(problem.MediaUnsupported, "", "complaint_type")
}

// cleaned draws a photo anew, in the turn of its sender's network.
func (h *Handler) cleaned(c echo.Context, file []byte) (clean []byte, err error) {
	err = h.decoding.Do(c.Request().Context(), door.Network(c.RealIP()), photo.Weigh(file), func() (err error) {
		clean, err = photo.Clean(file)
		return err
	})
	switch {
	case errors.Is(err, share.ErrOwn):
		return nil, page.Refuse(problem.TooMany, "photo", "photos_here")
	case errors.Is(err, context.DeadlineExceeded):
		return nil, page.Refuse(problem.Unavailable, "photo", "photos_all")
	case errors.Is(err, share.ErrNever):
		err = photo.ErrTooLarge
	}
	if err != nil {
		return nil, photo.Refused(problem.PhotoInvalid, "photo", err)
	}
	return clean, nil
}

func readParts(r *http.Request, clean func([]byte) ([]byte, error)) (form complaintForm, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return form, page.Incomplete(err)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return form, nil
		}
		if err == nil {
			err = form.read(part, clean)
		}
		if trace.CodeOf(err) != "" {
			return form, err
		}
		if err != nil {
			return form, page.Incomplete(err)
		}
	}
}

// read takes one part of the form. An empty file is what a form sends where no
// photo was chosen.
func (f *complaintForm) read(part *multipart.Part, clean func([]byte) ([]byte, error)) error {
	name, limit := part.FormName(), page.MaxField
	if name == "photo" {
		limit = photo.MaxBytes
	}
	data, err := io.ReadAll(io.LimitReader(part, int64(limit)+1))
	if err != nil {
		return err
	}
	switch {
	case name != "photo" && !door.IsText(string(data)):
		return page.Refuse(trace.FieldInvalid, "text", "no_text")
	case name == "uri":
		f.uri = string(data)
	case name == "text":
		f.text = string(data)
	case name != "photo":
		return page.Refuse(trace.FieldInvalid, "", "complaint_fields")
	case len(data) > 0:
		if len(f.photos) == feedback.MaxPhotos {
			return page.Refuse(trace.FieldInvalid, "photo", "most_photos", "most", feedback.MaxPhotos)
		}
		file, err := clean(data)
		f.photos = append(f.photos, file)
		return err
	}
	return nil
}
