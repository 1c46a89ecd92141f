package proof

import (
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Transaction is what shows that one transaction, of whatever kind, is on the ledger as it is told. Whole says that
// Block holds all envelopes of the block, so that its data hash and the orderers' signatures can be checked too; where
// some are nobody's business, only the one envelope is given.
type Transaction struct {
	Version string `json:"version"`
	Whole   bool   `json:"whole"`
	Block   Block  `json:"block"`
}

// TransactionVersion names the format of Transaction.
const TransactionVersion = "touchstone/transaction/v1"

// OfTransaction gives the proof of the transaction at the block's position. With whole false the others stay behind.
func OfTransaction(b Block, whole bool) Transaction {
	b.SignedValue, b.Signatures = append([]byte{}, b.SignedValue...), append([]OrderingSignature{}, b.Signatures...)
	if !whole {
		b.Envelopes, b.Position = [][]byte{b.Envelopes[b.Position]}, 0
	}
	return Transaction{TransactionVersion, whole, b}
}

// TxIDs gives the ids of the block's transactions, "" for a configuration or what is none.
func (b Block) TxIDs() []string {
	ids := make([]string, len(b.Envelopes))
	for i, envelope := range b.Envelopes {
		if tx, err := readEnvelope(envelope); err == nil {
			ids[i] = tx.channel.GetTxId()
		}
	}
	return ids
}

// TransactionChecks are what is checked of a transaction by itself, in order. Those of a block need it whole.
var TransactionChecks = []Check{
	CheckBlock,
	CheckOrdering,
	CheckTransaction,
	CheckSubmitter,
	CheckProposal,
	CheckEndorsement,
}

// VerifyTransaction checks a transaction against what the caller trusts; errors are those of Verify.
func VerifyTransaction(t Transaction, trust Trust) (Report, error) {
	anchors, err := anchorsOf(trust)
	if err != nil {
		return Report{}, err
	}
	v := &verification{trust: anchors}
	v.bundle.Block = t.Block
	steps := []step{
		{CheckBlock, v.checkBlock},
		{CheckOrdering, v.checkOrdering},
		{CheckTransaction, v.checkTransaction},
		{CheckSubmitter, v.checkSubmitter},
		{CheckProposal, v.checkProposal},
		{CheckEndorsement, v.checkEndorsement},
	}
	if !t.Whole {
		if v.tx, err = t.Block.only(); err != nil {
			return v.report, &Failure{CheckTransaction, ReasonUnreadable}
		}
		steps = steps[2:]
	}
	err = run(&v.report.Passed, steps)
	return v.report, err
}

// only reads the one envelope that is given.
func (b Block) only() (*transaction, error) {
	if len(b.Envelopes) != 1 || b.Position != 0 {
		return nil, ReasonNoSuchPosition
	}
	return readEnvelope(b.Envelopes[0])
}

// TransactionTitles say what each check shows of a transaction where it passes.
var TransactionTitles = map[Check]trace.Text{
	CheckBlock:       text("transaction.block"),
	CheckOrdering:    Titles[CheckOrdering],
	CheckTransaction: Titles[CheckTransaction],
	CheckSubmitter:   text("transaction.submitter"),
	CheckProposal:    text("transaction.proposal"),
	CheckEndorsement: Titles[CheckEndorsement],
}
