package proof_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof/prooftest"
)

// known are the facts of five units of a batch that is on sale.
func known(t *testing.T) []trace.Facts {
	t.Helper()
	registered, units := batch(t)
	var all []trace.Facts
	for _, u := range units {
		all = append(all, trace.Facts{GTIN: gtin, Lot: lot, Index: u.Index, Batch: &registered, Left: true,
			Product: &trace.Product{GTIN: gtin, Name: trace.Text{ZhCN: "精华液 <30ml>", En: "Serum & \u2029"}, Brand: "澄岩", Owner: "chengyan"},
			Place:   &trace.Place{Holder: "shop", State: trace.Held},
			Parties: []trace.Party{{ID: "chengyan", Prefixes: []string{"6998801"}}, {ID: "shop", Roles: []trace.Role{trace.RoleSeller}}}})
	}
	return all
}

// stating is one case: who signs is changed on the network, what is signed by sign, and what is made of it afterwards by edits.
type stating struct {
	*bundle
	sign   func(*prooftest.Stated)
	edits  []func(*proof.Signed)
	maxAge time.Duration
}

func (s *stating) then(edit func(*proof.Signed)) { s.edits = append(s.edits, edit) }

// statements change one thing each. An empty reason means that the facts are proved.
var statements = map[string]struct {
	change func(*stating)
	check  proof.Check
	reason proof.Reason
}{
	"as it should be":            {func(*stating) {}, "", ""},
	"a third organisation signs": {func(s *stating) { s.Endorsers = append(s.Endorsers, s.issue("AuditorMSP", "peer", -1, 9)) }, "", ""},
	"just young enough":          {func(s *stating) { s.Trust.At = s.At.Add(time.Minute) }, "", ""},
	"of whatever age":            {func(s *stating) { s.maxAge, s.Trust.At = 0, s.At.Add(time.Hour) }, "", ""},
	"a clock that goes after":    {func(s *stating) { s.Trust.At = s.At.Add(-5 * time.Minute) }, "", ""},

	"another channel": {func(s *stating) { s.Channel = "other" }, proof.CheckAsked, proof.ReasonOtherChannel},
	"another contract": {func(s *stating) {
		s.sign = func(p *prooftest.Stated) { p.Contract = "other" }
	}, proof.CheckAsked, proof.ReasonOtherContract},
	"another function": {func(s *stating) {
		s.sign = func(p *prooftest.Stated) { p.Function = "GetBatch" }
	}, proof.CheckAsked, proof.ReasonNotFacts},
	"another unit was asked about": {func(s *stating) {
		s.sign = func(p *prooftest.Stated) { p.Request.Units[2].Index = 0 }
	}, proof.CheckAsked, proof.ReasonOtherUnit},
	"another lot was asked about": {func(s *stating) {
		s.sign = func(p *prooftest.Stated) { p.Request.Units[2].Lot = "L2" }
	}, proof.CheckAsked, proof.ReasonOtherUnit},
	"another version": {func(s *stating) {
		s.sign = func(p *prooftest.Stated) { p.Root.Version = "touchstone/facts/v2" }
	}, proof.CheckAsked, proof.ReasonNotFacts},
	"another count": {func(s *stating) {
		s.sign = func(p *prooftest.Stated) { p.Root.Count-- }
	}, proof.CheckAsked, proof.ReasonNotFacts},
	"another time": {func(s *stating) {
		s.sign = func(p *prooftest.Stated) { p.Root.At = p.Root.At.Add(time.Second) }
	}, proof.CheckAsked, proof.ReasonNotFacts},
	"refused": {func(s *stating) {
		s.sign = func(p *prooftest.Stated) { p.Status = 500 }
	}, proof.CheckAsked, proof.ReasonContractRefused},
	"no transaction": {func(s *stating) { s.Header = func(h *common.ChannelHeader) { h.Type = 1 } }, proof.CheckAsked, proof.ReasonNotContract},
	"an invented id": {func(s *stating) {
		s.Header = func(h *common.ChannelHeader) { h.TxId = strings.Repeat("ab", 32) }
	}, proof.CheckAsked, proof.ReasonTxIDWrong},
	"an answer to another request": {func(s *stating) {
		s.Response = func(r *peer.ProposalResponsePayload) { r.ProposalHash[0]++ }
	}, proof.CheckAsked, proof.ReasonOtherRequest},
	"another place among those asked about": {func(s *stating) {
		s.then(func(p *proof.Signed) { p.Index = 3 })
	}, proof.CheckAsked, proof.ReasonOtherUnit},
	"a place beyond those asked about": {func(s *stating) {
		s.then(func(p *proof.Signed) { p.Index = 5 })
	}, proof.CheckAsked, proof.ReasonOtherUnit},
	"a place before those asked about": {func(s *stating) {
		s.then(func(p *proof.Signed) { p.Index = -1 })
	}, proof.CheckAsked, proof.ReasonOtherUnit},

	"one organisation signs":       {func(s *stating) { s.Endorsers = s.Endorsers[:1] }, proof.CheckSigned, proof.ReasonTooFewEndorsers},
	"one organisation signs twice": {func(s *stating) { s.Endorsers[0] = s.issue("ProducerMSP", "peer", -1, 9) }, proof.CheckSigned, proof.ReasonTooFewEndorsers},
	"one would be enough for the contract": {func(s *stating) {
		s.Trust.Endorsement.Required, s.Endorsers = 1, s.Endorsers[:1]
	}, proof.CheckSigned, proof.ReasonTooFewEndorsers},
	"the contract wants three":         {func(s *stating) { s.Trust.Endorsement.Required = 3 }, proof.CheckSigned, proof.ReasonTooFewEndorsers},
	"the orderers' organisation signs": {func(s *stating) { s.Endorsers[0] = s.issue("OrdererMSP", "peer", -1, 9) }, proof.CheckSigned, proof.ReasonTooFewEndorsers},
	"a client signs":                   {func(s *stating) { s.Endorsers[0] = s.issue("PlatformMSP", "client", -1, 9) }, proof.CheckSigned, proof.ReasonWrongRole},
	"an expired peer signs":            {func(s *stating) { s.Endorsers[0] = s.issue("PlatformMSP", "peer", -9, -1) }, proof.CheckSigned, proof.ReasonCertificateTime},
	"a revoked peer signs":             {func(s *stating) { s.Revoke(s.Endorsers[0]) }, proof.CheckSigned, proof.ReasonRevoked},
	"a peer of another authority": {func(s *stating) {
		s.Endorsers[0] = prooftest.NewCA("PlatformMSP").Issue("peer", -1, 9)
	}, proof.CheckSigned, proof.ReasonNotIssued},
	"the higher form of a signature": {func(s *stating) {
		s.Sign = func(by prooftest.Signer, parts ...[]byte) []byte { return by.High(parts...) }
	}, proof.CheckSigned, proof.ReasonSignatureForm},
	"another answer than was signed": {func(s *stating) {
		s.Sign = func(by prooftest.Signer, parts ...[]byte) []byte { return by.Sign(append(parts, []byte{0})...) }
	}, proof.CheckSigned, proof.ReasonSignatureWrong},

	"another root": {func(s *stating) {
		s.sign = func(p *prooftest.Stated) { p.Root.Root = strings.Repeat("0", 64) }
	}, proof.CheckFacts, proof.ReasonFactsNotUnderRoot},
	"no root": {func(s *stating) {
		s.sign = func(p *prooftest.Stated) { p.Root.Root = "" }
	}, proof.CheckFacts, proof.ReasonRootMalformed},
	"a recall less": {func(s *stating) {
		s.then(func(p *proof.Signed) { p.Facts.Recalls = []trace.Recall{} })
	}, proof.CheckFacts, proof.ReasonFactsNotUnderRoot},
	"another holder": {func(s *stating) {
		s.then(func(p *proof.Signed) { p.Facts.Place = &trace.Place{Holder: "other", State: trace.Held} })
	}, proof.CheckFacts, proof.ReasonFactsNotUnderRoot},
	"another unit's facts": {func(s *stating) {
		s.then(func(p *proof.Signed) { p.Facts.Index = 3 })
	}, proof.CheckFacts, proof.ReasonOtherUnit},
	"a step less": {func(s *stating) {
		s.then(func(p *proof.Signed) { p.Path = p.Path[1:] })
	}, proof.CheckFacts, proof.ReasonFactsNotUnderRoot},
	"a step more": {func(s *stating) {
		s.then(func(p *proof.Signed) { p.Path = append(p.Path, proof.Hash{}) })
	}, proof.CheckFacts, proof.ReasonFactsNotUnderRoot},

	"too old":         {func(s *stating) { s.Trust.At = s.At.Add(time.Minute + time.Millisecond) }, proof.CheckCurrent, proof.ReasonTooOld},
	"from the future": {func(s *stating) { s.Trust.At = s.At.Add(-5*time.Minute - time.Millisecond) }, proof.CheckCurrent, proof.ReasonFromFuture},
}

func state(t *testing.T, change func(*stating)) (proof.Signed, *stating) {
	t.Helper()
	n := prooftest.New(t)
	n.Trust.At = n.At
	s := &stating{bundle: &bundle{Network: n}, maxAge: time.Minute}
	change(s)
	signed := s.State(known(t), s.sign)[2]
	signed.Path = slices.Clone(signed.Path)
	for _, edit := range s.edits {
		edit(&signed)
	}
	return signed, s
}

// Each thing that can be wrong with signed facts is found, by the check that is there for it.
func TestSignedFacts(t *testing.T) {
	for name, c := range statements {
		signed, s := state(t, c.change)
		got, err := proof.VerifySigned(signed, s.Trust, gtin, lot, 2, s.maxAge)
		var failure *proof.Failure
		switch {
		case c.reason == "" && (err != nil || !slices.Equal(got.Passed, proof.FactsChecks) || got.Facts.Index != 2 || len(got.Signers) < 2):
			t.Errorf("%s: %v: %+v", name, err, got)
		case c.reason != "" && (!errors.As(err, &failure) || failure.Check != c.check || failure.Reason != c.reason):
			t.Errorf("%s: %v, want %s: %s", name, err, c.check, c.reason)
		}
	}
}

// Every unit that was asked about has its own path, however many were asked about.
func TestSignedFactsOfEveryUnit(t *testing.T) {
	n := prooftest.New(t)
	all := known(t)
	for count := 1; count <= len(all); count++ {
		for i, signed := range n.State(all[:count], nil) {
			if _, err := proof.VerifySigned(signed, n.Trust, gtin, lot, int64(i), time.Minute); err != nil {
				t.Errorf("%d of %d: %v", i, count, err)
			}
		}
	}
}
