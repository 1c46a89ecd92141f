package store

import (
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// A cursor is one that was given out, or is refused by name.
func FuzzSplitCursor(f *testing.F) {
	for _, seed := range []string{"", "2026-11-03 10:00:00+00|a|b", "2026-11-03 10:00:00.123456+00|", "infinity|x|y", "|||", "'; drop table app.account; --|a|b", "\x00"} {
		f.Add(seed, 2)
		f.Add(seed, 3)
	}
	f.Fuzz(func(t *testing.T, after string, parts int) {
		if parts < 1 || parts > 5 {
			return
		}
		keys, err := splitCursor(after, parts)
		if err != nil {
			if trace.CodeOf(err) != trace.FieldInvalid || after != "" && len(after) > 8 && strings.Contains(err.Error(), after) {
				t.Errorf("%q: %v", after, err)
			}
			return
		}
		if len(keys) != parts {
			t.Fatalf("%q: %q", after, keys)
		}
		if _, err := time.Parse("2006-01-02 15:04:05.999999Z07", keys[0]); err != nil && keys[0] != "infinity" {
			t.Errorf("%q: %q is no time", after, keys[0])
		}
	})
}
