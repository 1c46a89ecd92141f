package unit

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/label"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// linkset answers with the links that a GS1 resolver gives for a unit (RFC
// 9264, GS1-conformant resolver standard): its page. A code that is not
// recognised has none.
func (h *Handler) linkset(c echo.Context, a verdict.Answer) error {
	if a.Verdict == verdict.Unavailable && a.Item == nil {
		return page.Refuse(problem.Unavailable, "", "record_unreadable")
	}
	if a.Item == nil {
		return page.Refuse(problem.NotIssued, "", "not_issued")
	}
	anchor := strings.TrimSuffix(h.Codes.Origin(), "/") + label.UnitPath(
		gs1.GTIN(a.Item.GTIN), a.Item.Lot, a.Item.Serial,
	)
	link := func(lang, title string) map[string]any {
		return map[string]any{"href": anchor, "title": title, "type": page.TypeHTML, "hreflang": []string{lang}}
	}
	document := map[string]any{"linkset": []any{map[string]any{
		"anchor":          anchor,
		"itemDescription": a.Item.Name.ZhCN,
		"https://gs1.org/voc/verificationService": []any{
			link("zh", room.Word("linkTitle").ZhCN), link("en", room.Word("linkTitle").En),
		},
		"https://gs1.org/voc/defaultLink": []any{
			map[string]any{"href": anchor, "title": a.Item.Name.ZhCN, "type": page.TypeHTML},
		},
	}}}
	body, err := json.Marshal(document)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, page.TypeLinkset, body)
}
