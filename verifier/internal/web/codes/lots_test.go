package codes_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Genuine goods are found however many letters of their lot were carried in
// another case, or as 0 for O, and a forged code of such a lot is refused.
func TestLotsCarriedInOtherLetters(t *testing.T) {
	w := verifiertest.New(t)
	const lot = "AbCdEfGhIjKlMnOpQ0o/"
	path := w.Batch(trace.Batch{Lot: lot, ExpiresOn: "2030-01-01"}).OnSale().Path(7)
	twin := w.Batch(trace.Batch{Lot: strings.ToLower(lot), ExpiresOn: "2030-01-01"}).OnSale().Path(7)
	c := webtest.New(t, w)
	for _, path := range []string{path, twin} {
		serial := path[strings.LastIndex(path, "/")+1:]
		for _, spelt := range []string{lot, strings.ToUpper(lot), strings.ToLower(lot), "aBcDeFgHiJkLmNoPqOO/", "ABCDEFGHIJKLMN0PQ00/"} {
			carried := pathOfSerial(spelt, serial)
			if a := c.Verdict(carried); a.Verdict != verdict.Genuine {
				t.Errorf("%s: %s", carried, a.Verdict)
			}
			if a := c.Verdict(carried[:len(carried)-4] + "0000"); a.Verdict != verdict.NotRecognised {
				t.Errorf("forged: %s", a.Verdict)
			}
		}
	}
}

// lotSource is a ledger with so many blocks of lots, or one that cannot be read.
type lotSource struct {
	codes.SerialSource
	blocks int64
	level  time.Time
	err    error
}

func (s lotSource) ListedBatches(context.Context) ([]trace.Batch, error) { return nil, nil }

func (s lotSource) OddLots(_ context.Context, from int64, walk func(gtin, lot string)) (int64, time.Time, error) {
	walk(verifiertest.GTIN, fmt.Sprint("Lot", from))
	return min(from+1, s.blocks), s.level, s.err
}

// The lots that are known are all there are only once each block was read, of a
// read model that was level with the ledger, not long ago.
func TestLotsAreWhole(t *testing.T) {
	now := time.Now()
	for name, c := range map[string]struct {
		source lotSource
		lots   int
		whole  bool
	}{
		"read":         {lotSource{blocks: 3, level: now}, 4, true},
		"behind":       {lotSource{blocks: 3, level: now.Add(-2 * codes.LotsHold)}, 4, false},
		"without them": {lotSource{blocks: 3, level: now, err: errors.New("away")}, 1, false},
	} {
		s := codes.NewSerials(c.source)
		if err := s.Read(t.Context()); !errors.Is(err, c.source.err) {
			t.Errorf("%s: %v", name, err)
		}
		book := codes.Book{Serials: s, Now: time.Now}
		found := 0
		for i := range 5 {
			lots, whole := book.LikeLots(verifiertest.GTIN, fmt.Sprint("LOT", i))
			if found += len(lots); whole != c.whole {
				t.Errorf("%s: whole is %v", name, whole)
			}
		}
		if found != c.lots {
			t.Errorf("%s: %d lots", name, found)
		}
	}
}
