package verdict

import (
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// badgeInOrder is a badge of one lot that nothing speaks against.
func badgeInOrder(now time.Time) BadgeEvidence {
	party := func(id string) trace.Party {
		return trace.Party{ID: id, Name: trace.Text{ZhCN: "甲" + id, En: "A " + id}, Status: trace.StatusQualified,
			Licences: []trace.Licence{{Kind: "food", ValidTo: trace.DayOf(now).AddDays(10)}}}
	}
	return BadgeEvidence{Now: now, MaxAge: time.Minute, Site: "shop.example", Records: BadgeRecords{
		Badge: Badge{
			ID:        "B1",
			GTIN:      "06998801000036",
			Lot:       "L1",
			Host:      "shop.example",
			Seller:    "shop",
			Issuer:    "shop",
			ExpiresAt: now.Add(time.Hour),
		},
		Ledger:  &Ledger{Height: 9, CheckedAt: now},
		Product: &trace.Product{GTIN: "06998801000036", Owner: "maker"},
		Batch: &trace.Batch{
			GTIN:      "06998801000036",
			Lot:       "L1",
			Quantity:  10,
			ExpiresOn: trace.DayOf(now).AddDays(100),
		},
		Parties: map[string]trace.Party{"shop": party("shop"), "maker": party("maker")},
	}}
}

// What decides about a badge, and that each finding is said in both languages.
func TestJudgeBadge(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	recall := trace.Recall{ID: "R1", GTIN: "06998801000036", Lots: []string{"L1"}}
	change := func(party string, f func(*trace.Party)) func(*BadgeEvidence) {
		return func(e *BadgeEvidence) {
			p := e.Records.Parties[party]
			f(&p)
			e.Records.Parties[party] = p
		}
	}
	wholeProduct := func(e *BadgeEvidence) { e.Records.Badge.Lot, e.Records.Batch = "", nil }
	for name, c := range map[string]struct {
		happens []func(*BadgeEvidence)
		finding BadgeFinding
		verdict Verdict
	}{
		"in order":              {nil, BadgeInOrder, Genuine},
		"the browser is silent": {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Site = "" }}, BadgeInOrder, Genuine},
		"no lot":                {[]func(*BadgeEvidence){wholeProduct}, BadgeInOrder, Genuine},
		"another site":          {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Site = "www.shop.example" }}, BadgeOtherSite, Stop},
		"revoked":               {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Records.Badge.RevokedAt = now }}, BadgeRevoked, Stop},
		"expired":               {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Records.Badge.ExpiresAt = now }}, BadgeExpired, Caution},
		"records stale":         {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Records.Ledger.CheckedAt = now.Add(-2 * time.Minute) }}, BadgeUnavailable, Unavailable},
		"projection halted":     {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Records.Ledger.Halted = "x" }}, BadgeUnavailable, Unavailable},
		"no ledger":             {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Records.Ledger = nil }}, BadgeUnavailable, Unavailable},
		"no product":            {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Records.Product = nil }}, BadgeUnavailable, Unavailable},
		"lot gone":              {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Records.Batch = nil }}, BadgeUnavailable, Unavailable},
		"no seller":             {[]func(*BadgeEvidence){func(e *BadgeEvidence) { delete(e.Records.Parties, "shop") }}, BadgeUnavailable, Unavailable},
		"seller suspended":      {[]func(*BadgeEvidence){change("shop", func(p *trace.Party) { p.Status = trace.StatusSuspended })}, BadgeSuspended, Stop},
		"seller's licence":      {[]func(*BadgeEvidence){change("shop", func(p *trace.Party) { p.Licences[0].ValidTo = "2026-11-21" })}, BadgeLapsed, Caution},
		"seller's check":        {[]func(*BadgeEvidence){change("shop", func(p *trace.Party) { p.NextCheckDue = "2026-11-21" })}, BadgeLapsed, Caution},
		"producer's licence":    {[]func(*BadgeEvidence){change("maker", func(p *trace.Party) { p.Licences[0].ValidTo = "2026-11-21" })}, BadgeLapsed, Caution},
		"authorisation ended": {[]func(*BadgeEvidence){change("shop", func(p *trace.Party) {
			p.Authorisations = []trace.Authorisation{{Prefix: "6998801", Brand: "甲", ValidTo: "2026-11-21"}}
		})}, BadgeLapsed, Caution},
		"lot recalled":         {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Records.Recalls = []trace.Recall{recall} }}, BadgeLotRecalled, Stop},
		"some lot recalled":    {[]func(*BadgeEvidence){wholeProduct, func(e *BadgeEvidence) { e.Records.Recalls = []trace.Recall{recall} }}, BadgeRecalls, Caution},
		"lot expired":          {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Records.Batch.ExpiresOn = "2026-11-21" }}, BadgeLotStopped, Stop},
		"lot not released":     {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Records.Product.InspectionRequired = true }}, BadgeLotStopped, Stop},
		"revoked, elsewhere":   {[]func(*BadgeEvidence){func(e *BadgeEvidence) { e.Site, e.Records.Badge.RevokedAt = "x.example", now }}, BadgeOtherSite, Stop},
		"suspended and stale":  {[]func(*BadgeEvidence){change("shop", func(p *trace.Party) { p.Status = trace.StatusSuspended }), func(e *BadgeEvidence) { e.Records.Ledger = nil }}, BadgeUnavailable, Unavailable},
		"suspended and recall": {[]func(*BadgeEvidence){change("shop", func(p *trace.Party) { p.Status = trace.StatusRevoked }), func(e *BadgeEvidence) { e.Records.Recalls = []trace.Recall{recall} }}, BadgeSuspended, Stop},
	} {
		e := badgeInOrder(now)
		for _, f := range c.happens {
			f(&e)
		}
		got := JudgeBadge(e)
		if got.Finding != c.finding || got.Verdict != c.verdict {
			t.Errorf("%s: %s %s, want %s %s", name, got.Finding, got.Verdict, c.finding, c.verdict)
		}
		for _, text := range []string{got.Word.ZhCN, got.Word.En, got.Found.ZhCN, got.Found.En} {
			if text == "" || strings.ContainsAny(text, "{}!") || strings.Contains(text, "<nil>") {
				t.Errorf("%s says %q", name, text)
			}
		}
	}
}
