package unit

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/sampling"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// state changes one thing about a unit of which nothing was wrong; those of one dimension exclude each other.
type state struct {
	name string
	set  func(*verdict.Evidence)
}

var walkDay = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func october(n int) time.Time { return time.Date(2026, 10, n, 2, 0, 0, 0, time.UTC) }

func words2(zh, en string) trace.Text { return trace.Text{ZhCN: zh, En: en} }

// onSale is a unit made by brand, shipped to shop, and on sale there.
func onSale() verdict.Evidence {
	at := func(holder string, s trace.State) *trace.Place { return &trace.Place{Holder: holder, State: s} }
	party := func(id, zh, en string, role trace.Role) trace.Party {
		return trace.Party{ID: id, Name: words2(zh, en), Roles: []trace.Role{role}, Status: trace.StatusQualified,
			History: []trace.Ruling{{Status: trace.StatusQualified, At: time.Date(2025, 1, 9, 2, 0, 0, 0, time.UTC)}}}
	}
	return verdict.Evidence{
		Now:        walkDay,
		Code:       verdict.CodeIssued,
		Unit:       verdict.Unit{GTIN: "06998801000036", Lot: "L1", Index: 7},
		Serial:     "0123456789ABCDEFGHJK",
		Epoch:      2,
		MaxAge:     2 * time.Minute,
		Membership: verdict.MembershipProved,
		Claims:     true,
		Records: &verdict.Records{
			Ledger:  &verdict.Ledger{Height: 812, CheckedAt: walkDay.Add(-time.Minute)},
			BatchTx: "tx1",
			Batch: &trace.Batch{
				GTIN:         "06998801000036",
				Lot:          "L1",
				Quantity:     100,
				KeyEpoch:     2,
				ProducedOn:   "2026-10-03",
				Producer:     "brand",
				Origin:       "广东广州",
				Status:       trace.BatchRegistered,
				RegisteredAt: october(3),
			},
			Product: &trace.Product{Name: words2("冻干咖啡", "Coffee"), Brand: "澄岩"},
			Holding: at("shop", trace.Held),
			Events: []verdict.Event{
				{
					Type:   trace.EventBatchRegistered,
					At:     october(3),
					By:     "brand",
					Target: at("brand", trace.Held),
					TxID:   "tx1",
				},
				{
					Type:   trace.EventDispatched,
					At:     october(8),
					By:     "brand",
					From:   "brand",
					To:     "shop",
					Target: at("S1", trace.InTransit),
					TxID:   "tx2",
				},
				{
					Type:   trace.EventReceived,
					At:     october(9),
					By:     "shop",
					From:   "brand",
					To:     "shop",
					Target: at("shop", trace.Held),
					TxID:   "tx3",
				},
			},
			Parties: map[string]trace.Party{
				"brand":   party("brand", "澄岩食品", "Chengyan Foods", trace.RoleProducer),
				"carrier": party("carrier", "南麓供应链", "Nanlu Supply", trace.RoleDistributor),
				"shop":    party("shop", "禾屿便利", "Heyu Stores", trace.RoleSeller),
				"lab":     party("lab", "华测", "Huace", trace.RoleInspector),
			},
		},
	}
}

// goes puts the unit somewhere.
func goes(t trace.EventType, by string, to trace.Place) func(*verdict.Evidence) {
	return func(e *verdict.Evidence) {
		e.Records.Holding = &to
		e.Records.Events = append(
			e.Records.Events, verdict.Event{Type: t, At: october(20), By: by, Target: &to, TxID: "tx4"},
		)
	}
}

func sold(e *verdict.Evidence) {
	goes(trace.EventSold, "shop", trace.Place{Holder: "shop", State: trace.Sold})(e)
}

func places() []state {
	all := []state{
		{"sold", sold},
		{"not shipped", func(e *verdict.Evidence) {
			e.Records.Events = e.Records.Events[:1]
			e.Records.Holding = e.Records.Events[0].Target
		}},
		{"on its way", func(e *verdict.Evidence) {
			e.Records.Events = e.Records.Events[:2]
			e.Records.Holding = e.Records.Events[1].Target
		}},
		{"with a distributor", goes(trace.EventReceived, "carrier", trace.Place{Holder: "carrier", State: trace.Held})},
		{"back at the producer", goes(trace.EventReturned, "brand", trace.Place{Holder: "brand", State: trace.Held})},
		{"in another shop", func(e *verdict.Evidence) { e.Seller = "another" }},
		{"sold, in another shop", func(e *verdict.Evidence) { sold(e); e.Seller = "another" }},
		{"used up", goes(trace.EventTransformed, "shop", trace.Place{Holder: "shop", State: trace.Consumed})},
		{"place unknown", func(e *verdict.Evidence) { e.Records.Holding = nil }},
	}
	for _, r := range []trace.Reason{trace.ReasonStolen, trace.ReasonDestroyed, trace.ReasonSampled, trace.ReasonExported, trace.ReasonDamaged, trace.ReasonVoided, trace.ReasonMissing} {
		all = append(
			all,
			state{
				string(r),
				goes(trace.EventDecommissioned, "shop", trace.Place{Holder: "shop", State: trace.Removed, Reason: r}),
			},
		)
	}
	return all
}

// inspected gives the lot an inspection; required says that its goods need one.
func inspectedAs(accepted bool, required bool) func(*verdict.Evidence) {
	return func(e *verdict.Evidence) {
		e.Records.Product.InspectionRequired = required
		e.Records.Quality = &trace.Quality{Inspection: "I1", Accepted: accepted}
		e.Records.Inspection = &trace.Inspection{
			ID:         "I1",
			Accepted:   accepted,
			By:         "lab",
			At:         october(5),
			Standard:   "GB-TEA",
			ReportHash: "ab12",
			Classes:    []trace.ClassResult{{ClassPlan: trace.ClassPlan{Plan: sampling.Plan{SampleSize: 13}}}},
		}
		e.Records.Standard = words2("茶叶检验规程", "Tea inspection")
	}
}

func heldBack(e *verdict.Evidence) {
	if e.Records.Quality == nil {
		e.Records.Quality = &trace.Quality{}
	}
	e.Records.Quality.Holds = []trace.Hold{{By: "brand", At: october(6), Reason: words2("客诉复检", "being tested again")}}
}

func qualities() []state {
	then := func(fs ...func(*verdict.Evidence)) func(*verdict.Evidence) {
		return func(e *verdict.Evidence) {
			for _, f := range fs {
				f(e)
			}
		}
	}
	legacy := func(e *verdict.Evidence) { e.Records.Batch.Legacy = true }
	return []state{
		{"awaits inspection", func(e *verdict.Evidence) { e.Records.Product.InspectionRequired = true }},
		{
			"passed",
			inspectedAs(true, true),
		},
		{"passed, not needed", inspectedAs(true, false)},
		{"failed", inspectedAs(false, true)},
		{
			"on hold",
			heldBack,
		},
		{"passed, on hold", then(inspectedAs(true, true), heldBack)},
		{"failed, on hold", then(inspectedAs(false, true), heldBack)},
		{"legacy", then(inspectedAs(true, true), legacy)},
		{"legacy, not stated", legacy},
		{"inspection lost", func(e *verdict.Evidence) { inspectedAs(true, true)(e); e.Records.Inspection = nil }},
	}
}

func recalls() (all []state) {
	for _, class := range []trace.RecallClass{trace.ClassI, trace.ClassII, trace.ClassIII} {
		for name, gtin := range map[string]string{"recalled ": "06998801000036", "ingredient recalled ": "06998801000012"} {
			all = append(all, state{name + string(class), func(e *verdict.Evidence) {
				e.Records.Recalls = []trace.Recall{
					{
						ID:          "R1",
						GTIN:        gtin,
						Lots:        []string{"L1"},
						Class:       class,
						At:          october(20),
						By:          "brand",
						Reason:      words2("防腐剂超标", "a preservative exceeded the limit"),
						Instruction: words2("凭此页可退货", "Show this page to return it"),
					},
				}
			}})
		}
	}
	return all
}

const past, ahead = trace.Date("2026-11-21"), trace.Date("2027-06-30")

func sellers() []state {
	all := func(change func(*trace.Party)) func(*verdict.Evidence) {
		return func(e *verdict.Evidence) {
			for id, p := range e.Records.Parties {
				change(&p)
				e.Records.Parties[id] = p
			}
		}
	}
	status := func(s trace.Status) func(*verdict.Evidence) {
		return all(func(p *trace.Party) {
			p.Status, p.History = s, append(p.History, trace.Ruling{Status: s, At: october(9)})
		})
	}
	return []state{
		{"all in order", all(func(p *trace.Party) {
			p.Licences, p.NextCheckDue = []trace.Licence{{Kind: "food", ValidTo: ahead}}, ahead
		})},
		{"licence ended", all(func(p *trace.Party) {
			p.Licences = []trace.Licence{
				{Kind: "food", ValidTo: past},
				{Kind: "trade", ValidTo: "2026-11-01"},
				{Kind: "x", ValidTo: ahead},
			}
		})},
		{"check overdue", all(func(p *trace.Party) {
			p.NextCheckDue, p.Licences = past, []trace.Licence{{Kind: "food", ValidTo: ahead}}
		})},
		{"both overdue", all(func(p *trace.Party) {
			p.NextCheckDue, p.Licences = past, []trace.Licence{{Kind: "food", ValidTo: past}}
		})},
		{"authorisation ended", all(func(p *trace.Party) {
			p.Authorisations = []trace.Authorisation{
				{Prefix: "6998801", Brand: "澄岩", ValidTo: "2026-10-31"},
				{Prefix: "6998801", Brand: "澄岩", ValidTo: past},
			}
		})},
		{
			"suspended",
			status(trace.StatusSuspended),
		},
		{"revoked", status(trace.StatusRevoked)},
		{"applied", status(trace.StatusApplied)},
		{"others' counterfeits", func(e *verdict.Evidence) {
			e.Records.Decided = map[string]verdict.Decided{"shop": {trace.CounterfeitConfirmed: 3}}
		}},
	}
}

// owners never come without earlier scans where they are said to have been asked about.
func owners() []state {
	claimed := func(u trace.OwnedUnit, since int64) func(*verdict.Evidence) {
		return func(e *verdict.Evidence) {
			r := e.Records
			r.ActivatedAt, r.Owned = october(21), &u
			r.Events = append(
				r.Events, verdict.Event{Type: trace.EventUnitActivated, At: october(21), By: "brand", TxID: "tx9"},
			)
			if since > 0 {
				r.Since = verdict.Scans{Count: since, Last: october(24), LastPlace: "杭州"}
				r.Scans = verdict.Scans{Count: since, First: october(22), Last: october(24), LastPlace: "杭州"}
			}
		}
	}
	return []state{
		{
			"claimed without a key",
			claimed(trace.OwnedUnit{}, 0),
		},
		{"claimed", claimed(trace.OwnedUnit{Owner: "04ab"}, 0)},
		{
			"claimed, asked about",
			claimed(trace.OwnedUnit{Owner: "04ab"}, 2),
		},
		{"passed on", claimed(trace.OwnedUnit{Owner: "04cd", Acts: 1, PassedOn: 1}, 1)},
		{"stolen from its owner", claimed(trace.OwnedUnit{Owner: "04ab", StolenAt: october(23)}, 0)},
	}
}

func patterns() []state {
	found := func(r verdict.Reason) state {
		return state{string(r), func(e *verdict.Evidence) {
			e.Records.Pattern.Reasons = []verdict.PatternReason{{Code: r, Count: 57, Cities: 12, Days: 7}}
		}}
	}
	flag := func(copied ...bool) func(*verdict.Evidence) {
		return func(e *verdict.Evidence) {
			e.Records.Pattern.Flag = &trace.UnitFlag{}
			for i, c := range copied {
				e.Records.Pattern.Flag.Rulings = append(
					e.Records.Pattern.Flag.Rulings, trace.FlagRuling{Copied: c, By: "brand", At: october(20 + i)},
				)
			}
		}
	}
	return []state{
		found(verdict.CloneLikely),
		found(verdict.ScannedFarApart),
		found(verdict.ScannedOften),
		{"clone confirmed", flag(true)},
		{"clone withdrawn", flag(true, false)},
		{"not weighed", func(e *verdict.Evidence) { e.Records.Pattern.UnscoredSince = walkDay.Add(-time.Hour) }},
	}
}

func complained() []state {
	about := func(index int64, s trace.ComplaintStatus, outcomes ...trace.Outcome) func(*verdict.Evidence) {
		return func(e *verdict.Evidence) {
			c := trace.Complaint{
				ID:       "C1",
				Index:    index,
				Status:   s,
				OpenedAt: october(20),
				AnswerBy: october(22),
				DecideBy: october(27),
				Appeal:   &trace.Statement{DecideBy: october(30)},
			}
			for _, o := range outcomes {
				c.Decisions = append(
					c.Decisions,
					trace.Decision{Outcome: o, At: october(21), Reason: words2("已比对实物", "the item was compared")},
				)
			}
			e.Records.Complaints = []trace.Complaint{c}
		}
	}
	return []state{
		{
			"complaint open",
			about(7, trace.ComplaintOpen),
		},
		{"complaint answered", about(7, trace.ComplaintAnswered)},
		{"complaint withdrawn", about(7, trace.ComplaintWithdrawn)},
		{
			"found genuine",
			about(7, trace.ComplaintDecided, trace.FoundGenuine),
		},
		{"found genuine, appealed", about(7, trace.ComplaintAppealed, trace.FoundGenuine)},
		{
			"nobody can tell",
			about(7, trace.ComplaintDecided, trace.CannotTell),
		},
		{"counterfeit", about(7, trace.ComplaintDecided, trace.CounterfeitConfirmed)},
		{
			"another's counterfeit",
			about(8, trace.ComplaintDecided, trace.CounterfeitConfirmed),
		},
		{"another found genuine", about(8, trace.ComplaintDecided, trace.FoundGenuine)},
	}
}

// dimensions are what can be the matter with a unit, each by itself.
func dimensions() [][]state {
	batch := func(name string, f func(*trace.Batch)) state {
		return state{name, func(e *verdict.Evidence) { f(e.Records.Batch) }}
	}
	ledger := func(name string, f func(*verdict.Evidence)) state { return state{name, f} }
	return [][]state{
		qualities(),
		recalls(),
		sellers(),
		owners(),
		patterns(),
		complained(),
		places(),
		{
			batch("in date", func(b *trace.Batch) { b.ExpiresOn = "2028-10-02" }),
			batch("expires soon", func(b *trace.Batch) { b.ExpiresOn = "2026-11-24" }),
			batch("expired", func(b *trace.Batch) { b.ExpiresOn = past }),
			batch("expiry corrected", func(b *trace.Batch) {
				b.ExpiresOn = "2028-10-02"
				b.Corrections = []trace.Correction{
					{
						Field:  "expiresOn",
						Before: "2027-10-02",
						After:  "2028-10-02",
						Reason: "录错年份",
						By:     "brand",
						At:     october(12),
					},
				}
			}),
		},
		{
			ledger("stale", func(e *verdict.Evidence) { e.Records.Ledger.CheckedAt = walkDay.Add(-time.Hour) }),
			ledger("halted", func(e *verdict.Evidence) { e.Records.Ledger.Halted = "gap" }),
			ledger("out of reach", func(e *verdict.Evidence) { e.Records.Ledger = nil }),
			ledger("another root", func(e *verdict.Evidence) { e.Membership = verdict.MembershipRefuted }),
			ledger("no proof", func(e *verdict.Evidence) { e.Membership = verdict.MembershipUnknown }),
		},
		{
			{"right market", func(e *verdict.Evidence) { e.Records.Batch.Markets, e.Market = []string{"CN"}, "CN" }},
			{"other market", func(e *verdict.Evidence) { e.Records.Batch.Markets, e.Market = []string{"CN"}, "SG" }},
		},
		{
			{"labels with PINs", func(e *verdict.Evidence) { e.Records.PINs = verdict.WithPINs }},
			{"labels without PINs", func(e *verdict.Evidence) { e.Records.PINs = verdict.WithoutPINs }},
			{"no claims here", func(e *verdict.Evidence) { e.Claims = false }},
		},
		{batch("listed", func(b *trace.Batch) { b.Listed = true }), batch("awaits approval", func(b *trace.Batch) {
			b.Status = trace.BatchAwaitingApproval
		})},
		{{"asked before", func(e *verdict.Evidence) {
			if e.Records.Scans.Count == 0 {
				e.Records.Scans = verdict.Scans{Count: 2, First: october(10), Last: october(12), LastPlace: "杭州"}
			}
		}}},
	}
}
