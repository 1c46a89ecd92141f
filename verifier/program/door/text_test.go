package door

import (
	"net/http/httptest"
	"testing"
)

func TestNotText(t *testing.T) {
	for target, want := range map[string]string{
		"/?a=b&c=%E6%89%B9": "", "/?a=%00": "a", "/?a=b&c=%ff": "c", "/?%00=x": "query", "/?%3Cb%3E=%00": "query", "/?a=%zz": "", "/": "",
	} {
		if got := NotText(httptest.NewRequest("GET", target, nil)); got != want {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
	}
	r := httptest.NewRequest("POST", "/", nil)
	r.Header.Set("Idempotency-Key", "\xff")
	if got := NotText(r); got != "Idempotency-Key" {
		t.Errorf("%q", got)
	}
}
