package proof

import (
	"encoding/hex"
	"errors"
	"fmt"
	"testing"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
)

// anchored gives the digests of n entries with their root, computed by the
// library and not by this package.
func anchored(t testing.TB, n int) ([][]byte, string) {
	t.Helper()
	r := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	var digests [][]byte
	for i := range n {
		d := LogDigest(salt(i), fmt.Sprint("entry ", i))
		digests = append(digests, d[:])
		if err := r.Append(rfc6962.DefaultHasher.HashLeaf(d[:]), nil); err != nil {
			t.Fatal(err)
		}
	}
	root, err := r.GetRootHash(nil)
	if err != nil {
		t.Fatal(err)
	}
	return digests, hex.EncodeToString(root)
}

func salt(i int) []byte { return []byte(fmt.Sprintf("%032d", i)) }

func entry(digests [][]byte, root string, i int) Entry {
	return Entry{
		Log:    "reviews",
		Seq:    100 + int64(i),
		From:   100,
		To:     100 + int64(len(digests)),
		Digest: hex.EncodeToString(digests[i]),
		Salt:   hex.EncodeToString(salt(i)),
		Text:   fmt.Sprint("entry ", i),
		Path:   Path(digests, i),
		Root:   root,
	}
}

func TestEveryEntryOfEverySize(t *testing.T) {
	for n := 1; n <= 33; n++ {
		digests, root := anchored(t, n)
		for i := range n {
			if err := entry(digests, root, i).Check(); err != nil {
				t.Errorf("entry %d of %d: %v", i, n, err)
			}
		}
	}
}

// Whatever is changed in an entry or its proof shows.
func TestTampering(t *testing.T) {
	digests, root := anchored(t, 11)
	other, _ := anchored(t, 12)
	for name, change := range map[string]func(*Entry){
		"its text":          func(e *Entry) { e.Text = "entry 8" },
		"its salt":          func(e *Entry) { e.Salt = hex.EncodeToString(salt(8)) },
		"text and digest":   func(e *Entry) { e.Text = "x"; d := LogDigest(salt(7), "x"); e.Digest = hex.EncodeToString(d[:]) },
		"its digest":        func(e *Entry) { e.Text, e.Digest = "", hex.EncodeToString(digests[8]) },
		"its place":         func(e *Entry) { e.Seq++ },
		"a place outside":   func(e *Entry) { e.Seq = 99 },
		"the anchor's size": func(e *Entry) { e.To = e.Seq + 1 },
		"the path":          func(e *Entry) { e.Path = Path(other, 7) },
		"a missing step":    func(e *Entry) { e.Path = e.Path[1:] },
		"the root":          func(e *Entry) { e.Root = e.Path[0] },
		"not even hex":      func(e *Entry) { e.Path[0] = "x" },
		"no digest":         func(e *Entry) { e.Digest = "" },
	} {
		e := entry(digests, root, 7)
		change(&e)
		if err := e.Check(); !errors.Is(err, ErrMismatch) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Without text and salt the digest alone is proved, and says nothing.
func TestDigestAlone(t *testing.T) {
	digests, root := anchored(t, 5)
	e := entry(digests, root, 3)
	e.Text, e.Salt = "", ""
	if err := e.Check(); err != nil {
		t.Error(err)
	}
}
