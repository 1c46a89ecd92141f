package alerts

import (
	"context"
	"slices"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
)

// rest is what a test does not use.
type rest = Alerts

type kept struct {
	rest
	alert    record.Alert
	decided  []record.AlertDecision
	analysts []record.AlertDecision
	flag     trace.UnitFlag
}

func (k *kept) Alert(_ context.Context, seenBy, id string) (record.Alert, bool, error) {
	return k.alert, id == k.alert.ID && (seenBy == "" || seenBy == k.alert.Producer || seenBy == "shop"), nil
}

func (k *kept) DecideAlert(_ context.Context, _, _ string, d record.AlertDecision) error {
	k.decided = append(k.decided, d)
	return nil
}

func (k *kept) AlertDecisions(context.Context, string) ([]record.AlertDecision, error) {
	return k.analysts, nil
}

func (k *kept) UnitFlag(context.Context, string, string, int64) (trace.UnitFlag, bool, error) {
	return k.flag, true, nil
}

func (k *kept) Behind(_ context.Context, account string) (string, error) {
	return "person of " + account, nil
}

// A confirmation is a ruling on the ledger; whatever else is decided first withdraws the one that stands.
func TestDecideAlert(t *testing.T) {
	const note = "seen both"
	for name, x := range map[string]struct {
		party   string
		status  record.AlertStatus
		outcome record.AlertOutcome
		resumed bool
		code    trace.Code
		written []trace.Transaction
		decided int
	}{
		"confirmed":                   {"maker", record.AlertOpen, record.CloneConfirmed, false, "", []trace.Transaction{trace.FlagUnit}, 0},
		"dismissed":                   {"maker", record.AlertOpen, record.CloneDismissed, false, "", nil, 1},
		"dismissed after a ruling":    {"maker", record.AlertConfirmed, record.CloneDismissed, false, "", []trace.Transaction{trace.UnflagUnit}, 1},
		"reopened after a ruling":     {"maker", record.AlertConfirmed, record.AlertReopened, false, "", []trace.Transaction{trace.UnflagUnit}, 1},
		"reopened though open":        {"maker", record.AlertOpen, record.AlertReopened, false, service.AlertStands, nil, 0},
		"reopened though open, again": {"maker", record.AlertOpen, record.AlertReopened, true, "", nil, 1},
		"by a holder":                 {"shop", record.AlertOpen, record.CloneDismissed, false, trace.NotAllowed, nil, 0},
		"by a stranger":               {"rival", record.AlertOpen, record.CloneDismissed, false, service.AlertUnknown, nil, 0},
	} {
		w, ledger := servicetest.Writer()
		k := &kept{alert: record.Alert{ID: "A1", Producer: "maker", Status: x.status}}
		s := &Service{Writer: w, Alerts: k, Accounts: k}
		c := service.Caller{Account: "key", Party: x.party, Resumed: x.resumed}
		_, err := s.DecideAlert(t.Context(), c, "A1", NewAlertDecision{Outcome: x.outcome, Note: note})
		if trace.CodeOf(err) != x.code ||
			!slices.Equal(ledger.Transactions(), append([]trace.Transaction{}, x.written...)) ||
			len(k.decided) != x.decided {
			t.Errorf("%s: %v, wrote %v, decided %v", name, err, ledger.Transactions(), k.decided)
		}
		if len(ledger.Calls) > 0 && ledger.Calls[0].Request.(trace.FlagRequest).Officer != "person of key" {
			t.Errorf("%s: signed by %q", name, ledger.Calls[0].Request.(trace.FlagRequest).Officer)
		}
	}
}

// The ledger's rulings and the analysts' decisions make one story.
func TestDecisionsAreInOrder(t *testing.T) {
	at := servicetest.Now
	k := &kept{
		alert:    record.Alert{ID: "A1"},
		analysts: []record.AlertDecision{{Outcome: record.CloneDismissed, At: at.AddDate(0, 0, 2)}},
		flag: trace.UnitFlag{
			Rulings: []trace.FlagRuling{
				{Copied: true, At: at.AddDate(0, 0, 1)},
				{Copied: false, At: at.AddDate(0, 0, 2)},
			},
		},
	}
	all, err := (&Service{Alerts: k}).decisionsOf(t.Context(), k.alert)
	if err != nil || len(all) != 2 || all[0].Outcome != record.CloneConfirmed ||
		all[1].Outcome != record.CloneDismissed {
		t.Errorf("%+v %v", all, err)
	}
}

func TestDevicesAreLettered(t *testing.T) {
	for n, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := letters(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}
