package contract

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// owner is somebody with a key: the n-th of a fixed list, so that what they do
// looks the same in every run.
type owner struct{ key *ecdsa.PrivateKey }

func newOwner(n byte) owner {
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), append(make([]byte, 31), n))
	if err != nil {
		panic(err)
	}
	return owner{key}
}

var ann, bo, eve = newOwner(1), newOwner(2), newOwner(3)

func (o owner) public() string {
	point, err := o.key.PublicKey.Bytes()
	if err != nil {
		panic(err)
	}
	return hex.EncodeToString(point)
}

// signs gives the request for an act on a unit as it stands.
func (o owner) signs(act trace.Transaction, u trace.OwnedUnit, next string) trace.OwnerRequest {
	digest := sha256.Sum256(trace.OwnerMessage(act, u, next))
	r, s, err := ecdsa.Sign(rand.Reader, o.key, digest[:])
	if err != nil {
		panic(err)
	}
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return trace.OwnerRequest{
		GTIN:      u.GTIN,
		Lot:       u.Lot,
		Index:     u.Index,
		Owner:     next,
		Signature: hex.EncodeToString(signature),
	}
}

// owned is unit i of the lot TREE, claimed by o.
func owned(l *ledger, i int, o owner) trace.OwnedUnit {
	return *l.must(platform, trace.ActivateUnit, unit(i, func(u *trace.ActivateUnitRequest) { u.Owner = o.public() })).Unit
}

// unclaimed is unit 0 of the lot TREE as an owner would name it.
var unclaimed = trace.OwnedUnit{UnitEvent: trace.UnitEvent{GTIN: tea, Lot: "TREE", Serial: "SERIAL-0"}}

var ownerRefusals = []refusal{
	{
		"of a unit unclaimed",
		platform,
		trace.PassOnUnit,
		ann.signs(trace.PassOnUnit, unclaimed, bo.public()),
		trace.OwnerUnproved,
		"signature",
	},
	{
		"of a unit unclaimed",
		platform,
		trace.RenewOwnerKey,
		ann.signs(trace.RenewOwnerKey, unclaimed, bo.public()),
		trace.OwnerUnproved,
		"signature",
	},
	{
		"of a unit unclaimed",
		platform,
		trace.ReportUnitStolen,
		ann.signs(trace.ReportUnitStolen, unclaimed, ""),
		trace.OwnerUnproved,
		"signature",
	},
	{
		"of a unit unclaimed",
		platform,
		trace.WithdrawStolenReport,
		ann.signs(trace.WithdrawStolenReport, unclaimed, ""),
		trace.OwnerUnproved,
		"signature",
	},
	{
		"of no batch",
		platform,
		trace.ReportUnitStolen,
		trace.OwnerRequest{GTIN: tea, Lot: "NONE", Index: -1, Signature: strings.Repeat("0", 128)},
		trace.OwnerUnproved,
		"signature",
	},
	{
		"without a signature",
		platform,
		trace.ReportUnitStolen,
		trace.OwnerRequest{GTIN: tea, Lot: "TREE"},
		trace.FieldInvalid,
		"signature",
	},
	{
		"to a point off the curve",
		platform,
		trace.PassOnUnit,
		ann.signs(trace.PassOnUnit, unclaimed, "04"+strings.Repeat("0", 128)),
		trace.FieldInvalid,
		"owner",
	},
	{"of no product", platform, trace.PassOnUnit, trace.OwnerRequest{Lot: "TREE"}, trace.GTINMissing, "gtin"},
	{
		"by the maker",
		maker,
		trace.PassOnUnit,
		ann.signs(trace.PassOnUnit, unclaimed, bo.public()),
		trace.RoleMissing,
		"",
	},
	{
		"with half a key",
		platform,
		trace.ActivateUnit,
		unit(0, func(u *trace.ActivateUnitRequest) { u.Owner = ann.public()[:66] }),
		trace.FieldInvalid,
		"owner",
	},
}

// An owner passes the unit on, reports it stolen and takes that back; each act
// is told in full, and the ledger keeps how the unit stands.
func TestOwnerActs(t *testing.T) {
	l := newMarket(t)
	u := owned(l, 0, ann)
	for _, step := range []struct {
		by    owner
		act   trace.Transaction
		next  string
		event trace.EventType
		fact  trace.UnitEventType
		then  func(*trace.OwnedUnit)
	}{
		{ann, trace.ReportUnitStolen, "", trace.EventUnitStolen, trace.ReportedStolen, func(u *trace.OwnedUnit) { u.StolenAt = noon }},
		{ann, trace.WithdrawStolenReport, "", trace.EventStolenWithdrawn, trace.StolenWithdrawn, func(u *trace.OwnedUnit) { u.StolenAt = time.Time{} }},
		{ann, trace.PassOnUnit, eve.public(), trace.EventUnitPassedOn, trace.PassedOn, func(u *trace.OwnedUnit) { u.Owner, u.PassedOn = eve.public(), 1 }},
		{eve, trace.RenewOwnerKey, bo.public(), trace.EventOwnerKeyRenewed, trace.OwnerKeyRenewed, func(u *trace.OwnedUnit) { u.Owner = bo.public() }},
		{bo, trace.PassOnUnit, ann.public(), trace.EventUnitPassedOn, trace.PassedOn, func(u *trace.OwnedUnit) { u.Owner, u.PassedOn = ann.public(), 2 }},
	} {
		e := l.must(platform, step.act, step.by.signs(step.act, u, step.next))
		step.then(&u)
		u.Acts++
		fact := trace.UnitEvent{GTIN: tea, Lot: "TREE", Serial: "SERIAL-0", Type: step.fact, At: noon}
		if diff := cmp.Diff(
			trace.Event{Type: step.event, At: noon, By: "platform", Units: []trace.UnitEvent{fact}, Unit: &u,
				Lines: lines(line("TREE", 0, 1))},
			e,
		); diff != "" {
			t.Error(step.act, diff)
		}
		stored, err := query[trace.OwnedUnit](l, shop, trace.GetUnit, tea, "TREE", "0")
		if diff := cmp.Diff(u, stored); diff != "" || err != nil {
			t.Errorf("%s: %s %v", step.act, diff, err)
		}
	}
}

// Nobody but the present owner acts, and no signature serves twice.
func TestOnlyTheOwnerActs(t *testing.T) {
	l := newMarket(t)
	first := owned(l, 0, ann)
	pass := ann.signs(trace.PassOnUnit, first, bo.public())
	passed := *l.must(platform, trace.PassOnUnit, pass).Unit
	stolen := *l.must(platform, trace.ReportUnitStolen, bo.signs(trace.ReportUnitStolen, passed, "")).Unit
	keyless := *l.must(platform, trace.ActivateUnit, tree.units[1]).Unit
	moved := bo.signs(trace.WithdrawStolenReport, stolen, "")
	moved.Index = 1
	for _, test := range []struct {
		name    string
		act     trace.Transaction
		request trace.OwnerRequest
		code    trace.Code
	}{
		{"the same again", trace.PassOnUnit, pass, trace.OwnerUnproved},
		{"by the former owner", trace.WithdrawStolenReport, ann.signs(trace.WithdrawStolenReport, stolen, ""), trace.OwnerUnproved},
		{"by a stranger", trace.WithdrawStolenReport, eve.signs(trace.WithdrawStolenReport, stolen, ""), trace.OwnerUnproved},
		{"signed for another act", trace.RenewOwnerKey, bo.signs(trace.PassOnUnit, stolen, eve.public()), trace.OwnerUnproved},
		{"signed before the last act", trace.WithdrawStolenReport, bo.signs(trace.WithdrawStolenReport, passed, ""), trace.OwnerUnproved},
		{"signed for another unit", trace.WithdrawStolenReport, moved, trace.OwnerUnproved},
		{"of a unit claimed without a key", trace.ReportUnitStolen, eve.signs(trace.ReportUnitStolen, keyless, ""), trace.OwnerUnproved},
		{"of what is stolen", trace.PassOnUnit, bo.signs(trace.PassOnUnit, stolen, eve.public()), trace.UnitStolen},
		{"reported twice", trace.ReportUnitStolen, bo.signs(trace.ReportUnitStolen, stolen, ""), trace.UnitStolen},
	} {
		if _, err := l.submit(platform, test.act, test.request); trace.CodeOf(err) != test.code {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	found := *l.must(platform, trace.WithdrawStolenReport, bo.signs(trace.WithdrawStolenReport, stolen, "")).Unit
	if _, err := l.submit(
		platform, trace.WithdrawStolenReport, bo.signs(trace.WithdrawStolenReport, found, ""),
	); trace.CodeOf(err) != trace.UnitNotStolen {
		t.Error(err)
	}
}

// One owner cannot fill the ledger, and still is not left with a report of theft.
func TestOwnersActSoOften(t *testing.T) {
	l := newMarket(t)
	u, from, to := owned(l, 0, ann), ann, bo
	for range 63 {
		u = *l.must(platform, trace.RenewOwnerKey, from.signs(trace.RenewOwnerKey, u, to.public())).Unit
		from, to = to, from
	}
	u = *l.must(platform, trace.ReportUnitStolen, from.signs(trace.ReportUnitStolen, u, "")).Unit
	if _, err := l.submit(platform, trace.RenewOwnerKey, from.signs(trace.RenewOwnerKey, u, to.public())); trace.CodeOf(
		err,
	) != trace.OwnerActsSpent {
		t.Error(err)
	}
	u = *l.must(platform, trace.WithdrawStolenReport, from.signs(trace.WithdrawStolenReport, u, "")).Unit
	if _, err := l.submit(platform, trace.ReportUnitStolen, from.signs(trace.ReportUnitStolen, u, "")); trace.CodeOf(
		err,
	) != trace.OwnerActsSpent {
		t.Error(err)
	}
}
