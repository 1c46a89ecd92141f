package contract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func words(s string) []string { return strings.Fields(s) }

// with gives a copy of a value after a change.
func with[V any](v V, change func(*V)) V {
	change(&v)
	return v
}

func newcomer(change func(*trace.Party)) trace.Party {
	return with(party("newcomer", trace.ProducerMSP, trace.RoleProducer), change)
}

func prefixed(prefixes ...string) trace.Party {
	return newcomer(func(p *trace.Party) { p.Prefixes = prefixes })
}

func status(id string, s trace.Status) trace.SetPartyStatusRequest {
	return trace.SetPartyStatusRequest{ID: id, Status: s, Reason: "复查"}
}

var partyRefusals = []refusal{
	{
		"with a taken id",
		platform,
		trace.RegisterParty,
		newcomer(func(p *trace.Party) { p.ID = "maker" }),
		trace.PartyExists,
		"id",
	},
	{
		"with a taken identity",
		platform,
		trace.RegisterParty,
		newcomer(func(p *trace.Party) { p.Identity = "maker" }),
		trace.PartyExists,
		"identity",
	},
	{
		"with a shipment's id",
		platform,
		trace.RegisterParty,
		newcomer(func(p *trace.Party) { p.ID = "123456" }),
		trace.FieldInvalid,
		"id",
	},
	{
		"with a status",
		platform,
		trace.RegisterParty,
		newcomer(func(p *trace.Party) { p.Status = trace.StatusQualified }),
		trace.FieldInvalid,
		"status",
	},
	{
		"with a status reason",
		platform,
		trace.RegisterParty,
		newcomer(func(p *trace.Party) { p.StatusReason = "x" }),
		trace.FieldInvalid,
		"statusReason",
	},
	{
		"without roles",
		platform,
		trace.RegisterParty,
		newcomer(func(p *trace.Party) { p.Roles = nil }),
		trace.FieldInvalid,
		"roles",
	},
	{
		"with a role twice",
		platform,
		trace.RegisterParty,
		newcomer(func(p *trace.Party) { p.Roles = append(p.Roles, p.Roles...) }),
		trace.FieldInvalid,
		"roles",
	},
	{
		"producer of the platform",
		platform,
		trace.RegisterParty,
		party("newcomer", trace.PlatformMSP, trace.RoleProducer),
		trace.FieldInvalid,
		"msp",
	},
	{
		"platform among producers",
		platform,
		trace.RegisterParty,
		party("newcomer", trace.ProducerMSP, trace.RolePlatform),
		trace.FieldInvalid,
		"msp",
	},
	{
		"seller among auditors",
		platform,
		trace.RegisterParty,
		party("newcomer", trace.AuditorMSP, trace.RoleSeller),
		trace.FieldInvalid,
		"msp",
	},
	{
		"inspector of the platform",
		platform,
		trace.RegisterParty,
		party("newcomer", trace.PlatformMSP, trace.RoleInspector),
		trace.FieldInvalid,
		"msp",
	},
	{
		"auditor among producers",
		platform,
		trace.RegisterParty,
		party("newcomer", trace.ProducerMSP, trace.RoleAuditor),
		trace.FieldInvalid,
		"msp",
	},
	{
		"with the maker's prefix",
		platform,
		trace.RegisterParty,
		prefixed("6911111", makerPrefix),
		trace.PrefixTaken,
		"prefixes",
	},
	{
		"with a prefix above the maker's",
		platform,
		trace.RegisterParty,
		prefixed("699880"),
		trace.PrefixTaken,
		"prefixes",
	},
	{
		"with a prefix below the maker's",
		platform,
		trace.RegisterParty,
		prefixed("69988011"),
		trace.PrefixTaken,
		"prefixes",
	},
	{"with a prefix far above", platform, trace.RegisterParty, prefixed("6998"), trace.PrefixTaken, "prefixes"},
	{"with a prefix of letters", platform, trace.RegisterParty, prefixed("69988O1"), trace.FieldInvalid, "prefixes"},
	{
		"with a bad date",
		platform,
		trace.RegisterParty,
		newcomer(func(p *trace.Party) { p.NextCheckDue = "2026-02-30" }),
		trace.DateInvalid,
		"nextCheckDue",
	},

	{
		"unknown",
		platform,
		trace.UpdateParty,
		trace.UpdatePartyRequest{ID: "nobody", Name: trace.Text{ZhCN: "无"}},
		trace.PartyUnknown,
		"id",
	},
	{
		"to another's prefix",
		platform,
		trace.UpdateParty,
		trace.UpdatePartyRequest{ID: "maker", Name: trace.Text{ZhCN: "厂"}, Prefixes: []string{rivalPrefix}},
		trace.PrefixTaken,
		"prefixes",
	},
	{
		"to no name",
		platform,
		trace.UpdateParty,
		trace.UpdatePartyRequest{ID: "maker"},
		trace.FieldInvalid,
		"name.zh-CN",
	},
	{
		"to a quota below nothing",
		platform,
		trace.UpdateParty,
		trace.UpdatePartyRequest{ID: "maker", Name: trace.Text{ZhCN: "厂"}, DailyQuota: -1},
		trace.FieldInvalid,
		"dailyQuota",
	},
	{
		"to a place that is no text",
		platform,
		trace.UpdateParty,
		trace.UpdatePartyRequest{ID: "maker", Name: trace.Text{ZhCN: "厂"}, Place: "杭\n州"},
		trace.FieldInvalid,
		"place",
	},

	{"unknown", platform, trace.SetPartyStatus, status("nobody", trace.StatusQualified), trace.PartyUnknown, "id"},
	{"of itself", platform, trace.SetPartyStatus, status("platform", trace.StatusSuspended), trace.NotAllowed, "id"},
	{
		"back from revoked",
		platform,
		trace.SetPartyStatus,
		status("revoked", trace.StatusQualified),
		trace.PartyStatus,
		"status",
	},
	{
		"to what it is",
		platform,
		trace.SetPartyStatus,
		status("maker", trace.StatusQualified),
		trace.PartyStatus,
		"status",
	},
	{"to lapsed", platform, trace.SetPartyStatus, status("maker", "lapsed"), trace.PartyStatus, "status"},
	{
		"suspended without a reason",
		platform,
		trace.SetPartyStatus,
		trace.SetPartyStatusRequest{ID: "maker", Status: trace.StatusSuspended},
		trace.FieldInvalid,
		"reason",
	},
	{"by a producer", maker, trace.SetPartyStatus, status("rival", trace.StatusSuspended), trace.RoleMissing, ""},
}

func TestUpdateParty(t *testing.T) {
	l := newMarket(t)
	before, _ := query[trace.Party](l, auditor, trace.GetParty, "maker")
	e := l.must(
		platform,
		trace.UpdateParty,
		trace.UpdatePartyRequest{
			ID:   "maker",
			Name: trace.Text{ZhCN: "新名", En: "New"},
			Prefixes: []string{
				"6911111",
			},
			Licences:     []trace.Licence{{Kind: "food", Issuer: "SAMR", Number: "1"}},
			NextCheckDue: "2027-01-01",
			DailyQuota:   7,
			Place:        "浙江杭州",
		},
	)
	want := before
	want.Name, want.Prefixes, want.NextCheckDue, want.DailyQuota = trace.Text{
		ZhCN: "新名",
		En:   "New",
	}, []string{
		"6911111",
	}, "2027-01-01", 7
	want.Place = "浙江杭州"
	want.Licences = []trace.Licence{{Kind: "food", Issuer: "SAMR", Number: "1"}}
	after, _ := query[trace.Party](l, auditor, trace.GetParty, "maker")
	if diff := cmp.Diff(want, after); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(after, *e.Party); diff != "" || e.Type != trace.EventPartyUpdated {
		t.Errorf("event %s: %s", e.Type, diff)
	}
}

// TestPrefixChangesHands: a prefix that a party gives up is free for another.
func TestPrefixChangesHands(t *testing.T) {
	l := newMarket(t)
	l.must(
		platform,
		trace.UpdateParty,
		trace.UpdatePartyRequest{ID: "maker", Name: trace.Text{ZhCN: "厂"}, Prefixes: []string{"69988012", "69988013"}},
	)
	l.must(
		platform,
		trace.UpdateParty,
		trace.UpdatePartyRequest{ID: "rival", Name: trace.Text{ZhCN: "厂"}, Prefixes: []string{rivalPrefix, "69988011"}},
	)
	if _, err := l.submit(platform, trace.RegisterParty, prefixed(makerPrefix)); trace.CodeOf(
		err,
	) != trace.PrefixTaken {
		t.Errorf("a prefix over two owners: %v", err)
	}
}

func TestStatusIsTold(t *testing.T) {
	l := newMarket(t)
	l.must(
		platform,
		trace.SetPartyStatus,
		trace.SetPartyStatusRequest{ID: "maker", Status: trace.StatusSuspended, Reason: "抽检不合格"},
	)
	_, err := l.submit(maker, trace.RegisterProduct, product(gtin(makerPrefix, 2)))
	if trace.CodeOf(err) != trace.PartySuspended || !strings.Contains(err.Error(), "抽检不合格") {
		t.Error(err)
	}
	l.must(platform, trace.SetPartyStatus, trace.SetPartyStatusRequest{ID: "maker", Status: trace.StatusQualified})
	l.must(maker, trace.RegisterProduct, product(gtin(makerPrefix, 2)))
}
