package proof_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"

	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// TestTransactions: a transaction is proved with its block or, the others being nobody's business, alone.
func TestTransactions(t *testing.T) {
	var bundle proof.Bundle
	content, err := os.ReadFile("testdata/busy.json")
	if err == nil {
		err = json.Unmarshal(content, &bundle)
	}
	if err != nil {
		t.Fatal(err)
	}
	content, err = os.ReadFile("testdata/trust.json")
	if err != nil {
		t.Fatal(err)
	}
	trust, err := proof.ReadTrust(content)
	if err != nil {
		t.Fatal(err)
	}
	if len(bundle.Block.Envelopes) < 2 {
		t.Fatal("the test wants a block of several transactions")
	}
	whole, alone := proof.OfTransaction(bundle.Block, true), proof.OfTransaction(bundle.Block, false)
	if len(alone.Block.Envelopes) != 1 || len(whole.Block.Envelopes) != len(bundle.Block.Envelopes) {
		t.Fatal("other envelopes do not stay behind")
	}
	pretended := alone
	pretended.Whole = true
	invalid := whole
	invalid.Block.Validation = 11
	for name, c := range map[string]struct {
		proof  proof.Transaction
		passed []proof.Check
		reason proof.Reason
	}{
		"whole":     {whole, proof.TransactionChecks, ""},
		"alone":     {alone, proof.TransactionChecks[2:], ""},
		"pretended": {pretended, nil, proof.ReasonDataHashWrong},
		"invalid":   {invalid, proof.TransactionChecks[:2], proof.ReasonNotValid},
	} {
		report, err := proof.VerifyTransaction(c.proof, trust)
		var failure *proof.Failure
		if errors.As(err, &failure) != (c.reason != "") || failure != nil && failure.Reason != c.reason {
			t.Errorf("%s: %v", name, err)
		}
		if !slices.Equal(report.Passed, c.passed) {
			t.Errorf("%s: passed %v", name, report.Passed)
		}
	}
	if id := bundle.Block.TxIDs()[bundle.Block.Position]; len(id) != 64 {
		t.Errorf("id %q", id)
	}
	for _, check := range proof.TransactionChecks {
		if text := proof.TransactionTitles[check]; text.ZhCN == "" || text.En == "" {
			t.Errorf("%s: %+v", check, text)
		}
	}
}
