package imports

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// field is a column's meaning.
type field string

const (
	fGTIN       field = "gtin"
	fName       field = "name.zh-CN"
	fNameEn     field = "name.en"
	fBrand      field = "brand"
	fCategory   field = "category"
	fSpec       field = "specification"
	fOrigin     field = "origin"
	fShelfLife  field = "shelfLifeDays"
	fInspection field = "inspectionRequired"
	fLot        field = "lot"
	fQuantity   field = "quantity"
	fProducedOn field = "producedOn"
	fExpiresOn  field = "expiresOn"
	fLine       field = "line"
)

// headings is the one table of how merchants call a column, as fold writes it.
// The first spelling is the one we use ourselves.
var headings = map[field][]string{
	fGTIN:       {"商品条码", "条码", "条形码", "商品条形码", "国际条码", "产品条码", "69码", "gtin", "gtin13", "gtin14", "ean", "ean13", "upc", "barcode"},
	fName:       {"商品名称", "商品名", "名称", "品名", "产品名称", "产品名", "中文名称", "中文名", "中文品名", "name", "productname", "chinesename", "namezh", "namezhcn", "namechinese"},
	fNameEn:     {"英文名称", "英文名", "英文品名", "商品英文名称", "englishname", "nameen", "nameenglish"},
	fBrand:      {"品牌", "品牌名称", "商标", "brand", "brandname"},
	fCategory:   {"类目", "商品类目", "分类", "商品分类", "品类", "类别", "category"},
	fSpec:       {"规格", "规格型号", "商品规格", "净含量", "specification", "spec", "size", "netcontent"},
	fOrigin:     {"产地", "原产地", "生产地", "origin", "placeoforigin", "countryoforigin"},
	fShelfLife:  {"保质期天", "保质期", "保质期天数", "保质天数", "shelflife", "shelflifedays", "shelflifeindays"},
	fInspection: {"是否需检验", "是否需要检验", "需检验", "是否检验", "需要检验", "检验", "inspection", "inspectionrequired", "needsinspection", "requiresinspection"},
	fLot:        {"批号", "批次", "批次号", "生产批号", "lot", "lotnumber", "lotno", "batch", "batchnumber", "batchno"},
	fQuantity:   {"生产数量", "数量", "产量", "批量", "件数", "quantity", "qty", "units"},
	fProducedOn: {"生产日期", "制造日期", "producedon", "productiondate", "manufacturedon", "manufacturingdate", "mfgdate"},
	fExpiresOn:  {"有效期至", "有效期", "到期日", "到期日期", "失效日期", "过期日期", "expireson", "expirydate", "expirationdate", "bestbefore", "expdate"},
	fLine:       {"生产线", "产线", "线别", "line", "productionline"},
}

// required says which columns a file of a kind must have.
var required = map[Kind][]field{
	Products: {fGTIN, fName, fBrand},
	Batches:  {fGTIN, fLot, fQuantity, fProducedOn},
}

// columns says where each field stands.
type columns map[field]int

// findColumns recognises the heading row. Columns that nobody knows are left alone.
func findColumns(kind Kind, heading []string) (columns, error) {
	found := columns{}
	for i, cell := range heading {
		for f, spellings := range headings {
			if _, taken := found[f]; !taken && slices.Contains(spellings, fold(cell)) {
				found[f] = i
			}
		}
	}
	var missing []string
	for _, f := range required[kind] {
		if _, ok := found[f]; !ok {
			missing = append(missing, headings[f][0])
		}
	}
	if len(missing) > 0 {
		return nil, trace.Errorf(trace.ColumnsMissing, "file", "row 1 must hold the headings; not found: %s", strings.Join(missing, ", "))
	}
	return found, nil
}

// fold writes a heading without case, width, blanks and signs.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}
