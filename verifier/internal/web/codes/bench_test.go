package codes_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// What codes cost without a query: a genuine one; a forged one, whose lot is also tried in other
// spellings; forged ones of lots that were never asked for.
func BenchmarkForgedCode(b *testing.B) {
	w := verifiertest.New(b)
	serials := codes.NewSerials(w.Store)
	if err := serials.Read(b.Context()); err != nil {
		b.Fatal(err)
	}
	book := &codes.Book{Keys: w.Codes, Serials: serials, Log: slog.New(slog.DiscardHandler), Now: time.Now}
	genuine := w.Batch(trace.Batch{Lot: "202610A"}).Path(7)
	forged := func(lot string) string { return "/01/" + verifiertest.GTIN + "/10/" + lot + "/21/0123456789ABCDEFGHJK" }
	for name, path := range map[string]func(i int) string{
		"genuine": func(int) string { return genuine }, "forged": func(int) string { return forged("202610A") },
		"lot of digits": func(int) string { return forged("123") }, "many lots": func(i int) string { return forged(fmt.Sprintf("A%d", 10_000+i)) },
	} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if (book.ReadPath(path(i)).State == verdict.CodeIssued) != (name == "genuine") {
					b.Fatal("a code is judged wrong")
				}
			}
		})
	}
}

// The proof that a code is a leaf of its batch's tree, the tree being in memory.
func BenchmarkMembership(b *testing.B) {
	w := verifiertest.New(b)
	batch := w.Batch(trace.Batch{Lot: "L1", Quantity: 100_000})
	book := codes.NewBook(codes.Book{Keys: w.Checking, Log: slog.New(slog.DiscardHandler), Now: time.Now}, w.Store)
	asked := book.ReadPath(batch.Path(77_777))
	for b.Loop() {
		if _, m := book.Membership(context.Background(), asked, batch.Batch); m != verdict.MembershipProved {
			b.Fatal(m)
		}
	}
}
