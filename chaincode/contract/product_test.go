package contract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

var newProduct = product(gtin(makerPrefix, 2))

func productWith(change func(*trace.Product)) trace.Product { return with(newProduct, change) }

var productRefusals = []refusal{
	{
		"without a GTIN",
		maker,
		trace.RegisterProduct,
		productWith(func(p *trace.Product) { p.GTIN = "" }),
		trace.GTINMissing,
		"gtin",
	},
	{
		"with a GTIN of 11 digits",
		maker,
		trace.RegisterProduct,
		productWith(func(p *trace.Product) { p.GTIN = "69988010000" }),
		trace.GTINInvalid,
		"gtin",
	},
	{
		"with a GTIN-13",
		maker,
		trace.RegisterProduct,
		productWith(func(p *trace.Product) { p.GTIN = p.GTIN[1:] }),
		trace.GTINInvalid,
		"gtin",
	},
	{
		"with a wrong check digit",
		maker,
		trace.RegisterProduct,
		productWith(func(p *trace.Product) { p.GTIN = wrongDigit(p.GTIN) }),
		trace.GTINCheckDigit,
		"gtin",
	},
	{
		"under the rival's prefix",
		maker,
		trace.RegisterProduct,
		product(gtin(rivalPrefix, 2)),
		trace.PrefixNotOwned,
		"gtin",
	},
	{"under nobody's prefix", maker, trace.RegisterProduct, product(gtin("6911111", 2)), trace.PrefixNotOwned, "gtin"},
	{
		"that the rival has registered",
		maker,
		trace.RegisterProduct,
		product(gtin(rivalPrefix, 1)),
		trace.PrefixNotOwned,
		"gtin",
	},
	{"a second time", maker, trace.RegisterProduct, product(tea), trace.ProductExists, "gtin"},
	{
		"for the rival",
		maker,
		trace.RegisterProduct,
		productWith(func(p *trace.Product) { p.Owner = "rival" }),
		trace.NotAllowed,
		"owner",
	},
	{
		"without a name",
		maker,
		trace.RegisterProduct,
		productWith(func(p *trace.Product) { p.Name.ZhCN = "　" }),
		trace.NameMissing,
		"name.zh-CN",
	},
	{
		"with a long name",
		maker,
		trace.RegisterProduct,
		productWith(func(p *trace.Product) { p.Name.En = strings.Repeat("é", 201) }),
		trace.NameTooLong,
		"name.en",
	},
	{
		"with a shelf life below nothing",
		maker,
		trace.RegisterProduct,
		productWith(func(p *trace.Product) { p.ShelfLifeDays = -1 }),
		trace.ShelfLife,
		"shelfLifeDays",
	},
	{
		"without a brand",
		maker,
		trace.RegisterProduct,
		productWith(func(p *trace.Product) { p.Brand = "" }),
		trace.FieldInvalid,
		"brand",
	},
}

func wrongDigit(gtin string) string {
	last := len(gtin) - 1
	return gtin[:last] + string('0'+(gtin[last]-'0'+1)%10)
}

func TestRegisterProduct(t *testing.T) {
	l := newMarket(t)
	for _, owner := range []string{"", "maker"} {
		p := product(gtin(makerPrefix, 20+len(owner)))
		p.Owner = owner
		e := l.must(maker, trace.RegisterProduct, p)
		p.Owner = "maker"
		stored, err := query[trace.Product](l, shop, trace.GetProduct, p.GTIN)
		if diff := cmp.Diff(p, stored); diff != "" || err != nil {
			t.Errorf("%s %v", diff, err)
		}
		if want := (trace.Event{Type: trace.EventProductRegistered, At: noon, By: "maker", Product: &p}); !cmp.Equal(
			want, e,
		) {
			t.Error(cmp.Diff(want, e))
		}
	}
}

// TestLicensee: an authorisation opens somebody else's prefix up to its last
// day, for products and for batches.
func TestLicensee(t *testing.T) {
	l := newMarket(t)
	l.must(licensee, trace.RegisterProduct, newProduct)
	l.must(licensee, trace.RegisterBatch, batch(newProduct.GTIN, "A", 1))
	l.must(licensee, trace.RegisterBatch, batch(tea, "LICENSED", 1))
	l.sleep(2 * 24 * 3600e9)
	for tx, request := range map[trace.Transaction]any{
		trace.RegisterProduct: product(gtin(makerPrefix, 3)), trace.RegisterBatch: batch(newProduct.GTIN, "B", 1),
	} {
		if _, err := l.submit(licensee, tx, request); trace.CodeOf(err) != trace.PrefixNotOwned {
			t.Errorf("%s after the last day: %v", tx, err)
		}
	}
}
