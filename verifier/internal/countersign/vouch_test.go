package countersign

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/facts"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// records is the evidence of unit 1, as the read model has it.
func records(change func(*verdict.Evidence)) verdict.Evidence {
	e := facts.Evidence(of(1), time.Now())
	if change != nil {
		change(&e)
	}
	return e
}

func (c *Countersigner) vouch(e verdict.Evidence) verdict.Answer {
	return c.Vouch(context.Background(), e, func() verdict.Evidence { return e })
}

func (l *ledger) alarms() float64 {
	all, _ := l.numbers.Gather()
	for _, m := range all {
		if m.GetName() == "touchstone_disputed_facts_total" {
			return m.GetMetric()[0].GetCounter().GetValue()
		}
	}
	return -1
}

func reasonOf(a verdict.Answer) verdict.Reason {
	for _, c := range a.Checks {
		if c.ID == verdict.CheckSignatures {
			return c.Reason
		}
	}
	return "not asked"
}

// TestVouched: genuine only with two organisations' signatures, and it says whose.
func TestVouched(t *testing.T) {
	c := start(t, &ledger{})
	a := c.vouch(records(nil))
	if a.Verdict != verdict.Genuine || a.Signed == nil || len(a.Signed.By) < 2 ||
		time.Since(a.Signed.At) > time.Minute {
		t.Errorf("%s, signed by %+v", a.Verdict, a.Signed)
	}
}

// TestStopsWaitForNobody: what stands against a unit is told though nobody signs anything.
func TestStopsWaitForNobody(t *testing.T) {
	l := &ledger{before: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}
	c := start(t, l)
	recalled := records(
		func(e *verdict.Evidence) { e.Records.Recalls = []trace.Recall{{ID: "R", Class: trace.ClassI}} },
	)
	if a := c.vouch(recalled); a.Verdict != verdict.Stop || l.calls.Load() != 0 {
		t.Errorf("%s after %d questions", a.Verdict, l.calls.Load())
	}
	elsewhere := records(func(e *verdict.Evidence) { e.Seller = "another" })
	if a := c.vouch(elsewhere); a.Verdict != verdict.Caution || l.calls.Load() != 0 {
		t.Errorf("%s after %d questions", a.Verdict, l.calls.Load())
	}
}

// TestUnsigned: where no two organisations answer, nothing can be said; it is no dispute.
func TestUnsigned(t *testing.T) {
	l := &ledger{before: func(context.Context) error { return errors.New("no peer answers") }}
	c := start(t, l)
	if a := c.vouch(records(nil)); a.Verdict != verdict.Unavailable || reasonOf(a) != verdict.SignaturesMissing {
		t.Errorf("%s %s", a.Verdict, reasonOf(a))
	}
	if n := l.alarms(); n != 0 {
		t.Errorf("%v disputes", n)
	}
}

// TestPeersABlockApart: peers that do not agree with each other are asked again.
func TestPeersABlockApart(t *testing.T) {
	l := &ledger{}
	l.before = func(context.Context) error {
		if l.calls.Load() < tries {
			return errors.New("ProposalResponsePayloads do not match")
		}
		return nil
	}
	c := start(t, l)
	if a := c.vouch(records(nil)); a.Verdict != verdict.Genuine {
		t.Errorf("%s %s after %d questions", a.Verdict, reasonOf(a), l.calls.Load())
	}
}

// TestABlockMayJustHaveCome: records that differ for a moment are read anew, and
// what they say then is what counts.
func TestABlockMayJustHaveCome(t *testing.T) {
	l := &ledger{}
	c := start(t, l)
	behind := records(func(e *verdict.Evidence) { e.Records.Holding.State = trace.Held })
	read := 0
	a := c.Vouch(context.Background(), behind, func() verdict.Evidence {
		if read++; read < 3 {
			return behind
		}
		return records(nil)
	})
	if a.Verdict != verdict.Genuine || l.alarms() != 0 {
		t.Errorf("%s after %d readings", a.Verdict, read)
	}
	a = c.Vouch(context.Background(), behind, func() verdict.Evidence {
		return records(func(e *verdict.Evidence) { e.Records.Recalls = []trace.Recall{{ID: "R", Class: trace.ClassI}} })
	})
	if a.Verdict != verdict.Stop {
		t.Errorf("a recall that has come: %s", a.Verdict)
	}
}

// TestDisputed: where records and ledger differ for good, nothing is said, the alarm
// sounds, and both sides are kept.
func TestDisputed(t *testing.T) {
	recalled := func(f *trace.Facts) { f.Recalls = []trace.Recall{{ID: "R", Class: trace.ClassI}} }
	for name, test := range map[string]struct {
		ledger func(*trace.Facts)
		forged func(*verdict.Evidence)
	}{
		"a recall was taken out of the records": {recalled, nil},
		"the records lead elsewhere than what was signed": {
			func(f *trace.Facts) {
				f.Rulings = []trace.Ruled{{Complaint: "C", Index: 1, Outcome: trace.CounterfeitConfirmed}}
			},
			func(e *verdict.Evidence) {
				e.Records.Rulings = []trace.Ruled{{Complaint: "C", Index: 1, Outcome: trace.CounterfeitConfirmed}}
				e.Records.Complaints = nil
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := &ledger{change: test.ledger}
			c := start(t, l)
			begin := time.Now()
			a := c.vouch(records(test.forged))
			if a.Verdict != verdict.Unavailable || reasonOf(a) != verdict.RecordsDiffer ||
				time.Since(begin) > 2*settle {
				t.Errorf("%s %s after %s", a.Verdict, reasonOf(a), time.Since(begin))
			}
			if n := l.alarms(); n != 1 {
				t.Errorf("%v disputes", n)
			}
			kept := func() bool {
				l.mu.Lock()
				defer l.mu.Unlock()
				return len(l.disputed) == 1 &&
					(name != "a recall was taken out of the records" || slices.ContainsFunc(l.disputed[0][1].Recalls, func(r trace.Recall) bool { return r.ID == "R" }))
			}
			for deadline := time.Now().Add(5 * time.Second); !kept(); time.Sleep(time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatal("both sides are not kept")
				}
			}
		})
	}
}

// TestOwnersNeedSignaturesToo: an owner reads that his item is genuine only where that is signed.
func TestOwnersNeedSignaturesToo(t *testing.T) {
	claimed := func(f *trace.Facts) {
		f.Unit = &trace.OwnedUnit{Owner: "04", UnitEvent: trace.UnitEvent{At: time.Unix(1e9, 0).UTC()}}
	}
	owned := func(e *verdict.Evidence) {
		f := of(1)
		claimed(&f)
		e.Records.Owned, e.Records.ActivatedAt = f.Unit, f.Unit.At
	}
	c := start(t, &ledger{change: claimed})
	if a := c.vouch(records(owned)); a.Verdict != verdict.Caution || a.ForOwner.Verdict != verdict.Genuine ||
		a.ForOwner.Signed == nil {
		t.Errorf("%s, to its owner %s", a.Verdict, a.ForOwner.Verdict)
	}
	c = start(t, &ledger{})
	if a := c.vouch(records(owned)); a.Verdict != verdict.Caution || a.ForOwner.Verdict != verdict.Unavailable {
		t.Errorf("an owner whom the ledger does not know: %s, to its owner %s", a.Verdict, a.ForOwner.Verdict)
	}
}
