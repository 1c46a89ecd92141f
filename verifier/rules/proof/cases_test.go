package proof_test

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/network/trust"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof/prooftest"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

const (
	gtin = "06998801000036"
	lot  = "L/1"
)

// batch is one of five units, with the proof of each.
func batch(t *testing.T) (trace.Batch, []proof.Unit) {
	t.Helper()
	ring, err := seal.ReadKeyring("1:" + strings.Repeat("01", 32))
	if err != nil {
		t.Fatal(err)
	}
	keys, err := ring.Batch(1, gtin, lot)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := seal.Commit(context.Background(), keys, 5, nil)
	if err != nil {
		t.Fatal(err)
	}
	var units []proof.Unit
	for i := range int64(5) {
		u, err := keys.Unit(i)
		if err != nil {
			t.Fatal(err)
		}
		path, err := tree.Proof(keys, i)
		if err != nil {
			t.Fatal(err)
		}
		unit := proof.Unit{
			UnitID:     proof.UnitID{GTIN: gtin, Lot: lot, Serial: u.Serial},
			Index:      i,
			Quantity:   5,
			Commitment: u.Commitment(),
		}
		for _, step := range path {
			unit.Path = append(unit.Path, proof.Hash(step))
		}
		units = append(units, unit)
	}
	root := tree.Root()
	return trace.Batch{
		GTIN:       gtin,
		Lot:        lot,
		Quantity:   5,
		UnitsRoot:  hex.EncodeToString(root[:]),
		ProducedOn: "2026-10-03",
		Origin:     "广东 <广州> & \u2028",
		Producer:   "chengyan",
		Status:     trace.BatchRegistered,
	}, units
}

// bundle is a case's: who signs what can be changed on the network, the rest on the bundle.
type bundle struct {
	*prooftest.Network
	units []proof.Unit
	unit  *proof.Unit
	block *proof.Block
	asked *proof.UnitID
	edits []func()
}

// then changes the bundle after it was signed.
func (b *bundle) then(edit func()) { b.edits = append(b.edits, edit) }

func (b *bundle) issue(msp, role string, from, to int) prooftest.Signer {
	return b.CAs[msp].Issue(role, from, to)
}

func (b *bundle) bft(required, signing int) {
	b.BFT, b.Orderers = true, nil
	b.Trust.Ordering.Required = required
	for i := range 4 {
		s := b.issue("OrdererMSP", "orderer", -1, 365)
		b.Trust.Ordering.Consenters = append(
			b.Trust.Ordering.Consenters, trust.Consenter{ID: uint32(i + 1), Certificate: s.PEM()},
		)
		if i < signing {
			b.Orderers = append(b.Orderers, s)
		}
	}
}

// cases change one thing each. An empty reason means that the bundle proves its unit.
var cases = map[string]struct {
	change func(*bundle)
	check  proof.Check
	reason proof.Reason
}{
	"as it should be":           {func(*bundle) {}, "", ""},
	"the last of an odd number": {func(b *bundle) { *b.unit = b.units[4] }, "", ""},
	"a lot made of others": {
		func(b *bundle) { b.Event = func(e *trace.Event) { e.Type = trace.EventTransformed } },
		"",
		"",
	},
	"three endorsers": {
		func(b *bundle) { b.Endorsers = append(b.Endorsers, b.issue("AuditorMSP", "peer", -1, 9)) },
		"",
		"",
	},
	"another's certificate is revoked": {func(b *bundle) {
		b.Revoke(b.issue("ProducerMSP", "peer", -1, 9))
	}, "", ""},
	"three of four BFT orderers": {func(b *bundle) { b.bft(3, 3) }, "", ""},

	"asked about another unit": {
		func(b *bundle) { b.asked.Serial = b.units[1].Serial },
		proof.CheckBundle,
		proof.ReasonOtherUnit,
	},
	"another version": {func(b *bundle) { b.asked = nil }, proof.CheckBundle, proof.ReasonUnknownVersion},
	"a transaction less": {
		func(b *bundle) { b.then(func() { b.block.Envelopes = b.block.Envelopes[1:] }) },
		proof.CheckBlock,
		proof.ReasonDataHashWrong,
	},
	"another place in the block": {
		func(b *bundle) { b.then(func() { b.block.Position = 2 }) },
		proof.CheckBlock,
		proof.ReasonNoSuchPosition,
	},
	"another block number": {
		func(b *bundle) { b.then(func() { b.block.Number++ }) },
		proof.CheckOrdering,
		proof.ReasonSignatureWrong,
	},
	"another previous block": {
		func(b *bundle) { b.then(func() { b.block.PreviousHash[0]++ }) },
		proof.CheckOrdering,
		proof.ReasonSignatureWrong,
	},
	"no orderer signed": {
		func(b *bundle) { b.Orderers = nil },
		proof.CheckOrdering,
		proof.ReasonTooFewOrderers,
	},
	"a peer orders": {
		func(b *bundle) { b.Orderers = b.Endorsers[:1] },
		proof.CheckOrdering,
		proof.ReasonWrongRole,
	},
	"another organisation orders": {func(b *bundle) {
		b.Orderers = []prooftest.Signer{b.issue("AuditorMSP", "orderer", -1, 9)}
	}, proof.CheckOrdering, proof.ReasonNotOrdering},
	"an orderer signs twice": {
		func(b *bundle) { b.Orderers = append(b.Orderers, b.Orderers[0]) },
		proof.CheckOrdering,
		proof.ReasonOrdererTwice,
	},
	"an orderer is revoked": {func(b *bundle) { b.Revoke(b.Orderers[0]) }, proof.CheckOrdering, proof.ReasonRevoked},
	"an orderer expired": {
		func(b *bundle) { b.Orderers[0] = b.issue("OrdererMSP", "orderer", -9, -1) },
		proof.CheckOrdering,
		proof.ReasonCertificateTime,
	},
	"two of four BFT orderers": {func(b *bundle) { b.bft(3, 2) }, proof.CheckOrdering, proof.ReasonTooFewOrderers},
	"a BFT orderer by name": {func(b *bundle) {
		b.bft(1, 1)
		b.BFT = false
	}, proof.CheckOrdering, proof.ReasonNotAConsenter},

	"another channel": {func(b *bundle) { b.Channel = "other" }, proof.CheckTransaction, proof.ReasonOtherChannel},
	"another contract": {
		func(b *bundle) { b.Trust.Chaincode = "other" },
		proof.CheckTransaction,
		proof.ReasonOtherContract,
	},
	"an invented id": {
		func(b *bundle) { b.Header = func(h *common.ChannelHeader) { h.TxId = strings.Repeat("ab", 32) } },
		proof.CheckTransaction,
		proof.ReasonTxIDWrong,
	},
	"a configuration": {
		func(b *bundle) { b.Header = func(h *common.ChannelHeader) { h.Type = 1 } },
		proof.CheckTransaction,
		proof.ReasonNotContract,
	},
	"from the future": {
		func(b *bundle) { b.At = b.At.Add(10 * 60e9) },
		proof.CheckTransaction,
		proof.ReasonFromFuture,
	},
	"marked as invalid": {
		func(b *bundle) { b.Code = peer.TxValidationCode_MVCC_READ_CONFLICT },
		proof.CheckTransaction,
		proof.ReasonNotValid,
	},
	"another transaction of the block": {func(b *bundle) {
		b.then(func() { b.block.Position = 0 })
	}, proof.CheckBlock, proof.ReasonUnreadable},

	"another submitter's signature": {func(b *bundle) {
		stranger := b.issue("ProducerMSP", "client", -1, 9)
		b.Sign = func(s prooftest.Signer, parts ...[]byte) []byte {
			if s.MSP == b.Submitter.MSP && s.Cert == b.Submitter.Cert {
				s = stranger
			}
			return s.Sign(parts...)
		}
	}, proof.CheckSubmitter, proof.ReasonSignatureWrong},
	"a submitter of his own making": {func(b *bundle) {
		b.Submitter = prooftest.NewCA("ProducerMSP").Issue("client", -1, 9)
	}, proof.CheckSubmitter, proof.ReasonNotIssued},
	"a submitter of nowhere": {func(b *bundle) {
		b.Submitter = prooftest.NewCA("EvilMSP").Issue("client", -1, 9)
	}, proof.CheckSubmitter, proof.ReasonOrganisationUnknown},
	"an authority submits": {
		func(b *bundle) { b.Submitter = b.CAs["ProducerMSP"].Signer },
		proof.CheckSubmitter,
		proof.ReasonNotForSigning,
	},
	"a revoked submitter": {func(b *bundle) { b.Revoke(b.Submitter) }, proof.CheckSubmitter, proof.ReasonRevoked},
	"an answer to another request": {func(b *bundle) {
		b.Response = func(r *peer.ProposalResponsePayload) { r.ProposalHash[0]++ }
	}, proof.CheckProposal, proof.ReasonOtherRequest},

	"one endorser too few": {
		func(b *bundle) { b.Endorsers = b.Endorsers[:1] },
		proof.CheckEndorsement,
		proof.ReasonTooFewEndorsers,
	},
	"one organisation endorses twice": {
		func(b *bundle) { b.Endorsers[0] = b.issue("ProducerMSP", "peer", -1, 9) },
		proof.CheckEndorsement,
		proof.ReasonTooFewEndorsers,
	},
	"the orderers' organisation endorses": {
		func(b *bundle) { b.Endorsers[0] = b.issue("OrdererMSP", "peer", -1, 9) },
		proof.CheckEndorsement,
		proof.ReasonTooFewEndorsers,
	},
	"a client endorses": {
		func(b *bundle) { b.Endorsers[0] = b.issue("PlatformMSP", "client", -1, 9) },
		proof.CheckEndorsement,
		proof.ReasonWrongRole,
	},
	"an expired endorser": {
		func(b *bundle) { b.Endorsers[0] = b.issue("PlatformMSP", "peer", -9, -1) },
		proof.CheckEndorsement,
		proof.ReasonCertificateTime,
	},
	"an endorser not valid yet": {
		func(b *bundle) { b.Endorsers[0] = b.issue("PlatformMSP", "peer", 1, 9) },
		proof.CheckEndorsement,
		proof.ReasonCertificateTime,
	},
	"a revoked endorser": {
		func(b *bundle) { b.Revoke(b.Endorsers[0]) },
		proof.CheckEndorsement,
		proof.ReasonRevoked,
	},
	"an endorser of another authority": {func(b *bundle) {
		b.Endorsers[0] = prooftest.NewCA("PlatformMSP").Issue("peer", -1, 9)
	}, proof.CheckEndorsement, proof.ReasonNotIssued},
	"the higher form of a signature": {func(b *bundle) {
		b.Sign = func(s prooftest.Signer, parts ...[]byte) []byte {
			if s.Cert == b.Endorsers[1].Cert {
				return s.High(parts...)
			}
			return s.Sign(parts...)
		}
	}, proof.CheckEndorsement, proof.ReasonSignatureForm},

	"the event says something else": {
		func(b *bundle) { b.Event = func(e *trace.Event) { e.Batch.Origin = "x" } },
		proof.CheckRecord,
		proof.ReasonEventDiffers,
	},
	"another root was written": {
		func(b *bundle) { b.Written = func(w *trace.Batch) { w.UnitsRoot = strings.Repeat("0", 64) } },
		proof.CheckRecord,
		proof.ReasonEventDiffers,
	},
	"another event": {
		func(b *bundle) { b.Event = func(e *trace.Event) { e.Type = trace.EventBatchApproved } },
		proof.CheckRecord,
		proof.ReasonNotRegistration,
	},
	"no batch in the event": {
		func(b *bundle) { b.Event = func(e *trace.Event) { e.Batch = nil } },
		proof.CheckRecord,
		proof.ReasonEventUnreadable,
	},
	"another lot": {
		func(b *bundle) { b.then(func() { b.unit.Lot, b.asked.Lot = "L/2", "L/2" }) },
		proof.CheckRecord,
		proof.ReasonBatchNotWritten,
	},
	"another quantity": {
		func(b *bundle) { b.then(func() { b.unit.Quantity = 6 }) },
		proof.CheckRecord,
		proof.ReasonOtherQuantity,
	},

	"another unit's serial": {func(b *bundle) {
		b.then(func() { b.unit.Serial, b.asked.Serial = b.units[1].Serial, b.units[1].Serial })
	}, proof.CheckUnit, proof.ReasonNotUnderRoot},
	"another unit's place": {
		func(b *bundle) { b.then(func() { b.unit.Index = 1 }) },
		proof.CheckUnit,
		proof.ReasonNotUnderRoot,
	},
	"beyond the batch": {
		func(b *bundle) { b.then(func() { b.unit.Index = 5 }) },
		proof.CheckUnit,
		proof.ReasonNotUnderRoot,
	},
	"another PIN": {
		func(b *bundle) { b.then(func() { b.unit.Commitment[31] ^= 1 }) },
		proof.CheckUnit,
		proof.ReasonNotUnderRoot,
	},
	"a step more": {
		func(b *bundle) { b.then(func() { b.unit.Path = append(b.unit.Path, proof.Hash{}) }) },
		proof.CheckUnit,
		proof.ReasonNotUnderRoot,
	},
	"a step less": {
		func(b *bundle) { b.then(func() { b.unit.Path = b.unit.Path[1:] }) },
		proof.CheckUnit,
		proof.ReasonNotUnderRoot,
	},
}

// played is a case as the browser's test reads it.
type played struct {
	Name   string        `json:"name"`
	Bundle string        `json:"bundle"`
	Trust  proof.Trust   `json:"trust"`
	Unit   *proof.UnitID `json:"unit,omitempty"`
	MaxAge float64       `json:"maxAge,omitempty"` // in seconds
	Check  proof.Check   `json:"check"`
	Reason proof.Reason  `json:"reason"`
}

func play(t *testing.T, name string, change func(*bundle)) played {
	t.Helper()
	registered, units := batch(t)
	unit := units[0]
	asked := unit.UnitID
	b := &bundle{Network: prooftest.New(t), units: units, unit: &unit, asked: &asked}
	change(b)
	data, txID := b.Block(registered)
	block, err := proof.ReadBlock(data, txID)
	if err != nil {
		t.Fatal(err)
	}
	b.block = &block
	for _, edit := range b.edits {
		edit()
	}
	if b.asked != nil && len(b.edits) == 0 && *b.asked == units[0].UnitID {
		*b.asked = unit.UnitID
	}
	content, err := proof.Build(block, unit, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := played{Name: name, Bundle: string(content), Trust: b.Trust, Unit: b.asked}
	if b.asked == nil { // the one case that is about the bundle's own form
		p.Bundle = strings.Replace(p.Bundle, "proof/v1", "proof/v2", 1)
	}
	return p
}

// Each thing that can be wrong is found, by the check that is there for it; and the browser's check finds the same.
func TestCases(t *testing.T) {
	var all []played
	for name, c := range cases {
		p := play(t, name, c.change)
		p.Check, p.Reason = c.check, c.reason
		var unit proof.UnitID
		if p.Unit != nil {
			unit = *p.Unit
		}
		_, err := proof.Verify([]byte(p.Bundle), p.Trust, unit, 0)
		var failure *proof.Failure
		switch {
		case c.reason == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.reason != "" && (!errors.As(err, &failure) || failure.Check != c.check || failure.Reason != c.reason):
			t.Errorf("%s: %v, want %s: %s", name, err, c.check, c.reason)
		}
		all = append(all, p)
	}
	for name, c := range statements {
		all = append(all, playStatement(t, name, c))
	}
	inNode(t, all)
}

// inNode runs the browser's check over the same cases and the same flipped bytes.
func inNode(t *testing.T, all []played) {
	node, err := exec.LookPath("node")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("no node on this machine")
	}
	content, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "cases.json")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(node, "--test", "--test-reporter=spec", "testdata/browser.test.mjs")
	step := "1"
	if testing.Short() {
		step = "53"
	}
	run.Env = append(os.Environ(), "CASES="+file, "STEP="+step)
	if out, err := run.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// Every reason says something in both languages, and every check has its title.
func TestTexts(t *testing.T) {
	for reason, text := range proof.Reasons {
		if text.ZhCN == "" || text.En == "" {
			t.Errorf("%s: %+v", reason, text)
		}
	}
	for _, check := range append(proof.Checks[:len(proof.Checks):len(proof.Checks)], proof.FactsChecks...) {
		if text := proof.Titles[check]; text.ZhCN == "" || text.En == "" {
			t.Errorf("%s: %+v", check, text)
		}
	}
}

// A trust that would let things pass, or that cannot be read, is refused before the bundle is looked at.
func TestBadTrust(t *testing.T) {
	for name, change := range map[string]func(*prooftest.Network){
		"no version":          func(n *prooftest.Network) { n.Trust.Version = "" },
		"no channel":          func(n *prooftest.Network) { n.Trust.Channel = "" },
		"nobody endorses":     func(n *prooftest.Network) { n.Trust.Endorsement.Required = 0 },
		"more than there are": func(n *prooftest.Network) { n.Trust.Endorsement.Required = 4 },
		"nobody orders":       func(n *prooftest.Network) { n.Trust.Ordering.Required = 0 },
		"no roots":            func(n *prooftest.Network) { n.Trust.Organizations[0].Roots = nil },
		"a broken root":       func(n *prooftest.Network) { n.Trust.Organizations[0].Roots[0] = "x" },
		"a stranger's list": func(n *prooftest.Network) {
			n.Trust.Organizations[0].Revoked = []string{prooftest.NewCA("OrdererMSP").Revoke(n.Submitter)}
		},
	} {
		n := prooftest.New(t)
		change(n)
		var failure *proof.Failure
		if _, err := proof.Verify([]byte("{}"), n.Trust, proof.UnitID{}, 0); err == nil || errors.As(err, &failure) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
