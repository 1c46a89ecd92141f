package proof_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
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
		all = append(all, trace.Facts{
			GTIN:  gtin,
			Lot:   lot,
			Index: u.Index,
			Batch: &registered,
			Left:  true,
			Product: &trace.Product{
				GTIN:  gtin,
				Name:  trace.Text{ZhCN: "精华液 <30ml>", En: "Serum & \u2029"},
				Brand: "澄岩",
				Owner: "chengyan",
			},
			Place: &trace.Place{Holder: "shop", State: trace.Held},
			Parties: []trace.Party{
				{ID: "chengyan", Prefixes: []string{"6998801"}},
				{ID: "shop", Roles: []trace.Role{trace.RoleSeller}},
			},
		})
	}
	return all
}

// stating is one case: who signs is changed on the network, what is signed by sign, and what is
// made of it afterwards by edits.
type stating struct {
	*bundle
	facts  []trace.Facts
	sign   func(*prooftest.Stated)
	edits  []func(*proof.Signed)
	maxAge time.Duration
}

func (s *stating) then(edit func(*proof.Signed)) { s.edits = append(s.edits, edit) }

type statement struct {
	change func(*stating)
	check  proof.Check
	reason proof.Reason
}

// statements change one thing each. An empty reason means that the facts are proved.
var statements = map[string]statement{
	"as it should be": {func(*stating) {}, "", ""},
	"a third organisation signs": {
		func(s *stating) { s.Endorsers = append(s.Endorsers, s.issue("AuditorMSP", "peer", -1, 9)) },
		"",
		"",
	},
	"just young enough": {func(s *stating) { s.Trust.At = s.At.Add(time.Minute) }, "", ""},
	"of whatever age":   {func(s *stating) { s.maxAge, s.Trust.At = 0, s.At.Add(time.Hour) }, "", ""},
	"a clock that goes after": {
		func(s *stating) { s.Trust.At = s.At.Add(time.Millisecond - 5*time.Minute) },
		"",
		"",
	},

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
	"no transaction": {
		func(s *stating) { s.Header = func(h *common.ChannelHeader) { h.Type = 1 } },
		proof.CheckAsked,
		proof.ReasonNotContract,
	},
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

	"one organisation signs": {
		func(s *stating) { s.Endorsers = s.Endorsers[:1] },
		proof.CheckSigned,
		proof.ReasonTooFewEndorsers,
	},
	"one organisation signs twice": {
		func(s *stating) { s.Endorsers[0] = s.issue("ProducerMSP", "peer", -1, 9) },
		proof.CheckSigned,
		proof.ReasonTooFewEndorsers,
	},
	"one would be enough for the contract": {func(s *stating) {
		s.Trust.Endorsement.Required, s.Endorsers = 1, s.Endorsers[:1]
	}, proof.CheckSigned, proof.ReasonTooFewEndorsers},
	"the contract wants three": {
		func(s *stating) { s.Trust.Endorsement.Required = 3 },
		proof.CheckSigned,
		proof.ReasonTooFewEndorsers,
	},
	"the orderers' organisation signs": {
		func(s *stating) { s.Endorsers[0] = s.issue("OrdererMSP", "peer", -1, 9) },
		proof.CheckSigned,
		proof.ReasonTooFewEndorsers,
	},
	"a client signs": {
		func(s *stating) { s.Endorsers[0] = s.issue("PlatformMSP", "client", -1, 9) },
		proof.CheckSigned,
		proof.ReasonWrongRole,
	},
	"an expired peer signs": {
		func(s *stating) { s.Endorsers[0] = s.issue("PlatformMSP", "peer", -9, -1) },
		proof.CheckSigned,
		proof.ReasonCertificateTime,
	},
	"a revoked peer signs": {
		func(s *stating) { s.Revoke(s.Endorsers[0]) },
		proof.CheckSigned,
		proof.ReasonRevoked,
	},
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

	"registered with another root": {func(s *stating) {
		other := *s.facts[2].Batch
		other.UnitsRoot = strings.Repeat("0", 64)
		s.facts[2].Batch = &other
	}, proof.CheckFacts, proof.ReasonOtherBatch},
	"not registered": {func(s *stating) { s.facts[2].Batch = nil }, proof.CheckFacts, proof.ReasonOtherBatch},

	"too old": {
		func(s *stating) { s.Trust.At = s.At.Add(time.Minute + time.Millisecond) },
		proof.CheckCurrent,
		proof.ReasonTooOld,
	},
	"from the future": {
		func(s *stating) { s.Trust.At = s.At.Add(-5*time.Minute - time.Millisecond) },
		proof.CheckCurrent,
		proof.ReasonFromFuture,
	},
}

// state signs the facts of the third unit, and gives them and the bundle they are in.
func state(t *testing.T, change func(*stating)) (proof.Signed, *stating, string) {
	t.Helper()
	n := prooftest.New(t)
	n.At = n.At.Truncate(time.Millisecond).Add(123456) // finer than the contract's clock and a browser's
	n.Trust.At = n.At
	registered, units := batch(t)
	before := *n // everybody signed the registration, an hour before
	before.At = n.At.Add(-time.Hour)
	before.Endorsers = nil
	for _, msp := range []string{"PlatformMSP", "ProducerMSP", "AuditorMSP"} {
		before.Endorsers = append(before.Endorsers, n.CAs[msp].Issue("peer", -1, 9))
	}
	data, txID := before.Block(registered)
	block, err := proof.ReadBlock(data, txID)
	if err != nil {
		t.Fatal(err)
	}
	s := &stating{bundle: &bundle{Network: n}, maxAge: time.Minute, facts: known(t)}
	change(s)
	signed := s.State(s.facts, s.sign)[2]
	signed.Path = slices.Clone(signed.Path)
	for _, edit := range s.edits {
		edit(&signed)
	}
	content, err := proof.Build(block, units[2], &signed)
	if err != nil {
		t.Fatal(err)
	}
	return signed, s, string(content)
}

// Each thing that can be wrong with signed facts is found, by the check that is there for it.
func TestSignedFacts(t *testing.T) {
	for name, c := range statements {
		signed, s, _ := state(t, c.change)
		got, err := proof.VerifySigned(signed, s.Trust, gtin, lot, 2, s.maxAge)
		var failure *proof.Failure
		switch reason := c.reason; {
		case reason == proof.ReasonOtherBatch: // which only a bundle shows
		case reason == "" && (err != nil || !slices.Equal(got.Passed, proof.FactsChecks) || got.Facts.Index != 2 || len(got.Signers) < 2):
			t.Errorf("%s: %v: %+v", name, err, got)
		case reason != "" && (!errors.As(err, &failure) || failure.Check != c.check || failure.Reason != reason):
			t.Errorf("%s: %v, want %s: %s", name, err, c.check, reason)
		}
	}
}

// playStatement checks the case in its bundle, and gives it for the browser's test.
func playStatement(t *testing.T, name string, c statement) played {
	t.Helper()
	_, s, content := state(t, c.change)
	got, err := proof.Verify([]byte(content), s.Trust, proof.UnitID{}, s.maxAge)
	var failure *proof.Failure
	switch {
	case c.reason == "" && (err != nil || got.Statement == nil || got.Statement.Facts == nil ||
		!slices.Equal(got.Passed, slices.Concat(proof.Checks, proof.FactsChecks))):
		t.Errorf("%s: %v: %+v", name, err, got)
	case c.reason != "" && (!errors.As(err, &failure) || failure.Check != c.check || failure.Reason != c.reason):
		t.Errorf("%s in a bundle: %v, want %s: %s", name, err, c.check, c.reason)
	}
	return played{
		Name:   "facts: " + name,
		Bundle: content,
		Trust:  s.Trust,
		MaxAge: s.maxAge.Seconds(),
		Check:  c.check,
		Reason: c.reason,
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

// Every byte of a packed bundle matters, of what is signed and of what is said to be: each is
// changed, and never is it proved.
func TestEveryFlippedByteOfFactsFails(t *testing.T) {
	_, s, content := state(t, func(*stating) {})
	if len(content) > 20_000 {
		t.Errorf("the bundle has %d bytes", len(content))
	}
	step := 1
	if testing.Short() {
		step = 7
	}
	data := []byte(content)
	for i := strings.Index(content, `"block":`); i < len(data); i += step {
		for _, mask := range []byte{0x01, 0x20, 0x80} {
			data[i] ^= mask
			_, err := proof.Verify(data, s.Trust, proof.UnitID{}, time.Minute)
			var failure *proof.Failure
			if !errors.As(err, &failure) || failure.Reason.Error() == "" {
				t.Errorf("byte %d as %q: %v", i, data[i], err)
			}
			data[i] ^= mask
		}
	}
}

// A bundle about as many units as are asked about at once stays small, however different they are.
func TestBundleIsSmall(t *testing.T) {
	golden, err := os.ReadFile("testdata/bundle.json")
	if err != nil {
		t.Fatal(err)
	}
	var b proof.Bundle
	if err := json.Unmarshal(golden, &b); err != nil {
		t.Fatal(err)
	}
	all := full()
	signed := prooftest.New(t).State(all, nil)[3]
	content, err := proof.Build(b.Block, b.Unit, &signed)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes, of which the registration has %d", len(content), len(golden))
	if len(content) > 20_000 {
		t.Errorf("%d bytes", len(content))
	}
}

// full are the facts of units of as many lots and products as are asked about at once, each with
// all that there can well be.
func full() (all []trace.Facts) {
	hash := strings.Repeat("9c", 32)
	for i := range trace.MaxFacts {
		gtin, lot := fmt.Sprintf("0699880190003%d", i), fmt.Sprintf("202611A0%d", i)
		producer := trace.Party{
			ID:    "chengyan",
			Name:  trace.Text{ZhCN: "杭州澄岩生物科技有限公司", En: "Hangzhou Chengyan Biotech Co., Ltd."},
			Place: "杭州",
			Roles: []trace.Role{
				trace.RoleProducer,
				trace.RoleSeller,
			},
			Status:       trace.StatusQualified,
			Prefixes:     []string{"69988019"},
			NextCheckDue: "2027-01-31",
			Licences: []trace.Licence{
				{
					Kind:         "化妆品生产许可证",
					Issuer:       "浙江省药品监督管理局",
					Number:       "浙妆20260001",
					ValidTo:      "2031-01-01",
					DocumentHash: hash,
				},
				{Kind: "营业执照", Issuer: "杭州市市场监督管理局", Number: "91330100MA2XXXXXXX"},
			},
		}
		seller := producer
		seller.ID, seller.Authorisations = "shop", []trace.Authorisation{
			{Prefix: "69988019", Brand: "澄岩", ValidTo: "2027-12-31", DocumentHash: hash},
		}
		all = append(all, trace.Facts{
			GTIN:  gtin,
			Lot:   lot,
			Index: int64(1000 + i),
			Left:  true,
			Batch: &trace.Batch{
				GTIN:       gtin,
				Lot:        lot,
				Quantity:   5000,
				UnitsRoot:  hash,
				KeyEpoch:   1,
				ProducedOn: "2026-11-01",
				ExpiresOn:  "2029-11-01",
				Origin:     "浙江杭州",
				Documents: []trace.Document{
					{Kind: "coa", Hash: hash},
				},
				Producer:     "chengyan",
				Status:       trace.BatchRegistered,
				RegisteredAt: time.Now(),
			},
			Product: &trace.Product{
				GTIN:               gtin,
				Name:               trace.Text{ZhCN: "烟酰胺精华液 30ml", En: "Niacinamide Serum 30 ml"},
				Brand:              "澄岩",
				Category:           "cosmetics",
				Specification:      "30 ml",
				Origin:             "浙江杭州",
				ShelfLifeDays:      1095,
				InspectionRequired: true,
				Owner:              "chengyan",
			},
			Quality: &trace.Quality{GTIN: gtin, Lot: lot, Inspection: "INSP-20261103-1", Accepted: true},
			Inspection: &trace.Inspection{
				ID:         "INSP-20261103-1",
				GTIN:       gtin,
				Lot:        lot,
				Standard:   "COSMETICS",
				Version:    1,
				LotSize:    5000,
				Accepted:   true,
				Classes:    make([]trace.ClassResult, 3),
				ReportHash: hash,
				By:         "lab",
				At:         time.Now(),
			},
			Place: &trace.Place{
				Holder:    "shop",
				State:     trace.Held,
				Container: "106988019000000017",
			},
			Recalls: []trace.Recall{},
			Rulings: []trace.Ruled{},
			Parties: []trace.Party{producer, seller},
		})
	}
	return all
}
