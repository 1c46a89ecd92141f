package store

import (
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// A cursor has a value for each column of its order, or is refused by name.
func FuzzCursor(f *testing.F) {
	for _, seed := range []string{"", "x", "eyJzIjoiIiwidiI6WyJhIiwiYiJdfQ", "eyJzIjoiIiwidiI6W119", "eyJ2IjpudWxsfQ", "\x00", strings.Repeat("A", 600)} {
		f.Add(seed, "")
		f.Add(seed, "-dispatchedAt")
	}
	f.Fuzz(func(t *testing.T, after, sort string) {
		var w where
		_, _, err := shipments.page(w, record.Paging{After: after, Sort: sort, Limit: 1})
		if err != nil && trace.CodeOf(err) != trace.FieldInvalid {
			t.Errorf("%q by %q: %v", after, sort, err)
		}
		by, _, err := shipments.orderOf(sort)
		if err != nil || after == "" {
			return
		}
		if err := afterCursor(&w, by, "<", record.Paging{After: after, Sort: sort}); err == nil &&
			len(w.args) != len(by) {
			t.Errorf("%q by %q: %d values for %d columns", after, sort, len(w.args), len(by))
		}
	})
}
