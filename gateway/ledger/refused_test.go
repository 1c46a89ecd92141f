package ledger_test

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"database/sql"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/ledger"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

// A certificate ends between endorsement and sending. No orderer takes the
// envelope any more, so it is not sent for ever, and its outcome is settled once
// the ledger has gone on without it.
func certificateEnds(t *testing.T, w *world) {
	w.batch("E1", 5)
	sale := trace.SellRequest{Lines: []trace.Line{{GTIN: gtin, Lot: "E1", Count: 5}}}
	id, err := w.signers(t.Context(), "maker")
	if err != nil {
		t.Fatal(err)
	}
	id.Certificate = w.endsAt(id.Certificate, time.Now().Add(5*time.Second))
	c := w.dial(
		ledger.Options{
			Journal: killing{w.store, func() { time.Sleep(time.Until(id.Certificate.NotAfter.Add(time.Second))) }},
			Signers: func(context.Context, string) (peers.Identity, error) { return id, nil },
		},
	)
	r, err := c.Submit(t.Context(), record.Call{Party: "maker", Transaction: trace.Sell, Request: sale})
	var unknown *record.OutcomeUnknown
	if !errors.As(err, &unknown) {
		t.Fatalf("sent with an expired certificate: %+v, %v", r, err)
	}
	w.background(
		(&ledger.Resolver{Client: w.client, Source: w.store, Overdue: time.Second, Every: 200 * time.Millisecond}).Run,
	)
	sub := w.refused(unknown.TxID)
	if sub.Refusal != "broadcast client identity expired" {
		t.Errorf("refused for %q", sub.Refusal)
	}
	if open, err := w.store.Unsettled(t.Context(), time.Now(), 10); err != nil || len(open) != 0 {
		t.Errorf("to be sent again: %+v, %v", open, err)
	}
	// The next sale is written as if it were of a quarter of an hour later.
	err = w.store.InTx(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(
			t.Context(),
			`update app.submission set refused_at = refused_at - interval '16 minutes' where tx_id = $1`,
			unknown.TxID,
		)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.must("maker", trace.Sell, sale)
	if o := w.settled(unknown.TxID); o != (record.Outcome{Code: record.NeverOrdered}) {
		t.Errorf("settled as %+v", o)
	}
}

// refused waits until the orderers' refusal of a transaction is journalled.
func (w *world) refused(txID string) record.Submission {
	w.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		sub, found, err := w.store.Submission(w.t.Context(), txID)
		if err == nil && found && sub.Refusal != "" {
			return sub
		}
	}
	w.t.Fatalf("no orderer refused transaction %s", txID)
	return record.Submission{}
}

// endsAt gives a producer's certificate anew, with another end, as its CA would.
func (w *world) endsAt(c *x509.Certificate, end time.Time) *x509.Certificate {
	w.t.Helper()
	read := func(path string) []byte {
		content, err := os.ReadFile(path)
		if err != nil {
			w.t.Fatal(err)
		}
		block, _ := pem.Decode(content)
		return block.Bytes
	}
	caFile := w.State.Network().OrgCA(w.Org("producer"))
	ca, err := x509.ParseCertificate(read(caFile))
	key, err2 := x509.ParsePKCS8PrivateKey(read(filepath.Join(filepath.Dir(caFile), "priv_sk")))
	if err = errors.Join(err, err2); err != nil {
		w.t.Fatal(err)
	}
	anew := *c
	anew.NotAfter, anew.ExtraExtensions = end, nil
	der, err := x509.CreateCertificate(rand.Reader, &anew, ca, c.PublicKey, key)
	if err != nil {
		w.t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}
