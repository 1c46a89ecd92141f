package imports

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
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
	fSerial     field = "serial"
)

// headings is the one table of how merchants call a column, as fold writes it.
// The first spelling is the one we use ourselves.
var headings = map[field][]string{
	fGTIN: {
		"商品条码",
		"条码",
		"条形码",
		"商品条形码",
		"国际条码",
		"产品条码",
		"69码",
		"gtin",
		"gtin13",
		"gtin14",
		"ean",
		"ean13",
		"upc",
		"barcode",
	},
	fName: {
		"商品名称",
		"商品名",
		"名称",
		"品名",
		"产品名称",
		"产品名",
		"中文名称",
		"中文名",
		"中文品名",
		"name",
		"productname",
		"chinesename",
		"namezh",
		"namezhcn",
		"namechinese",
	},
	fNameEn:   {"英文名称", "英文名", "英文品名", "商品英文名称", "englishname", "nameen", "nameenglish"},
	fBrand:    {"品牌", "品牌名称", "商标", "brand", "brandname"},
	fCategory: {"类目", "商品类目", "分类", "商品分类", "品类", "类别", "category"},
	fSpec:     {"规格", "规格型号", "商品规格", "净含量", "specification", "spec", "size", "netcontent"},
	fOrigin:   {"产地", "原产地", "生产地", "origin", "placeoforigin", "countryoforigin"},
	fShelfLife: {
		"保质期天",
		"保质期",
		"保质期天数",
		"保质天数",
		"保质期月",
		"保质期月数",
		"保质期年",
		"shelflife",
		"shelflifedays",
		"shelflifeindays",
		"shelflifemonths",
		"shelflifeinmonths",
		"shelflifeinyears",
	},
	fInspection: {
		"是否需检验",
		"是否需要检验",
		"需检验",
		"是否检验",
		"需要检验",
		"检验",
		"inspection",
		"inspectionrequired",
		"needsinspection",
		"requiresinspection",
	},
	fLot:        {"批号", "批次", "批次号", "生产批号", "lot", "lotnumber", "lotno", "batch", "batchnumber", "batchno"},
	fQuantity:   {"生产数量", "数量", "产量", "批量", "件数", "quantity", "qty", "units"},
	fProducedOn: {"生产日期", "制造日期", "producedon", "productiondate", "manufacturedon", "manufacturingdate", "mfgdate"},
	fExpiresOn: {
		"有效期至",
		"有效期",
		"到期日",
		"到期日期",
		"失效日期",
		"过期日期",
		"expireson",
		"expirydate",
		"expirationdate",
		"bestbefore",
		"expdate",
	},
	fSerial: {"序列号", "单品序列号", "商品序列号", "产品序列号", "sn", "sn码", "sn号", "serial", "serialnumber", "serialno"},
	fLine:   {"生产线", "产线", "线别", "line", "productionline"},
}

// required says which columns a file of a kind must have.
var required = map[Kind][]field{
	Products: {fGTIN, fName, fBrand},
	Batches:  {fGTIN, fLot, fQuantity, fProducedOn},
	Serials:  {fGTIN, fLot, fSerial, fProducedOn},
}

// headingRows is how far down the headings may stand, below titles and notes.
const headingRows = 20

// Column is a column of the file: its letter, its heading, the field that it
// was taken for, empty where nobody knows the heading, and what stands first in it.
type Column struct {
	Letter  string
	Heading string
	Field   string
	Samples []string
	index   int
	unit    string // what the heading says its numbers count, such as 月 of 保质期（月）
}

// columns says where each field stands.
type columns map[field]Column

// table is a sheet whose heading row has been found, at records[heading].
type table struct {
	columns columns
	all     []Column
	heading int
}

// findTable finds the heading row among the first rows: the one that holds all
// that a file of the kind must have. Columns that nobody knows, and those that
// are hidden, are left alone.
func findTable(kind Kind, s sheet, m Mapping) (table, error) {
	best, most := 0, -1
	for i, r := range s.records[:min(headingRows, len(s.records))] {
		if m.HeadingRow != 0 && r.number != m.HeadingRow {
			continue
		}
		t := headingsOf(r, s.hidden, m)
		if len(t.missing(kind)) == 0 {
			t.heading = i
			return t, t.check()
		}
		if n := len(t.columns); n > most {
			best, most = i, n
		}
	}
	t := headingsOf(s.records[best], s.hidden, m)
	t.heading = best
	number := 1
	if most > 0 {
		number = s.records[best].number
	}
	return t, refuse(trace.ColumnsMissing, "file", "headings_missing", "row", number, "headings", t.missing(kind))
}

func headingsOf(r rec, hidden map[int]bool, m Mapping) table {
	t := table{columns: columns{}}
	for i, c := range r.cells {
		if hidden[i] {
			continue
		}
		column := Column{Letter: letter(i), Heading: c.text(), index: i, unit: unitOf(c.plain())}
		if f, known := m.meaning(column.Letter, c); known {
			column.Field = string(f)
			if _, taken := t.columns[f]; !taken {
				t.columns[f] = column
			}
		}
		t.all = append(t.all, column)
	}
	return t
}

func (t table) missing(kind Kind) (names []string) {
	for _, f := range required[kind] {
		if _, ok := t.columns[f]; !ok {
			names = append(names, headings[f][0])
		}
	}
	return names
}

// check refuses headings of which nobody can tell which one counts.
func (t table) check() error {
	for _, c := range t.all {
		if first, known := t.columns[field(c.Field)]; known && first.index != c.index {
			return refuse(
				HeadingTwice, "file", "heading_twice", "first", first.Letter,
				"firstHeading", trace.Quoted(60, shorten(first.Heading)), "second", c.Letter,
				"secondHeading", trace.Quoted(60, shorten(c.Heading)), "field", headings[field(c.Field)][0],
			)
		}
	}
	if c, known := t.columns[fQuantity]; known && c.unit != "" && unitWord(c.unit) == packUnit {
		return refuse(
			trace.QuantityInvalid, "file", "counts_packs",
			"column", c.Letter, "heading", trace.Quoted(60, shorten(c.Heading)), "unit", c.unit,
		)
	}
	return nil
}

// known counts the headings of ours in a row.
func known(cells []cell) int { return len(headingsOf(rec{cells: cells}, nil, Mapping{}).columns) }

// additions are words that people add to a heading without changing what it means.
var additions = []string{"必填项", "必填", "选填", "可选", "required", "optional", "mandatory"}

var (
	inBrackets = regexp.MustCompile(`[(\[{<【〔〈《「（［][^)\]}>】〕〉》」）］]*[)\]}>】〕〉》」）］]?`)
	parted     = regexp.MustCompile(`[\n/|、,;:：\\]+`)
	twoScripts = regexp.MustCompile(`^(\P{Latin}*\p{Han}\P{Latin}*?)\s*(\p{Latin}[\p{Latin}0-9 .'_-]*)$`)
)

// meaning tells which field a heading means: as it is written, without what
// stands in brackets, or in each of the languages it is written in.
func meaning(c cell) (field, bool) {
	plain := c.plain()
	if f, known := spelt(plain); known {
		return f, true
	}
	bare := inBrackets.ReplaceAllString(plain, " ")
	if f, known := spelt(bare); known {
		return f, true
	}
	parts := parted.Split(bare, -1)
	if m := twoScripts.FindStringSubmatch(strings.Join(strings.Fields(bare), " ")); m != nil {
		parts = m[1:]
	}
	var found field
	for _, part := range parts {
		f, known := spelt(part)
		if known && found != "" && f != found {
			return "", false
		}
		if known {
			found = f
		}
	}
	return found, found != ""
}

var bySpelling = func() map[string]field {
	all := map[string]field{}
	for f, spellings := range headings {
		for _, s := range spellings {
			all[s] = f
		}
	}
	return all
}()

func spelt(s string) (field, bool) {
	folded := fold(s)
	for _, word := range additions {
		folded = strings.TrimPrefix(strings.TrimSuffix(folded, word), word)
	}
	f, known := bySpelling[folded]
	return f, known
}

// unitOf gives the unit that a heading names in brackets or behind a sign.
func unitOf(heading string) string {
	inside := strings.Join(inBrackets.FindAllString(heading, -1), " ")
	if _, after, found := strings.Cut(inBrackets.ReplaceAllString(heading, ""), "/"); found {
		inside += " " + after
	}
	for _, word := range strings.FieldsFunc(inside, func(r rune) bool { return !unicode.IsLetter(r) }) {
		word = strings.TrimPrefix(strings.ToLower(word), "单位")
		if unitWord(word) != noUnit {
			return word
		}
	}
	folded := fold(heading)
	for _, ending := range []string{"月数", "月", "months", "年", "years"} {
		if strings.HasPrefix(folded, "保质期") && strings.HasSuffix(folded, ending) ||
			strings.HasSuffix(folded, "in"+ending) {
			return ending
		}
	}
	return ""
}

func letter(index int) string {
	name, _ := excelize.ColumnNumberToName(index + 1)
	return name
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
