package wording

import (
	"strings"
	"testing"
	"testing/fstest"
)

func files(texts map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for lang, content := range texts {
		m["texts/"+lang+".json"] = &fstest.MapFile{Data: []byte(content)}
	}
	return m
}

const (
	zhTexts = `{"hello": "您好", "seen": "{{.who}} 在 {{.cities}} 个城市查询过"}`
	enTexts = `{"hello": "Hello", "seen": "{{.who}} asked in {{count \"n.city\" .cities}}", "n.city": {"one": "{{.n}} city", "other": "{{.n}} cities"}}`
)

type worded map[string]string

func (w worded) In(lang string) string { return w[lang] }

func TestMessages(t *testing.T) {
	// Polish has four plural forms, and is one more file.
	polish := `{"hello": "Dzień dobry", "seen": "{{.who}} pyta w {{count \"n.city\" .cities}}",
		"n.city": {"one": "{{.n}} mieście", "few": "{{.n}} miastach", "many": "{{.n}} miastach", "other": "{{.n}} miasta"}}`
	c := MustLoad(files(map[string]string{Chinese: zhTexts, English: enTexts, "pl": polish}), "texts")
	who := worded{Chinese: "张三", English: "Zhang", "pl": "Zhang"}
	for _, say := range []struct {
		key, lang string
		cities    int
		want      string
	}{
		{"hello", Chinese, 0, "您好"}, {"hello", "", 0, "您好"}, {"hello", "zh-TW", 0, "您好"}, {"hello", "en-GB", 0, "Hello"}, {"hello", "ja", 0, "Hello"},
		{"hello", "pl", 0, "Dzień dobry"}, {"hello", "pl-PL", 0, "Dzień dobry"},
		{"seen", Chinese, 1, "张三 在 1 个城市查询过"}, {"seen", English, 1, "Zhang asked in 1 city"}, {"seen", "fr", 3, "Zhang asked in 3 cities"},
		{"seen", "pl", 1, "Zhang pyta w 1 mieście"}, {"seen", "pl", 22, "Zhang pyta w 22 miastach"},
	} {
		if got := c.Message(say.key).With(Args{"who": who, "cities": say.cities}).In(say.lang); got != say.want {
			t.Errorf("%s in %q: %q, want %q", say.key, say.lang, got, say.want)
		}
	}
	if unused := c.Unused(); len(unused) > 0 {
		t.Errorf("%q", unused)
	}
	if c.Choose("pl-PL,en;q=0.5") != "pl" || c.Choose("ja") != English || c.Choose("") != Chinese {
		t.Error("the further language is not chosen, or by others")
	}
}

func TestUnused(t *testing.T) {
	c := MustLoad(files(map[string]string{Chinese: zhTexts, English: enTexts}), "texts")
	c.Message("hello")
	if got := strings.Join(c.Unused(), " "); got != "n.city seen" {
		t.Errorf("unused: %s", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a text that is not there is given")
		}
	}()
	c.Message("goodbye")
}

// Such a catalogue stops the program that has it.
func TestBadCatalogues(t *testing.T) {
	for name, c := range map[string]struct {
		texts map[string]string
		says  string
	}{
		"no Chinese":         {map[string]string{English: enTexts}, "missing"},
		"a key too few":      {map[string]string{Chinese: `{"hello": "您好"}`, English: enTexts}, "seen"},
		"a key too many":     {map[string]string{Chinese: strings.Replace(zhTexts, "{", `{"bye": "再见", `, 1), English: enTexts}, "bye"},
		"another fact":       {map[string]string{Chinese: strings.Replace(zhTexts, ".who", ".whom", 1), English: enTexts}, "seen"},
		"a noun too few":     {map[string]string{Chinese: zhTexts, English: strings.Replace(enTexts, `"n.city":`, `"n.town":`, 1)}, "n.city"},
		"an empty text":      {map[string]string{Chinese: strings.Replace(zhTexts, "您好", "", 1), English: enTexts}, "hello"},
		"an open brace":      {map[string]string{Chinese: strings.Replace(zhTexts, "}}", "}", 1), English: enTexts}, "seen"},
		"an unknown word":    {map[string]string{Chinese: strings.Replace(zhTexts, "{{.who}}", "{{shout .who}}", 1), English: enTexts}, "seen"},
		"a condition":        {map[string]string{Chinese: zhTexts, English: strings.Replace(enTexts, "{{.who}}", "{{if .who}}{{.who}}{{end}}", 1)}, "seen"},
		"a pipe":             {map[string]string{Chinese: zhTexts, English: strings.Replace(enTexts, "{{.who}}", "{{.who | lower}}", 1)}, "seen"},
		"a key twice":        {map[string]string{Chinese: zhTexts, English: strings.Replace(enTexts, "{", `{"hello": "Hi", `, 1)}, "hello"},
		"not JSON":           {map[string]string{Chinese: zhTexts, English: "{"}, "en.json"},
		"a third, half done": {map[string]string{Chinese: zhTexts, English: enTexts, "pl": `{"hello": "Dzień dobry"}`}, "pl"},
	} {
		if _, err := load(files(c.texts), "texts"); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkMessage(b *testing.B) {
	c := MustLoad(files(map[string]string{Chinese: zhTexts, English: enTexts}), "texts")
	for name, m := range map[string]*Message{"plain": c.Message("hello"), "with facts": c.Message("seen").With(Args{"who": "Zhang", "cities": 3})} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				m.In(English)
			}
		})
	}
}
