package translog_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	checkpoints "github.com/transparency-dev/formats/log"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/touchstone-trace/touchstone/verifier/rules/translog"
)

const origin = "log.example/anchors"

func newLog(t testing.TB, entries int) *translog.Log {
	t.Helper()
	seed := sha256.Sum256([]byte("seed"))
	l, err := translog.New(origin, seed[:])
	if err != nil {
		t.Fatal(err)
	}
	add(t, l, 0, entries)
	return l
}

func add(t testing.TB, l *translog.Log, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		if err := l.Add(entry(i)); err != nil {
			t.Fatal(err)
		}
	}
}

func entry(i int) []byte { return fmt.Appendf(nil, "entry %d", i) }

// tiles reads a log's tiles as Go's client of such logs asks for them.
type tiles struct {
	*testing.T
	*translog.Log
}

func (tiles) Height() int                     { return 8 }
func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(all []tlog.Tile) ([][]byte, error) {
	var contents [][]byte
	for _, tile := range all {
		path := strings.TrimPrefix(tile.Path(), "tile/8/") // tlog-tiles leaves the height out
		content, _ := t.Tile(path)
		if content == nil {
			return nil, fmt.Errorf("no tile %s", path)
		}
		contents = append(contents, content)
	}
	return contents, nil
}

// tree opens the checkpoint as witnesses do.
func tree(t *testing.T, l *translog.Log) tlog.Tree {
	t.Helper()
	key, err := note.NewVerifier(l.Key())
	if err != nil {
		t.Fatal(err)
	}
	c, _, _, err := checkpoints.ParseCheckpoint(l.Checkpoint(), origin, key)
	if err != nil {
		t.Fatal(err)
	}
	return tlog.Tree{N: int64(c.Size), Hash: tlog.Hash(c.Hash)}
}

// Public clients read every entry from the tiles, prove it under the signed checkpoint, and prove each later tree to
// hold the earlier one.
func TestPublicClientsFollowIt(t *testing.T) {
	sizes := []int{1, 2, 7, 255, 256, 257, 600}
	l := newLog(t, 0)
	var before tlog.Tree
	for _, size := range sizes {
		add(t, l, l.Size(), size)
		now := tree(t, l)
		if now.N != int64(size) {
			t.Fatalf("the checkpoint is of %d entries, not of %d", now.N, size)
		}
		reader := tlog.TileHashReader(now, tiles{t, l})
		for i := range size {
			if i > 2 && i < size-2 && i%50 > 0 {
				continue
			}
			path, err := tlog.ProveRecord(now.N, int64(i), reader)
			if err == nil {
				err = tlog.CheckRecord(path, now.N, now.Hash, int64(i), tlog.RecordHash(read(t, l, size, i)))
			}
			if err != nil {
				t.Errorf("entry %d of %d: %v", i, size, err)
			}
		}
		if before.N > 0 {
			path, err := tlog.ProveTree(now.N, before.N, reader)
			if err == nil {
				err = tlog.CheckTree(path, now.N, now.Hash, before.N, before.Hash)
			}
			if err != nil {
				t.Errorf("%d after %d: %v", size, before.N, err)
			}
		}
		before = now
	}
}

// read takes an entry from its bundle.
func read(t *testing.T, l *translog.Log, size, i int) []byte {
	t.Helper()
	path := fmt.Sprintf("entries/%03d", i/256)
	if w := size - i/256*256; w < 256 {
		path += fmt.Sprintf(".p/%d", w)
	}
	bundle, _ := l.Tile(path)
	for range i % 256 {
		bundle = bundle[2+binary.BigEndian.Uint16(bundle):]
	}
	e := bundle[2 : 2+binary.BigEndian.Uint16(bundle)]
	if !bytes.Equal(e, entry(i)) {
		t.Errorf("entry %d is %q", i, e)
	}
	return e
}

// What was signed with the key is no other log's, and no other text.
func TestAnotherLogIsNotTaken(t *testing.T) {
	l := newLog(t, 3)
	key, err := note.NewVerifier(l.Key())
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(l.Checkpoint(), []byte("\n3\n"), []byte("\n4\n"), 1)
	if _, _, _, err := checkpoints.ParseCheckpoint(changed, origin, key); err == nil {
		t.Error("a changed checkpoint is taken")
	}
	if _, _, _, err := checkpoints.ParseCheckpoint(l.Checkpoint(), "other.example", key); err == nil {
		t.Error("another log's checkpoint is taken")
	}
}

// Only paths of tiles that there are have one, and only full ones stay.
func TestTiles(t *testing.T) {
	l := newLog(t, 300)
	for path, want := range map[string]string{
		"0/000":                     "whole",
		"0/001.p/44":                "part",
		"0/001.p/7":                 "part",
		"1/000.p/1":                 "part",
		"entries/000":               "whole",
		"entries/001.p/9":           "part",
		"0/000.p/255":               "part",
		"0/001":                     "",
		"0/001.p/45":                "",
		"0/002.p/1":                 "",
		"0/000.p/256":               "",
		"0/000.p/0":                 "",
		"0/000.p/007":               "",
		"1/000":                     "",
		"2/000.p/1":                 "",
		"-1/000":                    "",
		"00/000":                    "",
		"0/0":                       "",
		"0/x000/000":                "",
		"0/x001/000":                "",
		"0/999/000":                 "",
		"0/+01":                     "",
		"0":                         "",
		"":                          "",
		"entries":                   "",
		"entries/../000":            "",
		"0/x999/x999/x999/x999/999": "",
	} {
		content, whole := l.Tile(path)
		got := map[bool]string{true: "whole", false: "part"}[whole]
		if content == nil {
			got = ""
		}
		if got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

func FuzzTile(f *testing.F) {
	f.Add("0/x001/067.p/3")
	l := newLog(f, 300)
	f.Fuzz(func(t *testing.T, path string) {
		if content, whole := l.Tile(path); whole && content == nil {
			t.Error("a tile of nothing")
		}
	})
}
