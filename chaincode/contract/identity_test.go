package contract

import (
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/contract/contracttest"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// identity is somebody who signs: a real certificate, as Fabric CA makes them.
type identity struct {
	msp, name  string
	serialized []byte
}

// enrol makes a throwaway certificate with a common name and attributes.
func enrol(mspID, name string, attributes map[string]string) identity {
	return identity{mspID, name, contracttest.Enrol(mspID, name, attributes)}
}

func identify(mspID, name string, cert []byte) identity {
	return identity{mspID, name, contracttest.Identify(mspID, cert)}
}

func TestNobodyActsForAnother(t *testing.T) {
	l := newMarket(t)
	strangers := map[string]identity{
		"same name, other organisation": enrol(trace.AuditorMSP, "maker", nil),
		"same organisation, other name": enrol(trace.ProducerMSP, "Maker", nil),
		"no common name":                enrol(trace.ProducerMSP, "", nil),
		"no certificate":                identify(trace.ProducerMSP, "maker", []byte("maker")),
		"operator of another MSP":       enrol(trace.ProducerMSP, "stranger", contracttest.Operator),
		"mark that is not true": enrol(
			trace.PlatformMSP, "stranger", map[string]string{trace.PlatformAttribute: "yes"},
		),
		"NUL in the name": enrol(trace.ProducerMSP, "maker\x00", nil),
	}
	for name, who := range strangers {
		for tx := range trace.Transactions {
			if _, err := l.submit(who, tx, "{}"); err == nil ||
				name != "NUL in the name" && trace.CodeOf(err) != trace.NotAllowed {
				t.Errorf("%s: %s: %v", name, tx, err)
			}
		}
		if p, err := query[trace.Party](l, who, trace.WhoAmI); err == nil {
			t.Errorf("%s is taken for %s", name, p.ID)
		}
	}
}

func TestWhoAmI(t *testing.T) {
	l := newMarket(t)
	for _, who := range []identity{platform, maker, shop, barred} {
		if p, err := query[trace.Party](l, who, trace.WhoAmI); err != nil || p.ID != who.name {
			t.Errorf("%s is taken for %q: %v", who.name, p.ID, err)
		}
	}
}

func TestFirstParty(t *testing.T) {
	operator := enrol(trace.PlatformMSP, "platform", contracttest.Operator)
	own := party("platform", trace.PlatformMSP, trace.RolePlatform)
	tests := map[string]struct {
		by    identity
		party trace.Party
		code  trace.Code
	}{
		"the operator's own": {operator, own, ""},
		"no operator":        {enrol(trace.PlatformMSP, "platform", nil), own, trace.NotAllowed},
		"somebody else's": {
			operator,
			party("rival", trace.PlatformMSP, trace.RolePlatform),
			trace.NotAllowed,
		},
		"not a platform": {
			operator,
			party("platform", trace.PlatformMSP, trace.RoleSeller),
			trace.NotAllowed,
		},
		"another organisation's own": {
			enrol(trace.ProducerMSP, "platform", contracttest.Operator),
			own,
			trace.NotAllowed,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e, err := newLedger(t).submit(test.by, trace.RegisterParty, test.party)
			if trace.CodeOf(err) != test.code {
				t.Fatal(err)
			}
			if err == nil && (e.By != "platform" || e.Party.Status != trace.StatusQualified) {
				t.Errorf("registered as %+v by %q", e.Party, e.By)
			}
		})
	}
}

func TestOtherPartiesApply(t *testing.T) {
	l := newLedger(t)
	l.must(platform, trace.RegisterParty, party("platform", trace.PlatformMSP, trace.RolePlatform))
	e := l.must(platform, trace.RegisterParty, party("second", trace.PlatformMSP, trace.RolePlatform))
	if e.Party.Status != trace.StatusApplied || e.By != "platform" {
		t.Errorf("registered as %+v by %q", e.Party, e.By)
	}
}

func TestClock(t *testing.T) {
	for skew, code := range map[time.Duration]trace.Code{
		5 * time.Minute: "", -5 * time.Minute: "",
		5*time.Minute + time.Millisecond: trace.ClockSkew, -5*time.Minute - time.Millisecond: trace.ClockSkew,
	} {
		l := newMarket(t)
		l.at = l.now.Add(skew)
		if _, err := l.submit(maker, trace.RegisterProduct, product(gtin(makerPrefix, 9))); trace.CodeOf(err) != code {
			t.Errorf("%s off: %v", skew, err)
		}
	}
}
