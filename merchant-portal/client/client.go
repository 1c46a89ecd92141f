// Package client is the gateway's interface as Go calls, generated from the
// document that the gateway serves, with what every caller needs around it: the
// key, the language, and repeating what is safe to repeat.
//
// It knows the gateway by HTTP only.
package client

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

//go:generate go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2 -config generate.yaml -o client.gen.go ../../gateway/api/openapi.yaml

// Gateway calls a gateway as one account.
type Gateway struct{ *ClientWithResponses }

// Dial prepares calls with a key, whose errors come in a language (zh-CN or en).
// It does not connect.
func Dial(base, key, language string) (Gateway, error) {
	sign := func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+key)
		r.Header.Set("Accept-Language", language)
		return nil
	}
	c, err := NewClientWithResponses(
		base,
		WithHTTPClient(patient{&http.Client{Timeout: 2 * time.Minute}}),
		WithRequestEditorFn(leaveOut),
		WithRequestEditorFn(sign),
	)
	return Gateway{c}, err
}

// leaveOut takes parameters without a value out of the address: the generated calls
// send each field of their parameters, also those that nobody set.
func leaveOut(_ context.Context, r *http.Request) error {
	query := r.URL.Query()
	for name := range query {
		if query.Get(name) == "" {
			query.Del(name)
		}
	}
	r.URL.RawQuery = query.Encode()
	return nil
}

// NewKey gives an Idempotency-Key. One key for one intention: with it, a call
// is repeated until its outcome is known, and happens once.
func NewKey() string { return rand.Text() }

// Refused is the error of a call that was answered with a problem document.
type Refused struct{ Problem }

func (e *Refused) Error() string {
	text := e.Title
	if e.Field != "" {
		text += " (" + e.Field + ")"
	}
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	if e.Case != "" {
		return fmt.Sprintf("%s [%s, case %s]", text, e.Code, e.Case)
	}
	return fmt.Sprintf("%s [%s]", text, e.Code)
}

// Answer gives what a call was answered with, or why it was not. What came is
// nil where the status was another.
func Answer[T any](came *T, problem *Problem, response *http.Response, err error) (T, error) {
	var none T
	switch {
	case err != nil:
		return none, err
	case came != nil:
		return *came, nil
	case problem != nil:
		return none, &Refused{*problem}
	}
	return none, fmt.Errorf("the gateway answered %s", response.Status)
}

// patient repeats calls that are safe to repeat: reads, and writes that have an
// Idempotency-Key, also while their outcome is unknown.
type patient struct{ http *http.Client }

// patience is how long a call is repeated: longer than a crashed gateway takes
// to come back and to let go of what it held.
const patience = 2 * time.Minute

func (p patient) Do(r *http.Request) (*http.Response, error) {
	body, err := bodyOf(r)
	if err != nil {
		return nil, err
	}
	safe := r.Method == http.MethodGet || r.Header.Get("Idempotency-Key") != ""
	began := time.Now()
	for attempt := 1; ; attempt++ {
		if body != nil {
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		}
		response, err := p.http.Do(r)
		if !safe || time.Since(began) > patience || !again(response, err) {
			return response, err
		}
		wait := pause(response, attempt)
		if response != nil {
			_ = response.Body.Close()
		}
		select {
		case <-r.Context().Done():
			return nil, r.Context().Err()
		case <-time.After(wait):
		}
	}
}

func bodyOf(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	defer r.Body.Close()
	return io.ReadAll(r.Body)
}

func again(response *http.Response, err error) bool {
	if err != nil {
		return !errors.Is(err, context.Canceled)
	}
	switch response.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	case http.StatusConflict: // the first attempt still runs
		return response.Header.Get("Retry-After") != ""
	case http.StatusAccepted: // the outcome is not known yet
		return strings.HasPrefix(response.Header.Get("Location"), "/api/v1/transactions/")
	}
	return false
}

func pause(response *http.Response, attempt int) time.Duration {
	if response != nil {
		if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil && seconds <= 60 {
			return time.Duration(seconds) * time.Second
		}
	}
	return min(time.Duration(attempt)*500*time.Millisecond, 5*time.Second)
}
