package trace

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// TestBalanceIsExact: whatever goes in and out, exactly one loss balances it,
// and none does where more comes out than goes in. No sum overflows.
func TestBalanceIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Input {
			return Input{
				Line{Count: rapid.Int64Range(1, MaxIndex).Draw(t, "count")},
				rapid.Int64Range(1, MaxContent).Draw(t, "content"),
			}
		}), 1, MaxLines).Draw(t, "inputs")
		r := TransformRequest{Inputs: in, Content: rapid.Int64Range(1, MaxContent).Draw(t, "content")}
		r.Output.Quantity = rapid.Int64Range(1, MaxIndex).Draw(t, "quantity")
		var sum int64
		for _, x := range in {
			if sum += x.Count * x.Content; sum < 0 {
				t.Fatal("the bounds let a sum overflow")
			}
		}
		r.Loss = sum - r.Output.Quantity*r.Content
		if err := r.checkBalance(); (err == nil) != (r.Loss >= 0) {
			t.Fatalf("%d in, %d lost: %v", sum, r.Loss, err)
		}
		if r.Loss++; r.checkBalance() == nil {
			t.Fatal("a loss of one more balances too")
		}
	})
}

func TestInField(t *testing.T) {
	for _, test := range []struct{ from, to, field, want string }{
		{"lines", "inputs", "lines", "inputs"},
		{"lines", "inputs", "lines.gtin", "inputs.gtin"},
		{"lines", "inputs", "lot", "lot"},
		{"", "output", "lot", "output.lot"},
		{"", "output", "", ""},
	} {
		var e *Error
		if err := InField(
			test.from, test.to, &Error{Code: LotInvalid, Field: test.field},
		); !errors.As(err, &e) || e.Field != test.want ||
			e.Code != LotInvalid {
			t.Errorf("%s in %s: %v, want %s", test.field, test.to, err, test.want)
		}
	}
	plain := errors.New("no state")
	if err := InField("lines", "inputs", plain); !errors.Is(err, plain) {
		t.Error(err)
	}
	if err := InField("lines", "inputs", nil); err != nil {
		t.Error(err)
	}
}

func TestMayAllocate(t *testing.T) {
	p := Party{ID: "maker", Prefixes: []string{"6998801"}, Authorisations: []Authorisation{{Prefix: "6998802"}}}
	for sscc, code := range map[string]Code{
		"369988010000000013": "", "069988019999999994": "", // the extension digit is free
		"369988020000000012": PrefixNotOwned, // a brand's authorisation is for goods, not for cases
		"669988010000000014": "", "136998801000000017": PrefixNotOwned, "": PrefixNotOwned,
	} {
		if err := p.MayAllocate(sscc); CodeOf(err) != code {
			t.Errorf("%s: %v, want %q", sscc, err, code)
		}
	}
}
