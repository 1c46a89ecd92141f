package trace

import (
	"slices"
	"testing"
)

func TestDetail(t *testing.T) {
	for _, c := range []struct {
		refusal          *Error
		chinese, english string
	}{
		{Refuse(FieldInvalid, "name.zh-CN", "too_long", "n", 300, "most", 200), "有 300 个字，最多 200 个字", "300 characters; at most 200"},
		{Refuse(FieldInvalid, "name.zh-CN", "too_long", "n", 1, "most", 0), "有 1 个字，最多 0 个字", "1 character; at most 0"},
		{Refuse(NotHolder, "lines", "units_not_held", "from", 1, "to", 10, "lot", "{{.to}}", "state", Held, "party", "shop"),
			"批号 {{.to}} 的第 1 至 10 件并不都是 shop 的（在库）", "units 1 to 10 of lot {{.to}} are not all held with shop"},
		{Refuse(RoleMissing, "", "role_missing", "party", "shop", "has", []Role{RoleSeller}, "needs", []Role{RoleProducer, RoleDistributor}),
			"shop 的角色是卖家，这项操作需要其中之一：生产商、经销商", "shop has the roles seller; this needs one of producer, distributor"},
		{Refuse(CaseConflict, "id", "cannot_be", "id", "CASE-1", "status", CaseResolved, "wish", "answered"),
			"CASE-1 目前的状态是“已解决”，不能答复", "CASE-1 is resolved and cannot be answered"},
		{Refuse(ReceiverInvalid, "to", "cannot_receive", "party", "shop", "why", PartyLapsed),
			"shop 现在不能收货（" + PartyLapsed.Title().ZhCN + "）", "shop cannot receive goods now (" + PartyLapsed.Title().En + ")"},
		{Refuse(AmendmentLate, "id", "amendment_late", "shipment", "S-1", "until", "2026-10-02T17:30:00Z"),
			"货单 S-1 的签收只能在 2026-10-03 01:30 之前更改，请改为开一宗异常", "the receipt of S-1 could be amended until 2026-10-02 17:30 UTC; open a case instead"},
		{Refuse(FieldInvalid, "level", "one_of", "names", []string{"a", "b"}), "只能是以下之一：a、b", "one of a, b"},
		{Refuse(FieldInvalid, "brand", "missing"), "未填写", "missing"},
		{Refuse(FieldInvalid, "brand", "no such text"), "", ""},
		{Refuse(FieldInvalid, "brand", "too_long", "n", 1), "", ""},
		{&Error{Code: FieldInvalid, came: "of an older ledger"}, "", "of an older ledger"},
	} {
		if got := c.refusal.Detail(); got.ZhCN != c.chinese || got.En != c.english {
			t.Errorf("%+v", got)
		}
	}
}

// TestWordsOfTheVocabulary: what the ledger's vocabulary can put into a sentence has its word.
func TestWordsOfTheVocabulary(t *testing.T) {
	vocabulary := map[string][]string{
		"role":      names(Roles),
		"party":     names([]Status{StatusApplied, StatusQualified, StatusSuspended, StatusRevoked}),
		"state":     names([]State{Held, InTransit, Sold, Consumed, Removed}),
		"condition": names([]Condition{Good, Damaged, Missing, Withheld}),
		"case": append(
			names([]CaseStatus{CaseOpen, CaseDisputed, CaseResolved, CaseDecided, CaseWithdrawn, CaseEscalated}),
			names(
				[]ComplaintStatus{
					ComplaintOpen,
					ComplaintAnswered,
					ComplaintDecided,
					ComplaintAppealed,
					ComplaintWithdrawn,
					ComplaintEscalated,
				},
			)...),
		"cause":   names(Causes),
		"fix":     names(Fixes),
		"batch":   names([]BatchStatus{BatchRegistered, BatchAwaitingApproval}),
		"outcome": names(decidable),
	}
	for section, all := range vocabulary {
		for _, name := range all {
			if !slices.Contains(texts.Under(section), section+"."+name) {
				t.Errorf("the %s %s has no word", section, name)
			}
		}
	}
}

func names[S ~string](all []S) []string {
	names := make([]string, len(all))
	for i, name := range all {
		names[i] = string(name)
	}
	return names
}
