package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"regexp"
	"strconv"
)

// ask sends a request and answers its status and the beginning of its answer.
func (t *target) ask(ctx context.Context, method, url, contentType string, body []byte) (int, string, error) {
	r, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	r.Header.Set("Authorization", "Bearer "+t.Key)
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	response, err := t.client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	start, err := io.ReadAll(io.LimitReader(response.Body, 4<<20))
	return response.StatusCode, string(start), err
}

// form makes a form with a file and other fields.
func form(file string, content []byte, fields ...string) (contentType string, body []byte, err error) {
	return formOf("file", file, content, fields...)
}

// formOf makes one whose file has a name in the form too.
func formOf(name, file string, content []byte, fields ...string) (contentType string, body []byte, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			return "", nil, err
		}
	}
	part, err := w.CreateFormFile(name, file)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	return w.FormDataContentType(), b.Bytes(), err
}

var residentLine = regexp.MustCompile(`(?m)^process_resident_memory_bytes (\S+)$`)

// resident reads a process's resident memory in bytes from its metrics, and how long the metrics are.
func (t *target) resident(ctx context.Context, metrics string) (float64, int, error) {
	status, text, err := t.ask(ctx, http.MethodGet, metrics, "", nil)
	if err != nil || status != http.StatusOK {
		return 0, 0, fmt.Errorf("metrics: %d %w", status, err)
	}
	m := residentLine.FindStringSubmatch(text)
	if m == nil {
		return 0, 0, errors.New("no resident memory in the metrics")
	}
	n, err := strconv.ParseFloat(m[1], 64)
	return n, len(text), err
}
