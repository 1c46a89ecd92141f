package store_test

import (
	"database/sql"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
)

// A shop that sends its links every night adds a row only when they change.
func TestSameBuyLinks(t *testing.T) {
	s, ctx := storetest.New(t), t.Context()
	one := []content.BuyLink{{Label: trace.Text{ZhCN: "甲"}, URL: "https://one.example/"}}
	two := []content.BuyLink{{Label: trace.Text{ZhCN: "乙"}, URL: "https://two.example/"}}
	for _, links := range [][]content.BuyLink{one, one, two, two, one, one, {}, {}} {
		if err := s.SaveBuyLinks(ctx, "1", "shop", "a", links); err != nil {
			t.Fatal(err)
		}
		if got, err := s.BuyLinks(ctx, "1", "shop"); err != nil || len(got) != len(links) ||
			len(got) > 0 && got[0] != links[0] {
			t.Errorf("%+v, %v", got, err)
		}
	}
	var rows int
	if err := s.InTx(
		ctx,
		func(tx *sql.Tx) error { return tx.QueryRow(`select count(*) from app.buy_link`).Scan(&rows) },
	); err != nil ||
		rows != 4 {
		t.Errorf("%d rows, %v", rows, err)
	}
}
