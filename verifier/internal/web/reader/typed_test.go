package reader_test

import (
	"net/url"
	"os"
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/reader"
)

var ownInTests = []string{"trace.example.com", "localhost:8090"}

// The phone's judge, over the same cases.
func TestReadLabelOnThePhone(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("no node on this machine")
	}
	run := exec.Command(node, "--test", "--test-reporter=spec", "testdata/reader.test.mjs")
	if out, err := run.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// Fields are blamed one by one, and what people do when they type is forgiven.
func TestReadTyped(t *testing.T) {
	const serial, path = "0123456789ABCDEFGHJK", "/01/06998801000036/10/202610A/21/0123456789ABCDEFGHJK"
	fields := func(gtin, lot, serial string) url.Values {
		return url.Values{"gtin": {gtin}, "lot": {lot}, "serial": {serial}}
	}
	for _, c := range []struct {
		typed  url.Values
		path   string
		faults map[string]string
	}{
		{fields("6998801000036", "202610A", serial), path, nil},
		{fields(" 69988-0100003 6", " 202610A ", "o123 4567-89ab cdef-ghjk"), path, nil},
		{fields("６９９８８０１００００３６", "２０２６１０Ａ", "０I23456789ABCDEFGHJK"), path, nil},
		{fields("69988O1000036", "202610A", serial), path, nil},
		{fields("", "", ""), "", map[string]string{"gtin": "gtinMissing", "lot": "lotMissing", "serial": "serialMissing"}},
		{fields("6998801000037", "批号", serial[1:]), "", map[string]string{"gtin": "gtinCheck", "lot": "lotForm", "serial": "serialLength"}},
		{fields("6998801000036", "202610A", "U123456789ABCDEFGHJK"), "", map[string]string{"serial": "serialLetters"}},
		{fields("6998801000036", "202610A", serial+"0"), "", map[string]string{"serial": "serialLength"}},
		{url.Values{"uri": {"（01）06998801000036（10）202610A（21）0123456789ABCDEFGHJK"}}, path, nil},
		{url.Values{"uri": {"https://trace.example.com" + path}}, path, nil},
		{url.Values{"uri": {"https://elsewhere.example" + path}}, "", map[string]string{"uri": "foreign"}},
		{url.Values{"uri": {"https://trace.example.com/01/06998801000037/10/1/21/1"}}, "", map[string]string{"uri": "gtinCheck"}},
	} {
		got, faults := (&reader.Handler{Codes: &codes.Book{Base: ownInTests[0]}}).ReadTyped(c.typed)
		if got != c.path || !cmp.Equal(faults, c.faults) {
			t.Errorf("%v: %q %v, want %q %v", c.typed, got, faults, c.path, c.faults)
		}
		for _, fault := range faults {
			if text := reader.Faults[fault]; text.ZhCN == "" || text.En == "" {
				t.Errorf("%s: %+v", fault, text)
			}
		}
	}
}
