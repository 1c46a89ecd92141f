package webtest

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
)

// WithLedger puts a ledger in the place of the one that takes everything.
func WithLedger(l *Ledger) func(*web.Options) {
	return func(o *web.Options) { o.Activator = l }
}

// ForgedSerial is nobody's.
const ForgedSerial = "00000000000000000000"

// Forged is the path of a code that nobody issued, of a batch that there is.
func Forged(b verifiertest.Batch) string {
	good := b.Path(7)
	return good[:len(good)-len(ForgedSerial)] + ForgedSerial
}

// Count asks the database for a number.
func Count(t testing.TB, w *verifiertest.World, query string) (n int) {
	t.Helper()
	if err := w.DB.QueryRowContext(context.Background(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Zipped is how long something is when it is compressed, in bytes.
func Zipped(t testing.TB, b []byte) int {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err := z.Write(b)
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

// Word gives a text from whichever room's catalogue has it. A test runs in its package's folder,
// which is a room's or web's.
func Word(t testing.TB, key string) trace.Text {
	t.Helper()
	say := func(lang string) string {
		var said []string
		for _, pattern := range []string{"*/texts/", "../*/texts/"} {
			files, _ := filepath.Glob(pattern + lang + ".json") // the pattern is well formed
			for _, file := range files {
				var all map[string]any
				content, err := os.ReadFile(file)
				if err == nil {
					err = json.Unmarshal(content, &all)
				}
				if err != nil {
					t.Fatal(err)
				}
				if s, is := all[key].(string); is {
					said = append(said, s)
				}
			}
		}
		if len(said) != 1 {
			t.Fatalf("%d texts %s: %q", len(said), key, strings.Join(said, " / "))
		}
		return said[0]
	}
	return trace.Text{ZhCN: say("zh-CN"), En: say("en")}
}

// AnchorAll numbers a log's entries and anchors them in two steps, as the
// gateway does, and gives how many there are.
func AnchorAll(t testing.TB, w *verifiertest.World, log string) (n int64) {
	t.Helper()
	w.Exec(
		`update app.log_entry e set seq = x.n from (select ref, row_number() over (order by id) - 1 as n from app.log_entry where log = $1) x where x.ref = e.ref`,
		log,
	)
	if err := w.DB.QueryRow(`select count(*) from app.log_entry where log = $1`, log).Scan(&n); err != nil {
		t.Fatal(err)
	}
	for _, span := range [][2]int64{{0, n / 2}, {n / 2, n}} {
		if span[0] < span[1] {
			w.Anchor(log, span[0], span[1])
		}
	}
	return n
}
