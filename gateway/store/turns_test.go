package store_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/photo"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// A party has no more than it may have of anything, however many of its calls
// come at once, and another party has its own count.
func TestCountsHoldAgainstCallsAtOnce(t *testing.T) {
	s := storetest.New(t)
	const calls = 40
	soon := time.Now().Add(time.Hour)
	jpeg := photo.Sized{Width: 1, Height: 1, JPEG: []byte("jpeg")}
	for _, c := range []struct {
		what string
		most int64
		add  func(ctx context.Context, party string, i int) (bool, error)
	}{
		{"webhooks", 10, func(ctx context.Context, party string, i int) (bool, error) {
			return s.AddWebhook(ctx, record.Webhook{ID: name(party, i), Party: party, URL: "https://example.com/", Events: []record.NoticeKind{}, Secret: []byte("s")}, "a")
		}},
		{"logos", 30, func(ctx context.Context, party string, i int) (bool, error) {
			return s.SaveLogo(ctx, party, name(party, i), []byte("png"))
		}},
		{"pictures", 5, func(ctx context.Context, party string, i int) (bool, error) {
			return s.SavePicture(ctx, party, "a", record.Picture{ID: sha256.Sum256([]byte(name(party, i))), Large: jpeg, Small: jpeg}, 5)
		}},
		{"documents", 5, func(ctx context.Context, party string, i int) (bool, error) {
			id, err := s.SaveDocument(ctx, record.Document{ID: name(party, i), Party: party, SHA256: sha256.Sum256([]byte(name(party, i))), ContentType: "image/png",
				Name: "a.png", Size: 10, Content: []byte("sealed"), Account: "a"}, 100, 50)
			return id != "", err
		}},
		{"badges", 5, func(ctx context.Context, party string, i int) (bool, error) {
			return s.SaveBadge(ctx, verdict.Badge{ID: name(party, i), GTIN: "06998801000036", Host: "example.com", Seller: party, Issuer: party,
				IssuedAt: time.Now(), ExpiresAt: soon}, "a", 5)
		}},
		{"invitations", 5, func(ctx context.Context, party string, i int) (bool, error) {
			return s.Invite(ctx, record.Invitation{ID: name(party, i), Party: party, Duty: "goods", Name: "n", MadeBy: "a", ExpiresAt: soon},
				sha256.Sum256([]byte(name(party, i))), 5)
		}},
		{"views", store.MaxViews, func(ctx context.Context, party string, i int) (bool, error) {
			_, kept, err := s.SaveView(ctx, "a", party, record.View{ID: name(party, i), List: "products", Name: name(party, i)})
			return kept, err
		}},
	} {
		var added atomic.Int64
		var wg sync.WaitGroup
		for i := range calls {
			wg.Go(func() {
				ok, err := c.add(t.Context(), "p-"+c.what, i)
				if err != nil {
					t.Error(c.what, err)
				} else if ok {
					added.Add(1)
				}
			})
		}
		wg.Wait()
		if added.Load() != min(c.most, calls) {
			t.Errorf("%s: %d of %d calls were taken, want %d", c.what, added.Load(), calls, c.most)
		}
		if ok, err := c.add(t.Context(), "q-"+c.what, 0); err != nil || !ok {
			t.Errorf("%s of another party: %v %v", c.what, ok, err)
		}
	}
}

func name(party string, i int) string { return fmt.Sprintf("%s-%d", party, i) }
