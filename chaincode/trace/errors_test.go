package trace

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var errorsThatCross = []*Error{
	Refuse(NotHolder, "lines", "units_not_held", "from", 1, "to", 10, "lot", "A", "state", Held, "party", "shop"),
	Refuse(
		PartySuspended, "", "party_is", "party", "barred", "status", StatusSuspended,
		"reason", "复查: 批号 A\n{\"key\":\"missing\"}",
	),
	Refuse(
		RoleMissing, "", "role_missing", "party", "shop", "has", []Role{RoleSeller},
		"needs", []Role{RoleProducer, RoleDistributor},
	),
	Refuse(FieldInvalid, "name.zh-CN", "missing"),
	Refuse(FieldInvalid, "lines[3].gtin", "gtin_digits"),
	{Code: RequestMalformed, came: "not the JSON this call takes: json: unknown field \"lins\""},
}

func TestErrorCrossesTheLedger(t *testing.T) {
	for _, e := range errorsThatCross {
		for form, text := range map[string]string{
			"alone":      e.Error(),
			"chaincode":  "chaincode response 500, " + e.Error(),
			"gateway":    "rpc error: code = Aborted desc = failed to endorse transaction, see attached details for more info: 10.0.0.1:7051 PlatformMSP: chaincode response 500, " + e.Error(),
			"with codes": "ENDORSEMENT_POLICY_FAILURE: no; " + e.Error(),
			"and more":   e.Error() + " [txid 7]",
		} {
			got, ok := ParseError(text)
			if !ok {
				t.Fatalf("%s %q is no error", form, text)
			}
			if diff := cmp.Diff(e, got, cmpopts.IgnoreUnexported(Error{})); diff != "" ||
				form != "and more" && !got.Detail().Equal(e.Detail()) {
				t.Errorf("%s %q: %+v %s", form, text, got.Detail(), diff)
			}
		}
	}
}

// A program that knows none of this reads the first line; one that lacks the text, or knows it with
// other facts, shows the English that came.
func TestErrorCrossesVersions(t *testing.T) {
	e := Refuse(
		NotHolder, "lines", "units_not_held", "from", 1, "to", 10, "lot", "A", "state", InTransit, "party", "shop",
	)
	const english = "units 1 to 10 of lot A are not all in transit with shop"
	first, second, _ := strings.Cut(e.Error(), "\n")
	if first != "NOT_HOLDER: lines: "+english {
		t.Errorf("the first line is %q", first)
	}
	for name, sentence := range map[string]string{
		"older": "", "newer key": strings.Replace(second, "units_not_held", "units_elsewhere", 1), "newer facts": strings.Replace(second, "party", "place", 1),
		"another surface": strings.Replace(second, `"key"`, `"surface":"x","key"`, 1), "not JSON": "{key", "not a sentence": `{"key":7}`,
	} {
		got, ok := ParseError(first + "\n" + sentence)
		if d := got.Detail(); !ok || d.En != english || d.ZhCN != "" {
			t.Errorf("%s: %+v", name, d)
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
	err := fmt.Errorf("import row 4: %w", Refuse(LotInvalid, "lot", "missing"))
	if !errors.Is(err, &Error{Code: LotInvalid}) || errors.Is(err, &Error{Code: DateInvalid}) {
		t.Error("errors.Is does not go by the code")
	}
	if CodeOf(err) != LotInvalid || CodeOf(errors.New("LOT_INVALID: x")) != "" || CodeOf(nil) != "" {
		t.Error("CodeOf does not give the code of an Error in the chain")
	}
}
