package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/feedback"
	"github.com/touchstone-trace/touchstone/verifier/photo"
)

// Bounds of a complaint's upload: a slow phone may take its time.
const (
	uploadTime = 2 * time.Minute
	maxField   = 16 << 10
)

// maxComplaint holds the photos and what the form adds.
var maxComplaint = middleware.BodyLimit("41M")

// complaintForm is what a shopper sends.
type complaintForm struct {
	uri, text string
	photos    [][]byte
}

// readComplaint reads the form part by part, none further than it may be long.
func readComplaint(c echo.Context) (complaintForm, error) {
	r := c.Request()
	_ = http.NewResponseController(c.Response()).SetReadDeadline(time.Now().Add(uploadTime)) // not every server can
	contentType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && contentType == "multipart/form-data":
		return readParts(r)
	case err == nil && contentType == typeForm:
		values, err := readForm(c)
		return complaintForm{uri: values.Get("uri"), text: values.Get("text")}, err
	}
	return complaintForm{}, problem(codeMediaType, "", "Content-Type must be multipart/form-data or application/x-www-form-urlencoded")
}

// typeForm is what a form without files is sent as.
const typeForm = "application/x-www-form-urlencoded"

// readForm reads such a form.
func readForm(c echo.Context) (url.Values, error) {
	contentType, _, err := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	if err != nil || contentType != typeForm {
		return nil, problem(codeMediaType, "", "Content-Type must be "+typeForm)
	}
	body, err := io.ReadAll(io.LimitReader(c.Request().Body, maxField))
	values, wrong := url.ParseQuery(string(body))
	if err != nil || wrong != nil {
		return nil, incomplete(err)
	}
	return values, nil
}

// incomplete keeps the refusal of a body that is too large.
func incomplete(err error) error {
	var he *echo.HTTPError
	if errors.As(err, &he) {
		return err
	}
	return problem(trace.RequestMalformed, "", "not a complete form")
}

func readParts(r *http.Request) (form complaintForm, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return form, incomplete(err)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return form, nil
		}
		if err == nil {
			err = form.read(part)
		}
		if trace.CodeOf(err) != "" {
			return form, err
		}
		if err != nil {
			return form, incomplete(err)
		}
	}
}

// read takes one part of the form. An empty file is what a form sends where no
// photo was chosen.
func (f *complaintForm) read(part *multipart.Part) error {
	name, limit := part.FormName(), maxField
	if name == "photo" {
		limit = photo.MaxBytes
	}
	data, err := io.ReadAll(io.LimitReader(part, int64(limit)+1))
	if err != nil {
		return err
	}
	switch {
	case name == "uri":
		f.uri = string(data)
	case name == "text":
		f.text = string(data)
	case name != "photo":
		return problem(trace.FieldInvalid, "", "the form has the fields uri, text and photo")
	case len(data) > 0:
		return f.addPhoto(data)
	}
	return nil
}

func (f *complaintForm) addPhoto(file []byte) error {
	if len(f.photos) == feedback.MaxPhotos {
		return problem(trace.FieldInvalid, "photo", "at most 5 photos")
	}
	clean, err := photo.Clean(file)
	if err != nil {
		return problem(codePhoto, "photo", err.Error())
	}
	f.photos = append(f.photos, clean)
	return nil
}
