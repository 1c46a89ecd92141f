package store_test

import (
	"crypto/sha256"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// Of a creator's words about one product, sent at once from many scans, one
// stands; the others are told what to do.
func TestEndorsementsAtOnce(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"})
	w.Exec(
		`insert into app.account (name, party, role, key_hash) values ('creator-lin', '@lin', 'creator', sha256('key'))`,
	)
	w.Exec(
		`insert into app.creator (handle, name, url, account) values ('lin', '{"zh-CN": "林夏"}', 'https://video.example/lin', 'creator-lin')`,
	)
	for round := range 5 {
		var all sync.WaitGroup
		refused := make([]error, 8)
		for i := range refused {
			e := content.Endorsement{
				ID:        feedback.NewID("E"),
				Creator:   "lin",
				Unit:      unitOf(b, int64(i)),
				ScannedAt: time.Now(),
				Proof:     sha256.Sum256([]byte{byte(round), byte(i)}),
				Text:      trace.Text{ZhCN: "好用"},
				URL:       "https://video.example/lin/1",
			}
			all.Go(func() { refused[i] = w.Store.SaveEndorsement(t.Context(), e) })
		}
		all.Wait()
		kept := 0
		for _, err := range refused {
			if err == nil {
				kept++
				continue
			}
			var e *trace.Error
			if !errors.As(err, &e) || e.Code != trace.FieldInvalid || e.Field != "uri" {
				t.Errorf("refused with %v", err)
			}
		}
		if kept != 1 {
			t.Fatalf("%d endorsements stand", kept)
		}
		w.Exec(
			`insert into app.endorsement_end (endorsement_id, kind, account) select id, 'withdrawn', 'a' from scan.endorsement on conflict do nothing`,
		)
	}
}
