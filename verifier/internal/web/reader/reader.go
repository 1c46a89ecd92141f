package reader

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
)

// The code reader's own script, and the library with its WebAssembly that it
// loads when it has a picture to read; see assets/vendor.
var (
	Script        = page.NewScript(assets, "reader", "reader-judge.js", "reader-decode.js", "reader.js")
	DecoderScript = page.NewScript(page.Vendored, "barcode-detector", "vendor/barcode-detector.js")
	DecoderWASM   = page.NewFile(
		"zxing.wasm", "application/wasm", page.Asset(page.Vendored, "vendor/zxing_reader.wasm"),
	)
)

// readerPolicy is the policy of the one page that runs WebAssembly.
var readerPolicy = strings.Replace(page.Policy, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", 1)

type readerPage struct {
	typing
	Host    string // of the labels, in words
	Script  string
	Decoder string
	WASM    string
}

// Scan is the page that scans a label inside itself: with the camera, from a
// photo, or as typed. What it reads stays on the phone, but for
// a label of somebody else that the reader chooses to report.
func (h *Handler) Scan(c echo.Context) error {
	header := c.Response().Header()
	header.Add("Vary", "Accept-Language")
	header.Set("Content-Security-Policy", readerPolicy)
	header.Set("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
	return room.Render(c, http.StatusOK, "scan.html", readerPage{typing: typing{Frame: room.Frame(c.Request(), nil)},
		Host: h.Codes.Host(), Script: Script.Path, Decoder: DecoderScript.Path, WASM: DecoderWASM.Path})
}

// Texts is what the script says, as JSON.
func (p readerPage) Texts() (string, error) {
	texts := map[string]string{}
	for name, text := range readerTexts {
		texts[name] = text.In(p.Lang)
	}
	for name, text := range faultTexts {
		texts[name] = text.In(p.Lang)
	}
	content, err := json.Marshal(texts)
	return string(content), err
}
