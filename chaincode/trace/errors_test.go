package trace

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestErrorCrossesTheLedger(t *testing.T) {
	for _, e := range []*Error{
		{Code: NotHolder, Field: "lines", Message: "units 0 to 9 of lot A are not all held by shop"},
		{Code: PartySuspended, Message: "barred is suspended: 复查: 批号 A"},
		{Code: FieldInvalid, Field: "name.zh-CN", Message: "missing"},
		{Code: FieldInvalid, Field: "lines[3].gtin", Message: "not a GTIN"},
		{Code: RequestMalformed, Message: "not the JSON this call takes: json: unknown field \"lins\""},
	} {
		for form, text := range map[string]string{
			"alone":      e.Error(),
			"chaincode":  "chaincode response 500, " + e.Error(),
			"gateway":    "rpc error: code = Aborted desc = failed to endorse transaction, see attached details for more info: 10.0.0.1:7051 PlatformMSP: chaincode response 500, " + e.Error(),
			"with codes": "ENDORSEMENT_POLICY_FAILURE: no; " + e.Error(),
		} {
			got, ok := ParseError(text)
			if diff := cmp.Diff(e, got); !ok || diff != "" {
				t.Errorf("%s %q: %v %s", form, text, ok, diff)
			}
		}
	}
}

func TestParseErrorOfOtherTexts(t *testing.T) {
	for _, text := range []string{"", "rpc error: code = Unavailable desc = connection refused", "MVCC_READ_CONFLICT: again",
		"NOT_HOLDER", "not_holder: no", "XNOT_HOLDER: no", "error in simulation: failed to execute transaction"} {
		if e, ok := ParseError(text); ok {
			t.Errorf("%q is read as %v", text, e)
		}
	}
}

func FuzzParseError(f *testing.F) {
	f.Add("chaincode response 500, NOT_HOLDER: lines: units 0 to 9 are not there")
	f.Add("A_: B_1: LOT_INVALID: ")
	f.Fuzz(func(t *testing.T, text string) {
		e, ok := ParseError(text)
		if !ok {
			return
		}
		again, ok := ParseError(e.Error())
		if !ok || again.Code != e.Code {
			t.Errorf("%q is %v and then %v", text, e, again)
		}
	})
}

func TestErrorsCompareByCode(t *testing.T) {
	err := fmt.Errorf("import row 4: %w", Errorf(LotInvalid, "lot", "too long"))
	if !errors.Is(err, &Error{Code: LotInvalid}) || errors.Is(err, &Error{Code: DateInvalid}) {
		t.Error("errors.Is does not go by the code")
	}
	if CodeOf(err) != LotInvalid || CodeOf(errors.New("LOT_INVALID: x")) != "" || CodeOf(nil) != "" {
		t.Error("CodeOf does not give the code of an Error in the chain")
	}
}
