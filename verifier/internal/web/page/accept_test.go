package page

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

func TestNegotiate(t *testing.T) {
	for accept, want := range map[string]string{
		"": TypeHTML, "*/*": TypeHTML, "image/png": TypeHTML, "nonsense;;": TypeHTML, "text/*": TypeHTML,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": TypeHTML,
		"application/json":                                 TypeJSON,
		"application/*":                                    TypeJSON,
		"APPLICATION/JSON":                                 TypeJSON,
		"application/json, text/html;q=0.5":                TypeJSON,
		"text/html;q=0.4, application/json;q=0.5":          TypeJSON,
		"application/json;q=0":                             TypeHTML,
		"application/linkset+json":                         TypeLinkset,
		"application/linkset+json, application/json;q=0.9": TypeLinkset,
		"application/json;q=2":                             TypeHTML,
	} {
		if got := Negotiate(accept); got != want {
			t.Errorf("%q: %s, want %s", accept, got, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for accept, want := range map[string]string{
		"": wording.Chinese, "en": wording.English, "en-GB,en;q=0.9": wording.English, "zh-CN": wording.Chinese, "zh-TW": wording.Chinese, "zh-Hans-CN,en;q=0.5": wording.Chinese,
		"fr": wording.English, "ja": wording.English, "ko": wording.English, "fr,en;q=0.1": wording.English, "en;q=0.1,zh;q=0.9": wording.Chinese, "not a language!": wording.Chinese,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Language", accept)
		if got := LanguageOf(r); got != want {
			t.Errorf("%q: %s, want %s", accept, got, want)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/?lang=en", nil)
	r.Header.Set("Accept-Language", "zh-CN")
	if LanguageOf(r) != wording.English {
		t.Error("?lang= does not count")
	}
}
