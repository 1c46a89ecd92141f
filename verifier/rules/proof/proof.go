// Package proof makes and checks proof bundles: one file that shows, to somebody who trusts nobody's server, that the
// organisations of the ledger signed for the batch that a unit belongs to. It also checks that an entry of an anchored
// log is the one that was anchored. It is pure functions over bytes; it knows nothing of networks, databases, HTTP or
// files, and it never says "genuine".
//
// docs/proofs.md describes the bundle's format, what a proof shows and what it does not.
// verifier/internal/web/proofs/assets/proof.js is the same check for browsers and passes the same tests.
package proof

import (
	"errors"
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Check is one thing that is checked, in the order of Checks.
type Check string

// The checks. Each rests on those before it.
const (
	CheckBundle      Check = "bundle"      // the file is a bundle of this version, about the unit in hand
	CheckBlock       Check = "block"       // the transactions hash to the data hash in the block's header
	CheckOrdering    Check = "ordering"    // the ordering service signed that header
	CheckTransaction Check = "transaction" // the transaction is of this channel and contract, and marked valid
	CheckSubmitter   Check = "submitter"   // the organisation that registered the batch signed the transaction
	CheckProposal    Check = "proposal"    // what was endorsed answers that very request
	CheckEndorsement Check = "endorsement" // enough organisations signed the result
	CheckRecord      Check = "record"      // the result writes this root for this batch
	CheckUnit        Check = "unit"        // the unit's code is a leaf under that root
)

// Checks are all checks, in order.
var Checks = []Check{CheckBundle, CheckBlock, CheckOrdering, CheckTransaction, CheckSubmitter, CheckProposal,
	CheckEndorsement, CheckRecord, CheckUnit}

// Failure is the first check that failed, and why. It quotes nothing of the bundle.
type Failure struct {
	Check  Check
	Reason Reason
}

func (f *Failure) Error() string { return fmt.Sprintf("proof: %s: %s", f.Check, f.Reason.Error()) }

// Unwrap gives the reason.
func (f *Failure) Unwrap() error { return f.Reason }

// UnitID names a unit. The zero value stands for whichever unit the bundle is about.
type UnitID struct {
	GTIN   string `json:"gtin"`
	Lot    string `json:"lot"`
	Serial string `json:"serial"`
}

// Report says what was proved. Everything in it was checked as far as Passed goes; what belongs to a check that was not
// passed is empty.
type Report struct {
	Passed    []Check   // those before the first failure: all of Checks, and of FactsChecks where there are facts
	Unit      UnitID    // as the bundle names it
	Block     uint64    // the block's number
	BlockHash string    // hex; what the next block's header refers to, for comparing with others
	TxID      string    // the registering transaction
	At        time.Time // when its submitter says that it was made
	Submitter string    // MSP id of the organisation that registered the batch
	Endorsers []string  // MSP ids of the organisations that endorsed, sorted
	UnitsRoot string    // hex; the batch's Merkle root
	// Statement is what was signed of the unit besides; nil where the bundle carries nothing of it.
	Statement *Statement
}

// verification is one bundle on its way through the checks.
type verification struct {
	bundle Bundle
	trust  anchors
	report Report
	tx     *transaction
	answer []byte // the envelope of the facts' answer, where there are facts
}

// Verify checks a bundle against what the caller trusts. Where unit is not the zero UnitID, the
// bundle must be about that unit. Facts must be no older than maxAge; zero takes any age. The error
// is a *Failure where the bundle does not prove it, and another error where the trust itself is
// unusable.
func Verify(bundle []byte, trust Trust, unit UnitID, maxAge time.Duration) (Report, error) {
	anchors, err := anchorsOf(trust)
	if err != nil {
		return Report{}, err
	}
	v := &verification{trust: anchors}
	err = run(&v.report.Passed, []step{
		{CheckBundle, func() error { return v.read(bundle, unit) }},
		{CheckBlock, v.checkBlock},
		{CheckOrdering, v.checkOrdering},
		{CheckTransaction, v.checkTransaction},
		{CheckSubmitter, v.checkSubmitter},
		{CheckProposal, v.checkProposal},
		{CheckEndorsement, v.checkEndorsement},
		{CheckRecord, v.checkRecord},
		{CheckUnit, v.checkUnit},
	})
	if err == nil && v.bundle.Facts != nil {
		err = v.verifyFacts(maxAge)
	}
	return v.report, err
}

// verifyFacts checks what was signed of the unit besides its registration.
func (v *verification) verifyFacts(maxAge time.Duration) error {
	u := v.bundle.Unit
	p := v.bundle.Facts
	answer, err := ReadAnswer(v.answer)
	if err != nil {
		return run(&v.report.Passed, []step{{CheckAsked, func() error { return err }}})
	}
	signed := Signed{Answer: answer, Index: p.Index, Path: p.Path, Facts: p.Facts}
	f := &factsVerification{
		trust:  v.trust,
		signed: signed,
		unit:   trace.FactsAsked{GTIN: u.GTIN, Lot: u.Lot, Index: u.Index},
		maxAge: maxAge,
	}
	f.registered = &trace.Batch{Quantity: u.Quantity, UnitsRoot: v.report.UnitsRoot}
	err = f.verify()
	v.report.Statement = &f.report
	v.report.Passed = append(v.report.Passed, f.report.Passed...)
	return err
}

// step is one check and how it is made.
type step struct {
	check Check
	run   func() error
}

// run makes the checks until one fails, and notes those that passed.
func run(passed *[]Check, steps []step) error {
	for _, s := range steps {
		if err := s.run(); err != nil {
			var reason Reason
			if !errors.As(err, &reason) {
				return err
			}
			return &Failure{s.check, reason}
		}
		*passed = append(*passed, s.check)
	}
	return nil
}
