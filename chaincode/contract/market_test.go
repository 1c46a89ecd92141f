package contract

import (
	"encoding/hex"
	"fmt"
	"sync"
	"testing"

	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/touchstone-trace/touchstone/chaincode/contract/contracttest"
	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

const (
	makerPrefix  = "6998801"
	rivalPrefix  = "6998802"
	lapsedPrefix = "6998803"
)

// Who is in the market. Each signs with a certificate of the same name.
var (
	platform  = enrol(trace.PlatformMSP, "platform", contracttest.Operator)
	maker     = enrol(trace.ProducerMSP, "maker", nil)
	rival     = enrol(trace.ProducerMSP, "rival", nil)
	licensee  = enrol(trace.ProducerMSP, "licensee", nil)
	lapsed    = enrol(trace.ProducerMSP, "lapsed", nil)
	carrier   = enrol(trace.PlatformMSP, "carrier", nil)
	shop      = enrol(trace.PlatformMSP, "shop", nil)
	stall     = enrol(trace.PlatformMSP, "stall", nil)
	applicant = enrol(trace.PlatformMSP, "applicant", nil)
	barred    = enrol(trace.PlatformMSP, "barred", nil)
	revoked   = enrol(trace.PlatformMSP, "revoked", nil)
	lab       = enrol(trace.AuditorMSP, "lab", nil)
	auditor   = enrol(trace.AuditorMSP, "auditor", nil)
)

func party(id, msp string, roles ...trace.Role) trace.Party {
	return trace.Party{ID: id, MSP: msp, Identity: id, Roles: roles, Name: trace.Text{ZhCN: "主体" + id, En: id}}
}

func gtin(prefix string, n int) string {
	body := fmt.Sprintf("%s%0*d", prefix, 12-len(prefix), n)
	return "0" + body + string(gs1.CheckDigit(body))
}

func product(gtin string) trace.Product {
	return trace.Product{GTIN: gtin, Name: trace.Text{ZhCN: "绿茶", En: "Green tea"}, Brand: "试金", Category: "茶叶"}
}

func batch(gtin, lot string, quantity int64) trace.Batch {
	return trace.Batch{GTIN: gtin, Lot: lot, Quantity: quantity, UnitsRoot: tree.root, ProducedOn: "2026-10-01"}
}

func line(lot string, from, count int64) trace.Line {
	return trace.Line{GTIN: tea, Lot: lot, From: from, Count: count}
}

func lines(l ...trace.Line) []trace.Line { return l }

var tea = gtin(makerPrefix, 1)

// tree is the Merkle tree of a lot TREE with three units.
var tree = newTree()

type unitTree struct {
	root  string
	units [3]trace.ActivateUnitRequest
}

func newTree() (u unitTree) {
	var leaves [3][]byte
	for i := range u.units {
		u.units[i] = trace.ActivateUnitRequest{
			GTIN:   tea,
			Lot:    "TREE",
			Index:  int64(i),
			Serial: fmt.Sprintf("SERIAL-%d", i),
			PIN:    fmt.Sprintf("PIN%d", i),
			Salt:   fmt.Sprintf("%032x", i),
		}
		salt := [16]byte{15: byte(i)}
		leaves[i] = rfc6962.DefaultHasher.HashLeaf(
			trace.UnitLeaf(tea, "TREE", u.units[i].Serial, trace.PINCommitment(salt, u.units[i].PIN)),
		)
	}
	left := rfc6962.DefaultHasher.HashChildren(leaves[0], leaves[1])
	path := func(hashes ...[]byte) (texts []string) {
		for _, h := range hashes {
			texts = append(texts, hex.EncodeToString(h))
		}
		return texts
	}
	u.units[0].Path, u.units[1].Path, u.units[2].Path = path(leaves[1], leaves[2]), path(leaves[0], leaves[2]), path(
		left,
	)
	u.root = hex.EncodeToString(rfc6962.DefaultHasher.HashChildren(left, leaves[2]))
	return u
}

var market = sync.OnceValue(func() *ledger {
	l := newLedger(panics{})
	setUpParties(l)
	setUpGoods(l)
	setUpContainers(l)
	return l
})

// panics stands in for the test while the shared market is set up.
type panics struct{ testing.TB }

func (panics) Helper()                   {}
func (panics) Fatal(args ...any)         { panic(fmt.Sprint(args...)) }
func (panics) Fatalf(f string, a ...any) { panic(fmt.Sprintf(f, a...)) }

// newMarket gives a ledger of its own with everybody and some goods on it.
func newMarket(t testing.TB) *ledger { return market().fork(t) }

func setUpParties(l *ledger) {
	l.must(platform, trace.RegisterParty, party("platform", trace.PlatformMSP, trace.RolePlatform))
	all := []trace.Party{
		party("maker", trace.ProducerMSP, trace.RoleProducer),
		party("rival", trace.ProducerMSP, trace.RoleProducer),
		party("licensee", trace.ProducerMSP, trace.RoleProducer),
		party("lapsed", trace.ProducerMSP, trace.RoleProducer),
		party("carrier", trace.PlatformMSP, trace.RoleDistributor),
		party("shop", trace.PlatformMSP, trace.RoleSeller),
		party("stall", trace.PlatformMSP, trace.RoleSeller),
		party("barred", trace.PlatformMSP, trace.RoleSeller),
		party("revoked", trace.PlatformMSP, trace.RoleSeller),
		party("applicant", trace.PlatformMSP, trace.RoleSeller),
		party("lab", trace.AuditorMSP, trace.RoleInspector),
		party("auditor", trace.AuditorMSP, trace.RoleAuditor),
	}
	all[0].Prefixes, all[0].DailyQuota = []string{makerPrefix}, 1000
	all[1].Prefixes = []string{rivalPrefix}
	all[2].Authorisations = []trace.Authorisation{{Prefix: makerPrefix, Brand: "试金", ValidTo: "2026-10-03"}}
	all[3].Prefixes = []string{lapsedPrefix}
	all[3].Licences = []trace.Licence{{Kind: "food", Issuer: "SAMR", Number: "SC1", ValidTo: "2026-10-02"}}
	for _, p := range all {
		l.must(platform, trace.RegisterParty, p)
		if p.ID != "applicant" {
			l.must(platform, trace.SetPartyStatus, trace.SetPartyStatusRequest{ID: p.ID, Status: trace.StatusQualified})
		}
	}
	l.must(
		platform,
		trace.SetPartyStatus,
		trace.SetPartyStatusRequest{ID: "barred", Status: trace.StatusSuspended, Reason: "复查中"},
	)
	l.must(
		platform,
		trace.SetPartyStatus,
		trace.SetPartyStatusRequest{ID: "revoked", Status: trace.StatusRevoked, Reason: "假货"},
	)
}

// setUpGoods: of lot A the shop holds 0-39 but has sold 0-9, and units 40-49
// are on their way to it; TREE is with the maker; R is recalled; BIG awaits
// approval; the rival has a lot A of its own product.
func setUpGoods(l *ledger) {
	l.must(maker, trace.RegisterProduct, product(tea))
	l.must(rival, trace.RegisterProduct, product(gtin(rivalPrefix, 1)))
	l.must(rival, trace.RegisterBatch, batch(gtin(rivalPrefix, 1), "A", 10))
	for _, b := range []trace.Batch{batch(tea, "A", 100), batch(tea, "TREE", 3), batch(tea, "R", 50), batch(tea, "BIG", 1001)} {
		l.must(maker, trace.RegisterBatch, b)
	}
	l.must(
		maker,
		trace.Dispatch,
		trace.DispatchRequest{ID: "SHIP-1", To: "shop", Lines: lines(line("A", 0, 40), line("R", 0, 10))},
	)
	l.must(shop, trace.Receive, trace.ReceiveRequest{ID: "SHIP-1"})
	l.must(shop, trace.Sell, trace.SellRequest{Lines: lines(line("A", 0, 10))})
	l.must(
		maker,
		trace.Dispatch,
		trace.DispatchRequest{ID: "SHIP-2", To: "shop", Lines: lines(line("A", 40, 10), line("R", 10, 5))},
	)
	l.must(maker, trace.StartRecall, recall("RECALL-1", "R"))
	setUpQuality(l)
}

func recall(id string, lots ...string) trace.Recall {
	return trace.Recall{ID: id, GTIN: tea, Lots: lots, Class: trace.ClassII,
		Reason: trace.Text{ZhCN: "铅超标", En: "Too much lead"}, Instruction: trace.Text{ZhCN: "停止饮用", En: "Do not drink"}}
}
