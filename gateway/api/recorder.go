package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// recorder holds a JSON answer back until it is kept, and lets files through.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (w *recorder) json() bool {
	return strings.HasPrefix(w.Header().Get(echo.HeaderContentType), echo.MIMEApplicationJSON)
}

func (w *recorder) WriteHeader(status int) {
	if w.status = status; !w.json() {
		w.ResponseWriter.WriteHeader(status)
	}
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.json() {
		return w.body.Write(b)
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) send() error {
	w.ResponseWriter.WriteHeader(w.status)
	_, err := w.ResponseWriter.Write(w.body.Bytes())
	return err
}

// secrets names what an operation's answer holds that exists nowhere but in the
// first one.
var secrets = map[string][]string{
	"createAccount": {"apiKey"},
	"addWebhook":    {"secret"},
	"createCreator": {"apiKey"},
	"createKey":     {"apiKey"},
	"invite":        {"secret"},
	"letBackIn":     {"secret"},
	"startTotp":     {"secret", "uri", "qr"},
	"confirmTotp":   {"codes"},
}

// answer is what is kept: everything but a secret.
func (w *recorder) answer(operation string) record.Answer {
	a := record.Answer{Status: w.status, Headers: map[string]string{}, Body: bytes.Clone(w.body.Bytes())}
	for _, name := range []string{echo.HeaderContentType, echo.HeaderLocation} {
		if v := w.Header().Get(name); v != "" {
			a.Headers[name] = v
		}
	}
	body := map[string]any{}
	if secret := secrets[operation]; secret != nil && json.Unmarshal(a.Body, &body) == nil {
		for _, field := range secret {
			delete(body, field)
		}
		a.Body, _ = json.Marshal(body) // it was JSON a moment ago
	}
	return a
}
