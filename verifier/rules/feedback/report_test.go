package feedback

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// What a hostile code says is seen for what it is.
func TestCodeText(t *testing.T) {
	for said, want := range map[string]string{
		"/01/06998801000036/10/L1/21/0K7QX2M0K7QX2M0K7QX2": "/01/06998801000036/10/L1/21/0K7QX2M0K7QX2M0K7QX2",
		" 扫码领红包 https://hb.example/?id=7 ":                 "扫码领红包 https://hb.example/?id=7",
		"https://tr\u0430ce.example.com/":                  "https://tr‹430›ce.example.com/",
		"\uff10\uff11":                                     "‹FF10›‹FF11›",
		"a\r\nSet-Cookie: x=1":                             "a‹D›‹A›Set-Cookie: x=1",
		"a\x00b\x1b[2J\x7f":                                "a‹0›b‹1B›[2J‹7F›",
		"\u202egnp.exe\u200b":                              "‹202E›gnp.exe‹200B›",
		"\xff\xfeL1":                                       "‹FFFD›‹FFFD›L1",
		"‹430›":                                            "‹2039›430‹203A›",
		"😀":                                                "‹1F600›",
		" \t\r\n":                                          "",
		strings.Repeat("9", MaxCode):                       strings.Repeat("9", MaxCode),
		strings.Repeat("9", 10<<10):                        strings.Repeat("9", MaxCode) + "…",
		strings.Repeat("9", MaxCode-2) + "é":               strings.Repeat("9", MaxCode-2) + "…",
	} {
		if got := CodeText(said); got != want {
			t.Errorf("%.60q: %q, want %q", said, got, want)
		}
	}
}

// Whatever a code says, what is kept of it is short, plain and the same again.
func FuzzCodeText(f *testing.F) {
	for _, seed := range []string{"", "/01/%ff", "\xff\xfe", "a\r\nb", "\u202e", "‹430›", strings.Repeat("😀", 300), "扫码"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, said string) {
		got := CodeText(said)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > MaxCode+1 || got != CodeText(said) {
			t.Errorf("%q: %q", said, got)
		}
		if strings.ContainsFunc(got, func(r rune) bool {
			return r > '~' && !unicode.Is(unicode.Han, r) && !strings.ContainsRune("‹›…", r) || r < ' '
		}) {
			t.Errorf("%q: %q has a character that is not spelt out", said, got)
		}
	})
}

// A report says where or what, each within its bounds.
func TestNewReport(t *testing.T) {
	long := func(n int) string { return strings.Repeat("长", n) }
	for name, x := range map[string]struct{ code, place, text, contact, field string }{
		"all":               {"x", " 某店\n二楼 ", "瓶身\r\n模糊", "wx", ""},
		"only where":        {"x", "某店", "", "", ""},
		"only what":         {"x", "", "某事", "", ""},
		"at their bounds":   {"x", long(MaxPlace), long(MaxReport), long(MaxContact), ""},
		"neither":           {"x", " ", "\n", "wx", "text"},
		"no code":           {" \n", "某店", "", "", "code"},
		"a long place":      {"x", long(MaxPlace + 1), "", "", "place"},
		"a long text":       {"x", "", long(MaxReport + 1), "", "text"},
		"a long contact":    {"x", "某店", "", long(MaxContact + 1), "contact"},
		"control character": {"x", "a\x00", "", "", "place"},
		"not UTF-8":         {"x", "", "\xff", "", "text"},
	} {
		r, token, err := NewReport(x.code, x.place, x.text, x.contact)
		if field := fieldOf(err); field != x.field {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil &&
			(HashToken(token) != r.TokenHash || r.ID[0] != 'R' || strings.Contains(r.Place+r.Contact, "\n")) {
			t.Errorf("%s: %+v", name, r)
		}
	}
	one, _, _ := NewReport("x", "", "a", "")
	same, _, _ := NewReport(" x ", "b", "", "")
	other, _, _ := NewReport("y", "", "a", "")
	if one.CodeID != same.CodeID || one.CodeID == other.CodeID || one.ID == same.ID {
		t.Errorf("%s %s %s", one.CodeID, same.CodeID, other.CodeID)
	}
}

func fieldOf(err error) string {
	var e *trace.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}
