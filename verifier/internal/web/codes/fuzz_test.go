package codes

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// bareBook reads codes and has no database.
func bareBook(f *testing.F) *Book {
	keys, err := seal.ReadKeyring(verifiertest.MasterKeys)
	if err != nil {
		f.Fatal(err)
	}
	return &Book{Keys: keys, Base: "trace.example.com", Log: slog.New(slog.DiscardHandler), Now: time.Now}
}

// issued gives a code of the bare book.
func issued(f *testing.F, b *Book) Code {
	keys, err := b.Keys.Batch(b.Keys.Current(), verifiertest.GTIN, "L1")
	if err != nil {
		f.Fatal(err)
	}
	u, err := keys.Unit(7)
	if err != nil {
		f.Fatal(err)
	}
	return Code{Unit: verdict.Unit{GTIN: verifiertest.GTIN, Lot: "L1", Index: 7}, Serial: u.Serial}
}

// Whatever path and URI are read, a code that is taken is one that was issued,
// and its canonical path says the same.
func FuzzReadCode(f *testing.F) {
	b := bareBook(f)
	good := issued(f, b).Path()
	for _, seed := range []string{good, strings.ToLower(good), good + "/", good + "?x", "https://x" + good, "/01/%", "/01/1/10/%2F/21/%00", strings.Replace(good, "L1", "%4C1", 1), "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range []Code{b.ReadPath(text), b.ReadURI(text)} {
			if c.State == verdict.CodeNotIssued || c.State == verdict.CodeIncomplete {
				if c.Serial != "" || c.Unit != (verdict.Unit{}) {
					t.Errorf("%q: %+v of a code that was not issued", text, c)
				}
				continue
			}
			if again := b.ReadPath(c.Path()); again != c {
				t.Errorf("%q is %+v, and its own path is %+v", text, c, again)
			}
		}
	})
}
