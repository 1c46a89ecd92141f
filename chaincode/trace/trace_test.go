package trace

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestMarshalIsCanonical(t *testing.T) {
	e := Event{
		Type: EventSold,
		At:   time.Date(2026, 10, 2, 4, 0, 0, 5e6, time.UTC),
		By:   "shop",
		Note: "<收银 & 4>",
		Moves: []Move{
			{
				Line:   Line{testGTIN, "A", 0, 2},
				Source: Place{Holder: "shop", State: Held},
				Target: Place{Holder: "shop", State: Sold},
			},
		},
	}
	got, err := Marshal(e)
	want := `{"type":"sold","at":"2026-10-02T04:00:00.005Z","by":"shop","moves":[{"gtin":"06998801000012","lot":"A","from":0,"count":2,` +
		`"source":{"holder":"shop","state":"held"},"target":{"holder":"shop","state":"sold"}}],"note":"<收银 & 4>"}`
	if string(got) != want || err != nil {
		t.Errorf("%s %v", got, err)
	}
	var back Event
	if err := Unmarshal(got, &back); err != nil || !cmp.Equal(e, back) {
		t.Errorf("%v %s", err, cmp.Diff(e, back))
	}
}

func TestUnmarshalIsStrict(t *testing.T) {
	for _, text := range []string{"", "{", `{"gtin":1}`, `{"gtin":"1","lo":"2"}`, `{} {}`, `{}x`, `[]`, strings.Repeat("[", 20000)} {
		var r BatchRequest
		if err := Unmarshal([]byte(text), &r); CodeOf(err) != RequestMalformed {
			t.Errorf("%.20q: %v", text, err)
		}
	}
	var r BatchRequest
	if err := Unmarshal([]byte(" {\"lot\":\"A\"}\n"), &r); err != nil || r.Lot != "A" {
		t.Errorf("%+v %v", r, err)
	}
}

func TestTextInALanguage(t *testing.T) {
	both, chinese := Text{ZhCN: "茶", En: "Tea"}, Text{ZhCN: "茶"}
	for lang, want := range map[string]string{"en": "Tea", "en-GB": "Tea", "EN": "Tea", "fr": "Tea", "ja": "Tea", "zh-CN": "茶", "ZH": "茶", "": "茶"} {
		if got := both.In(lang); got != want {
			t.Errorf("%q: %s", lang, got)
		}
	}
	if chinese.In("en") != "茶" || (Text{En: "Tea"}).In("zh-CN") != "Tea" {
		t.Error("a missing language is not replaced by the other")
	}
}

func TestRecallScope(t *testing.T) {
	lots := Recall{GTIN: testGTIN, Lots: []string{"A", "B"}}
	some := Recall{GTIN: testGTIN, Lines: []Line{{testGTIN, "A", 3, 2}, {testGTIN, "B", 0, 1}, {testGTIN, "A", 7, 1}}}
	for name, test := range map[string]struct{ got, want []Line }{
		"a lot":          {lots.Scope("A", 9), []Line{{testGTIN, "A", 0, 9}}},
		"another lot":    {lots.Scope("C", 9), nil},
		"lines of a lot": {some.Scope("A", 9), []Line{{testGTIN, "A", 3, 2}, {testGTIN, "A", 7, 1}}},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestParseGTIN(t *testing.T) {
	for in, want := range map[string]struct {
		gtin string
		code Code
	}{
		"6998801000012": {testGTIN, ""}, testGTIN: {testGTIN, ""}, "40170725": {"00000040170725", ""},
		"": {"", GTINMissing}, "6998801000013": {"", GTINCheckDigit}, "699880100002": {"", GTINCheckDigit},
		"6.9988E+12": {"", GTINInvalid}, "６９９８８０１０００１２": {"", GTINInvalid}, "00000000": {"", GTINInvalid},
	} {
		if got, err := ParseGTIN(in); got != want.gtin || CodeOf(err) != want.code {
			t.Errorf("%q: %q %v", in, got, err)
		}
	}
}
