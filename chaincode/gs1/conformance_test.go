package gs1

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// vectors reads a file of GS1's own test vectors, which lie beside the repository and not in it.
func vectors[T any](t *testing.T, name string) []T {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "conformance", name)
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		t.Skipf("%s is absent: GS1's vectors are not checked here", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	var list []T
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatalf("%s holds no vectors", path)
	}
	return list
}

// flags are the options of the reference engine as the vectors name them. Validation of unknown
// attributes is on unless a vector turns it off. A flag that is not listed here fails the test
// rather than being ignored.
type flags map[string]bool

func (f flags) options(t *testing.T) Options {
	t.Helper()
	var opt Options
	for name, on := range f {
		switch name {
		case "permitConvenienceAlphas":
			opt.ConvenienceAlphas = on
		case "permitZeroSuppressedGTIN":
			opt.ZeroSuppressedGTIN = on
		case "permitUnknownAIs":
			opt.UnknownAIs = on
		case "gs1_encoder_vUNKNOWN_AI_NOT_DL_ATTR":
			opt.UnknownAttributes = !on
		default:
			t.Fatalf("the vectors use a flag that this test does not know: %s", name)
		}
	}
	return opt
}

func TestParseLinkGivesTheElementStringsOfTheReferenceEngine(t *testing.T) {
	type vector struct {
		OK      bool
		URI     string
		Element string `json:"element_string"`
		Flags   flags
	}
	for _, v := range vectors[vector](t, "digital-link/parse.json") {
		es, err := ParseLink(v.URI, v.Flags.options(t))
		if (err == nil) != v.OK {
			t.Errorf("%q: ok is %t, want %t: %v", v.URI, err == nil, v.OK, err)
		}
		if v.OK && es.ElementString() != v.Element {
			t.Errorf("%q: gives %q, want %q", v.URI, es.ElementString(), v.Element)
		}
	}
}

func TestLinkGivesTheURIsOfTheReferenceEngine(t *testing.T) {
	type vector struct {
		OK            bool
		Stem, AI, URI string
		Flags         flags
	}
	for _, v := range vectors[vector](t, "digital-link/generate.json") {
		opt := v.Flags.options(t)
		es, err := ParseBracketed(v.AI, opt)
		if err != nil {
			t.Errorf("%s: %v", v.AI, err)
			continue
		}
		uri, err := es.Link(v.Stem, opt)
		if (err == nil) != v.OK || uri != v.URI {
			t.Errorf("%s: gives %q, %v; want %q", v.AI, uri, err, v.URI)
		}
	}
}

func TestEmbeddedDictionaryIsTheOneInTheConformanceMaterial(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "conformance", "gs1", "gs1-syntax-dictionary.txt")
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		t.Skipf("%s is absent", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	if string(data) != dictionaryText {
		t.Error("data/gs1-syntax-dictionary.txt differs from GS1's")
	}
}
