package reader

import (
	"net/url"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
)

var (
	Policy = readerPolicy
	Says   = readerTexts
	Faults = faultTexts
	Asset  = func(name string) string { return string(page.Asset(assets, name)) }
)

// ReadTyped reads what was typed.
func (h *Handler) ReadTyped(q url.Values) (path string, faults map[string]string) {
	return h.readTyped(q)
}
