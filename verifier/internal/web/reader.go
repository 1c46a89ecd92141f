package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// The code reader's own script, and the library with its WebAssembly that it
// loads when it has a picture to read; see assets/vendor.
var (
	readerScript  = newScript("reader", "reader-judge.js", "reader-decode.js", "reader.js")
	decoderScript = newScript("barcode-detector", "vendor/barcode-detector.js")
	decoderWASM   = newFile("zxing.wasm", "application/wasm", asset("vendor/zxing_reader.wasm"))
)

// readerPolicy is the policy of the one page that runs WebAssembly.
var readerPolicy = strings.Replace(policy, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", 1)

type readerPage struct {
	typing
	Host    string // of the labels, in words
	Script  string
	Decoder string
	WASM    string
}

// reader is the page that scans a label inside itself: with the camera, from a
// photo, or as typed. What it reads stays on the phone, but for
// a label of somebody else that the reader chooses to report.
func (h *handler) reader(c echo.Context) error {
	header := c.Response().Header()
	header.Add("Vary", "Accept-Language")
	header.Set("Content-Security-Policy", readerPolicy)
	header.Set("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
	return render(c, http.StatusOK, "scan.html", readerPage{typing: typing{frame: newFrame(c.Request(), nil)},
		Host: h.ownHost(), Script: readerScript.path, Decoder: decoderScript.path, WASM: decoderWASM.path})
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
