package problem

import (
	"encoding/json"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Every code of the ledger has its answer at the gateway, whatever it refuses.
func TestTheGatewayAnswersEveryCodeOfTheLedger(t *testing.T) {
	for code := range trace.Codes() {
		if !Gateway.Answers(code) {
			t.Errorf("%s has no status", code)
		}
	}
}

// These had two statuses once, one a program.
func TestOneStatus(t *testing.T) {
	for code, want := range map[trace.Code]int{
		trace.FieldInvalid: 422, trace.UnitProof: 422, trace.UnitUnknown: 404, trace.BatchUnknown: 404, CreatorKeyUnknown: 401, "CREATOR_UNKNOWN": 404,
		"WHAT_NOBODY_KNOWS": 500,
	} {
		if got := Status(code); got != want {
			t.Errorf("%s is answered with %d, want %d", code, got, want)
		}
	}
}

func TestDocument(t *testing.T) {
	said := Of(trace.Refuse(trace.FieldInvalid, "lot", "missing"), "en")
	got, err := json.Marshal(said)
	want := `{"type":"about:blank","title":"` + trace.FieldInvalid.Title().En + `","status":422,"code":"FIELD_INVALID","field":"lot","detail":"missing"}`
	if err != nil || string(got) != want {
		t.Errorf("%v: %s, want %s", err, got, want)
	}
	if said := Of(&trace.Error{Code: TooMany}, "zh-CN"); said.Title != Title(TooMany).ZhCN || said.Detail != "" {
		t.Errorf("%+v", said)
	}
}
