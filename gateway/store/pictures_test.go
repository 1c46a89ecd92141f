package store_test

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/photo"
)

// gallery is a store of pictures, by names.
type gallery struct {
	t *testing.T
	*store.Store
}

func pictureID(name string) [32]byte { return sha256.Sum256([]byte(name)) }

func (g gallery) exec(statement string) {
	g.t.Helper()
	if err := g.InTx(
		g.t.Context(), func(tx *sql.Tx) error { _, err := tx.ExecContext(g.t.Context(), statement); return err },
	); err != nil {
		g.t.Fatal(err)
	}
}

func (g gallery) upload(party string, names ...string) {
	g.t.Helper()
	for _, name := range names {
		p := record.Picture{
			ID:    pictureID(name),
			Large: photo.Sized{Width: 2, Height: 1, JPEG: []byte(name)},
			Small: photo.Sized{Width: 2, Height: 1, JPEG: []byte(name)},
		}
		if ok, err := g.SavePicture(g.t.Context(), party, "a", p, 300); !ok || err != nil {
			g.t.Fatal(ok, err)
		}
	}
}

// age makes everything that was uploaded older.
func (g gallery) age(days int) {
	g.t.Helper()
	for _, table := range []string{"app.picture", "app.picture_owner"} {
		g.exec(fmt.Sprintf(`update %s set created_at = created_at - interval '%d days'`, table, days))
	}
}

// present saves a draft that shows pictures; false where one of them is gone.
func (g gallery) present(party, gtin string, names ...string) bool {
	g.t.Helper()
	p := content.Presentation{Story: trace.Text{ZhCN: "故事"}}
	for _, name := range names {
		p.Pictures = append(
			p.Pictures, content.Picture{ID: fmt.Sprintf("%x", pictureID(name)), Alt: trace.Text{ZhCN: "图"}},
		)
	}
	ok, err := g.SavePresentation(context.Background(), gtin, party, "a", rand.Text(), p, false, 0)
	if err != nil {
		g.t.Error(err)
	}
	return ok
}

// left is what is kept after housekeeping: "party name" of each picture.
func (g gallery) left() string {
	g.t.Helper()
	if err := g.ForgetPictures(g.t.Context(), 7); err != nil {
		g.t.Fatal(err)
	}
	return g.kept()
}

func (g gallery) kept() (kept string) {
	g.t.Helper()
	if err := g.InTx(context.Background(), func(tx *sql.Tx) error {
		return tx.QueryRow(`select coalesce(string_agg(coalesce(o.party, 'nobody') || ' ' || convert_from(p.data, 'UTF8'), ', ' order by o.party, p.data), '')
			from app.picture p left join app.picture_owner o on o.picture_id = p.id`).
			Scan(&kept)
	}); err != nil {
		g.t.Error(err)
	}
	return kept
}

// A picture that nothing shows goes a week after it was uploaded last; one that
// any version shows stays.
func TestUnusedPicturesGo(t *testing.T) {
	g := gallery{t, storetest.New(t)}
	g.upload("maker", "shown", "unused", "shared", "again")
	g.upload("rival", "shared")
	if !g.present("maker", "1", "shown") || !g.present("rival", "2", "shared") || g.present("rival", "2", "shown") ||
		g.present("maker", "1", "none") {
		t.Fatal("presentations show other pictures than their party's")
	}
	g.age(6)
	if got := g.left(); got != "maker again, maker shared, maker shown, maker unused, rival shared" {
		t.Errorf("after six days: %s", got)
	}
	g.age(2)
	g.upload("maker", "again", "fresh")
	if got := g.left(); got != "maker again, maker fresh, maker shown, rival shared" {
		t.Errorf("after eight: %s", got)
	}
	for range 30 { // versions that were never shown are kept up to a number
		g.present("maker", "1")
	}
	g.present("rival", "2")
	g.age(8)
	if got := g.left(); got != "rival shared" {
		t.Errorf("when its version is gone: %s", got)
	}
	if g.present("maker", "1", "shown") {
		t.Error("a presentation shows a picture that is gone")
	}
}

// Whoever is first, the presentation or the housekeeping: what a presentation
// that was saved shows is there.
func TestPicturesAreNotTakenFromUnderAPresentation(t *testing.T) {
	g := gallery{t, storetest.New(t)}
	saved := map[bool]int{}
	for i := range 60 {
		gtin, name := fmt.Sprint("P", i), fmt.Sprint("picture", i)
		g.upload("maker", name)
		g.age(8)
		var all sync.WaitGroup
		var ok bool
		all.Go(func() { ok = g.present("maker", gtin, name) })
		all.Go(func() {
			time.Sleep(time.Duration(i%6) * 500 * time.Microsecond) // so that now this is first and now that
			if err := g.ForgetPictures(context.Background(), 7); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		saved[ok]++
		if there := strings.Contains(g.kept()+",", "maker "+name+","); there != ok {
			t.Fatalf("saved %t, picture kept %t", ok, there)
		}
	}
	t.Log(saved)
}

// A picture that is uploaded again while it goes is kept.
func TestPicturesComeBack(t *testing.T) {
	g := gallery{t, storetest.New(t)}
	for i := range 40 {
		name := fmt.Sprint("picture", i)
		g.upload("maker", name)
		g.age(8)
		var all sync.WaitGroup
		all.Go(func() { g.upload("maker", name) })
		all.Go(func() {
			if err := g.ForgetPictures(context.Background(), 7); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		if diff := cmp.Diff("maker "+name, g.kept()); diff != "" {
			t.Fatal(diff)
		}
		g.age(8)
		if got := g.left(); got != "" {
			t.Fatal(got)
		}
	}
}
