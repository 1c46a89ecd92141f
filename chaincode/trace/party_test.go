package trace

import (
	"strings"
	"testing"
)

func TestStanding(t *testing.T) {
	licence := func(to Date) []Licence { return []Licence{{ValidTo: "2027-01-01"}, {ValidTo: to}} }
	for name, test := range map[string]struct {
		party Party
		want  Standing
	}{
		"nothing to expire":    {Party{Status: StatusQualified}, "qualified"},
		"last day of licence":  {Party{Status: StatusQualified, Licences: licence("2026-10-02")}, "qualified"},
		"day after":            {Party{Status: StatusQualified, Licences: licence("2026-10-01")}, StandingLapsed},
		"licence without end":  {Party{Status: StatusQualified, Licences: licence("")}, "qualified"},
		"check due today":      {Party{Status: StatusQualified, NextCheckDue: "2026-10-02"}, "qualified"},
		"check overdue":        {Party{Status: StatusQualified, NextCheckDue: "2026-10-01"}, StandingLapsed},
		"suspended and lapsed": {Party{Status: StatusSuspended, NextCheckDue: "2026-10-01"}, "suspended"},
		"applied":              {Party{Status: StatusApplied}, "applied"},
		"no status":            {Party{}, ""},
	} {
		if got := test.party.StandingOn("2026-10-02"); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestPermits(t *testing.T) {
	sale, receipt := Transactions[Sell], Transactions[Receive]
	seller := func(s Status, due Date) Party {
		return Party{ID: "shop", Roles: []Role{RoleSeller}, Status: s, NextCheckDue: due}
	}
	for name, test := range map[string]struct {
		authority Authority
		party     Party
		code      Code
	}{
		"qualified":         {sale, seller(StatusQualified, ""), ""},
		"lapsed, sells":     {sale, seller(StatusQualified, "2026-10-01"), PartyLapsed},
		"lapsed, receives":  {receipt, seller(StatusQualified, "2026-10-01"), ""},
		"applied":           {receipt, seller(StatusApplied, ""), PartyUnqualified},
		"suspended":         {receipt, seller(StatusSuspended, ""), PartySuspended},
		"revoked":           {receipt, seller(StatusRevoked, ""), PartySuspended},
		"no status at all":  {receipt, seller("", ""), PartySuspended},
		"role missing":      {sale, Party{Roles: []Role{RoleDistributor}, Status: StatusQualified}, RoleMissing},
		"no such table row": {Transactions["Forge"], seller(StatusQualified, ""), RoleMissing},
	} {
		if err := test.authority.Permits(test.party, "2026-10-02"); CodeOf(err) != test.code {
			t.Errorf("%s: %v, want %q", name, err, test.code)
		}
	}
}

func TestStatusChanges(t *testing.T) {
	possible := map[Status][]Status{
		StatusApplied:   {StatusQualified, StatusRevoked},
		StatusQualified: {StatusSuspended, StatusRevoked},
		StatusSuspended: {StatusQualified, StatusRevoked},
		StatusRevoked:   nil,
	}
	for from := range possible {
		for _, to := range []Status{StatusApplied, StatusQualified, StatusSuspended, StatusRevoked, "lapsed", ""} {
			want := false
			for _, s := range possible[from] {
				want = want || s == to
			}
			if err := (Party{Status: from}).MayBecome(to); (err == nil) != want {
				t.Errorf("%s to %q: %v", from, to, err)
			}
		}
	}
}

func TestEveryRoleHasItsOrganisation(t *testing.T) {
	for _, r := range Roles {
		p := Party{ID: "party", Name: Text{ZhCN: "主体"}, MSP: RoleMSP[r], Identity: "party", Roles: []Role{r}}
		if err := p.Check(); err != nil {
			t.Errorf("%s: %v", r, err)
		}
	}
	both := Party{
		ID:       "party",
		Name:     Text{ZhCN: "主体"},
		MSP:      ProducerMSP,
		Identity: "party",
		Roles:    []Role{RoleProducer, RoleSeller},
	}
	if err := both.Check(); CodeOf(err) != FieldInvalid {
		t.Errorf("one party of two organisations: %v", err)
	}
}

// TestCompanyPrefixes: nobody is given numbers that GS1 gives to no company.
func TestCompanyPrefixes(t *testing.T) {
	for prefix, ok := range map[string]bool{
		"6998801": true, "0614141": true, "614141": true, "000006901": true, "0612345678": true, "9780": true, "3012": true, "1901": true,
		"0000": false, "00000": false, "000001": false, "000069": false, "00001": false, "000000690": false, "0200": false, "0412345": false, "0512": false, "2000": false, "2912345": false, "9812": false,
		"9912": false, "690": false, "1234567890123": false, "69988O1": false,
	} {
		if err := checkPrefixes([]string{prefix}); (err == nil) != ok || err != nil && CodeOf(err) != FieldInvalid {
			t.Errorf("%s: %v", prefix, err)
		}
	}
	party := Party{ID: "maker", Prefixes: []string{"614141"}}
	if err := party.MayRegister("00614141999996", "2026-10-02"); CodeOf(err) != PrefixNotOwned ||
		!strings.Contains(err.Error(), "0614141") {
		t.Errorf("a U.P.C. prefix without its zero: %v", err)
	}
	weighed := Product{GTIN: "96998801000015", Name: Text{ZhCN: "散装", En: ""}, Brand: "b", Owner: "maker"}
	if err := weighed.Check(); CodeOf(err) != GTINInvalid {
		t.Errorf("goods by weight: %v", err)
	}
}
