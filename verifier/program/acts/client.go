package acts

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Client has acts written by a gateway.
type Client struct {
	URL  string // of the gateway's own address, without a path
	Key  string
	HTTP *http.Client
}

var _ Writer = Client{}

// Write asks once. Where the request may have arrived and no answer came back the
// outcome is not known; it is never called a failure.
func (c Client) Write(ctx context.Context, t trace.Transaction, request any) (Outcome, error) {
	content, err := trace.Marshal(request)
	if err != nil {
		return Outcome{}, err
	}
	body, err := json.Marshal(Act{t, content})
	if err != nil {
		return Outcome{}, err
	}
	sent := false
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { sent = true }})
	response, err := c.post(ctx, Path, body)
	if err != nil && !sent {
		return Outcome{}, fmt.Errorf("the gateway cannot be reached: %w", errors.Unwrap(err))
	}
	if err != nil {
		return Outcome{}, nil //nolint:nilerr // it may be written
	}
	defer response.Body.Close()
	return outcome(response)
}

// outcome reads an answer. What the gateway itself says of nothing being written
// is believed; any other answer is that of something between.
func outcome(response *http.Response) (Outcome, error) {
	content, err := io.ReadAll(io.LimitReader(response.Body, maxBody))
	if err != nil {
		return Outcome{}, nil //nolint:nilerr // it may be written
	}
	switch response.StatusCode {
	case http.StatusOK:
		var done Outcome
		if json.Unmarshal(content, &done) != nil {
			return Outcome{}, nil
		}
		return done, nil
	case http.StatusConflict:
		var refused trace.Error
		if json.Unmarshal(content, &refused) != nil || !refused.Code.Known() {
			return Outcome{}, nil
		}
		return Outcome{}, &refused
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusNotFound, http.StatusServiceUnavailable:
		return Outcome{}, fmt.Errorf("the gateway answers %d: %s", response.StatusCode, bytes.TrimSpace(content))
	default:
		return Outcome{}, nil
	}
}
