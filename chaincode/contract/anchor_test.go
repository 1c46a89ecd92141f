package contract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func anchoring(log string, from, to int64) trace.AnchorRequest {
	return trace.AnchorRequest{Log: log, From: from, To: to, Root: tree.root}
}

var anchorRefusals = []refusal{
	{"after a gap", platform, trace.AnchorLog, anchoring("scans", 1, 2), trace.AnchorOrder, "from"},
	{"of nothing", platform, trace.AnchorLog, anchoring("scans", 0, 0), trace.QuantityInvalid, "to"},
	{"of a log without a name", platform, trace.AnchorLog, anchoring("", 0, 1), trace.FieldInvalid, "log"},
	{"without a root", platform, trace.AnchorLog, trace.AnchorRequest{Log: "scans", To: 1}, trace.FieldInvalid, "root"},
	{"by an auditor", auditor, trace.AnchorLog, anchoring("scans", 0, 1), trace.RoleMissing, ""},
}

// TestAnchors: they follow each other, each log by itself, and none twice.
func TestAnchors(t *testing.T) {
	l := newMarket(t)
	e := l.must(platform, trace.AnchorLog, anchoring("scans", 0, 7))
	want := trace.Anchor{Log: "scans", To: 7, Root: tree.root, By: "platform", At: noon}
	if diff := cmp.Diff(
		trace.Event{Type: trace.EventAnchored, At: noon, By: "platform", Anchor: &want}, e,
	); diff != "" {
		t.Error(diff)
	}
	for _, again := range []trace.AnchorRequest{anchoring("scans", 0, 7), anchoring("scans", 6, 8), anchoring("scans", 8, 9)} {
		if _, err := l.submit(platform, trace.AnchorLog, again); trace.CodeOf(err) != trace.AnchorOrder {
			t.Errorf("%+v: %v", again, err)
		}
	}
	l.must(platform, trace.AnchorLog, anchoring("reviews", 0, 1))
	l.must(platform, trace.AnchorLog, anchoring("scans", 7, 8))
	got, err := query[trace.Anchor](l, revoked, trace.GetAnchor, "scans", "0")
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%s %v", diff, err)
	}
	for _, from := range []string{"6", "x", ""} {
		if _, err := query[trace.Anchor](l, auditor, trace.GetAnchor, "scans", from); trace.CodeOf(
			err,
		) != trace.AnchorUnknown {
			t.Errorf("%q: %v", from, err)
		}
	}
}
