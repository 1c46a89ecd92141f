package proofs_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof/prooftest"
)

// A listed unit is proved like any other.
func TestListedProof(t *testing.T) {
	w := verifiertest.New(t)
	printed := make([]string, 150) // as factories print them, and more than a proof's serials are read at once
	for i := range printed {
		printed[i] = fmt.Sprintf("F%05dK", i*7919%100000)
	}
	batch := w.BatchOf(trace.Batch{Lot: "FACTORY", ExpiresOn: "2030-01-01"}, printed).OnSale()
	n := prooftest.New(t)
	block, txID := n.Block(batch.Batch)
	w.Exec(`set session_replication_role = replica; update ledger.batch set tx_id = '` + txID + `'`)
	c := webtest.New(t, w, func(o *web.Options) { o.Blocks, o.Trust = &peerOf{block: block}, &n.Trust })
	for _, i := range []int64{0, 63, 64, 149} {
		if rec := c.Get(bundleOf(batch, i)); rec.Code != http.StatusOK {
			t.Errorf("unit %d: %d %s", i, rec.Code, rec.Body)
		}
	}
}
