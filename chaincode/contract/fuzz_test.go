package contract

import (
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// FuzzRequest sends any text as the request of any transaction, signed by
// somebody who may submit it. The contract never panics: it answers an event,
// or refuses with a code and writes nothing.
func FuzzRequest(f *testing.F) {
	var names []trace.Transaction
	for _, r := range refusals {
		text, ok := r.request.(string)
		if data, err := trace.Marshal(r.request); !ok && err == nil {
			text = string(data)
		}
		names = append(names, r.tx)
		if len(text) < 4096 {
			f.Add(uint(len(names)-1), text)
		}
	}
	base := newMarket(f)
	f.Fuzz(func(t *testing.T, n uint, request string) {
		name := names[n%uint(len(names))]
		who := map[string]identity{"maker": maker, "platform": platform}[words(authority[name] + " maker")[0]]
		l := &ledger{t: t, cc: base.cc, now: noon, at: noon, state: base.state, txs: base.txs}
		c, _, err := l.invoke(who, string(name), request)
		if err != nil && !trace.CodeOf(err).Known() {
			t.Errorf("%s: %v has no code", name, err)
		}
		if err == nil && len(c.Events) != 1 || err != nil && len(c.Writes)+len(c.Events) > 0 {
			t.Errorf("%s: %v with %d writes and %d events", name, err, len(c.Writes), len(c.Events))
		}
	})
}

// TestPanicIsARefusal: a broken proposal (here a peer that gives no arguments)
// does not stop the process.
func TestPanicIsARefusal(t *testing.T) {
	l := newMarket(t)
	for _, args := range [][]string{{""}, {"Sell"}, {"Nothing:Sell", "{}"}, {"touchstone:"}} {
		if _, _, err := l.invoke(shop, args...); err == nil {
			t.Errorf("%q passes", args)
		}
	}
	if r := l.cc.Invoke(l.call(identity{}, "")); r.Status < 400 {
		t.Errorf("a call without arguments answers %v", r)
	}
}
