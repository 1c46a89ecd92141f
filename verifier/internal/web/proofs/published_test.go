package proofs_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	checkpoints "github.com/transparency-dev/formats/log"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/proofs"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/translog"
)

const origin = "trace.example.com/anchors"

// publishing has the anchors published, and looks anew at each request.
func publishing(t *testing.T, source proofs.Anchors) func(*web.Options) {
	l, err := translog.New(origin, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	return func(o *web.Options) {
		o.Published = &proofs.Published{
			Log:    l,
			Source: source,
			Now:    func() time.Time { now = now.Add(time.Minute); return now },
		}
	}
}

// client reads tiles over HTTP as Go's client of such logs asks for them.
type client struct{ get func(string) (int, []byte) }

func (client) Height() int                     { return 8 }
func (client) SaveTiles([]tlog.Tile, [][]byte) {}
func (c client) ReadTiles(all []tlog.Tile) (contents [][]byte, err error) {
	for _, tile := range all {
		code, content := c.get("/anchors/" + strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if code != http.StatusOK {
			return nil, fmt.Errorf("%s: %d", tile.Path(), code)
		}
		contents = append(contents, content)
	}
	return contents, nil
}

// The anchors of all logs are read and proved by public clients, and what was published once stays, whatever becomes
// of the database.
func TestAnchorsArePublished(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w, publishing(t, w.Store))
	get := func(path string) (int, []byte) {
		rec := c.Get(path)
		return rec.Code, rec.Body.Bytes()
	}
	tree := func() tlog.Tree {
		t.Helper()
		_, text := get("/anchors/key")
		key, err := note.NewVerifier(strings.TrimSpace(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		_, signed := get("/anchors/checkpoint")
		at, _, _, err := checkpoints.ParseCheckpoint(signed, origin, key)
		if err != nil {
			t.Fatal(err)
		}
		return tlog.Tree{N: int64(at.Size), Hash: tlog.Hash(at.Hash)}
	}
	if n := tree().N; n != 0 {
		t.Fatalf("%d anchors before there is one", n)
	}
	for i := range int64(4) {
		c.Review(b.Path(i), c.Token(b.Path(i)), 4, fmt.Sprint("第几条评价呢，这是编号 ", i))
		c.Form("/api/v1/complaints", url.Values{"uri": {webtest.Host + b.Path(i)}, "text": {"x"}})
	}
	logs := []string{trace.LogScans, trace.LogReviews, trace.LogComplaints}
	for _, log := range logs[:2] {
		webtest.AnchorAll(t, w, log)
	}
	before := tree()
	webtest.AnchorAll(t, w, logs[2])
	now := tree()
	if before.N != 4 || now.N != 6 {
		t.Fatalf("%d and then %d anchors", before.N, now.N)
	}
	reader := tlog.TileHashReader(now, client{get})
	code, bundle := get("/anchors/tile/entries/000.p/6")
	for i := range now.N {
		size := binary.BigEndian.Uint16(bundle)
		entry := bundle[2 : 2+size]
		bundle = bundle[2+size:]
		path, err := tlog.ProveRecord(now.N, i, reader)
		if err == nil {
			err = tlog.CheckRecord(path, now.N, now.Hash, i, tlog.RecordHash(entry))
		}
		if err != nil || code != http.StatusOK || !strings.Contains(string(entry), `"log":"`+logs[i/2]+`"`) {
			t.Errorf("entry %d, %s: %v", i, entry, err)
		}
	}
	path, err := tlog.ProveTree(now.N, before.N, reader)
	if err == nil {
		err = tlog.CheckTree(path, now.N, now.Hash, before.N, before.Hash)
	}
	if err != nil {
		t.Errorf("the later tree does not hold the earlier one: %v", err)
	}
	w.Exec(`update ledger.anchor set doc = jsonb_set(doc, '{root}', '"00"')`)
	w.Exec(`delete from ledger.anchor where log = 'reviews'`)
	if tree() != now {
		t.Error("what was published has changed with the database")
	}
	if code, _ := get("/anchors/tile/0/001"); code != http.StatusNotFound {
		t.Errorf("a tile that is not there: %d", code)
	}
}

// unreadable anchors are.
type unreadable struct{}

func (unreadable) AnchorsAfter(context.Context, int64, int, int) ([]feedback.Anchored, error) {
	return nil, errors.New("no database")
}

// Where the anchors cannot be read, or are published nowhere, that is what is answered.
func TestAnchorsAreNotPublished(t *testing.T) {
	w := verifiertest.New(t)
	for name, c := range map[string]webtest.Client{
		"nowhere": webtest.New(t, w),
		"no log":  webtest.New(t, w, publishing(t, unreadable{})),
	} {
		for _, path := range []string{"/anchors/checkpoint", "/anchors/tile/0/000"} {
			if rec := c.Get(path); rec.Code != http.StatusServiceUnavailable {
				t.Errorf("%s: %s: %d", name, path, rec.Code)
			}
		}
	}
}
