package imports

import (
	"errors"
	"fmt"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// cures says for the reasons that a row is commonly refused for what to do
// about it. What is wrong is the code's own title.
var cures = map[trace.Code]trace.Text{
	trace.GTINMissing:       {ZhCN: "请填写包装上的条码数字。", En: "Enter the barcode number from the package."},
	trace.GTINInvalid:       {ZhCN: "请对照包装重新填写条码，只填数字。", En: "Enter the barcode again from the package, digits only."},
	trace.GTINCheckDigit:    {ZhCN: "可能有一位输错，请对照包装逐位核对。", En: "A digit is probably mistyped: compare it with the package."},
	trace.SpreadsheetNumber: {ZhCN: "请先把整列的单元格格式设为“文本”，再重新填写条码。", En: "Format the whole column as text first, then enter the barcodes again."},
	trace.DuplicateInFile:   {ZhCN: "请删去其中一行。", En: "Delete one of the two rows."},
	trace.ColumnsMissing:    {ZhCN: "请补齐这一行的各列；没有内容的列留空即可。", En: "Fill in the row's columns; leave a column empty where there is nothing to say."},
	trace.NameMissing:       {ZhCN: "请填写中文商品名称。", En: "Enter the product's Chinese name."},
	trace.NameTooLong:       {ZhCN: "请缩短到 200 个字以内。", En: "Shorten it to at most 200 characters."},
	trace.ShelfLife:         {ZhCN: "请填写天数，例如 540；没有保质期就留空。", En: "Enter a number of days, like 540, or leave it empty where goods do not expire."},
	trace.PrefixNotOwned:    {ZhCN: "请核对条码；若确有授权，请先向平台提交品牌授权书。", En: "Check the barcode; if you are authorised, hand in the authorisation to the platform first."},
	trace.ProductExists:     {ZhCN: "该条码已由其他主体登记，请核对条码。", En: "Another party has registered this barcode: check whether it is right."},
	trace.ProductUnknown:    {ZhCN: "请先导入或登记该商品，再登记批次。", En: "Import or register the product first, then its batches."},
	trace.BatchExists:       {ZhCN: "同一商品的批号只能用一次，请核对批号。", En: "A lot can be used once for each product: check the lot."},
	trace.LotInvalid:        {ZhCN: "请只用 1 至 20 位字母、数字或常用符号，不含汉字和空格。", En: "Use 1 to 20 letters, digits or signs, without Chinese characters or blanks."},
	trace.QuantityInvalid:   {ZhCN: "请填写大于 0 的整数件数。", En: "Enter a whole number of units above 0."},
	trace.DateInvalid:       {ZhCN: "请写成 2026-10-02 的形式，并核对先后。", En: "Write it as 2026-10-02 and check the order of the dates."},
	trace.PartyLapsed:       {ZhCN: "请先向平台补交证照或完成合规检查。", En: "Renew the licence or complete the check with the platform first."},
	trace.RowsIncomplete:    {ZhCN: "请先改好同一批号里未通过的行；整批一起登记，序列号才完整。", En: "Mend the refused rows of the same lot first: a lot is registered as a whole, so that none of its serials is missing."},
	trace.FieldInvalid:      {ZhCN: "请核对这一行的内容。", En: "Check the row's contents."},
}

// fixes are the cures that belong to how a cell was spoilt rather than to the
// rule it breaks.
var fixes = struct {
	formula, across, becameDay, asText, yesOrNo, partOfDay, noSuchDay, yearOut, quantityDay, mergedQuantity, unknownUnit, noSerial trace.Text
}{
	formula: trace.Text{ZhCN: "这个单元格的公式没有算出结果，或列太窄而显示为 ####。请改正公式，或直接填写内容。",
		En: "This cell's formula has no result, or the column is too narrow to show it (####). Correct the formula, or enter the value itself."},
	across: trace.Text{ZhCN: "这个单元格与相邻的列合并了，无法判断内容属于哪一列。请取消合并，逐格填写。",
		En: "This cell is merged with a neighbouring column, so nobody can tell whose value it is. Unmerge it and fill in each cell."},
	becameDay: trace.Text{ZhCN: "表格软件把它变成了日期。请选中整列，把单元格格式设为“文本”（右键 › 设置单元格格式 › 文本），再重新填写。",
		En: "The spreadsheet made a date of it. Select the column, set its format to Text (Format Cells › Text), and enter it again."},
	asText: trace.Text{ZhCN: "表格软件把它变成了数字，位数可能已经丢失。请选中整列，把单元格格式设为“文本”（右键 › 设置单元格格式 › 文本），再重新填写。",
		En: "The spreadsheet made a number of it and may have lost digits. Select the column, set its format to Text (Format Cells › Text), and enter it again."},
	yesOrNo: trace.Text{ZhCN: "请填写“是”或“否”。", En: "Write 是 or 否 (yes or no)."},
	partOfDay: trace.Text{ZhCN: "表格里没有显示完整的年、月、日，缺少的部分可能是软件补上的。请写成 2026-10-02 的形式。",
		En: "The sheet does not show year, month and day, so the program may have made up the rest. Write it as 2026-10-02."},
	noSuchDay: trace.Text{ZhCN: "日历上没有这一天，或与所写的星期不符。请写成 2026-10-02 的形式。",
		En: "There is no such day, or its weekday is another one. Write it as 2026-10-02."},
	yearOut: trace.Text{ZhCN: "年份不合常理，请核对；没有到期日就留空。", En: "The year makes no sense: check it. Leave the cell empty where there is no such day."},
	quantityDay: trace.Text{ZhCN: "表格软件把它显示成了日期。请把单元格格式设为“常规”，再填写整数件数。",
		En: "The spreadsheet shows it as a date. Set the cell's format to General and enter a whole number of units."},
	mergedQuantity: trace.Text{ZhCN: "数量合并在几行里，无法判断是合计还是每批的数量。请取消合并，逐批填写。",
		En: "The quantity is merged over several rows, so nobody can tell whether it is their sum. Unmerge it and fill in each batch's own."},
	noSerial: trace.Text{ZhCN: "请填写印在商品上的序列号：1 至 20 位字母、数字或常用符号，不含汉字和空格。",
		En: "Enter the serial as it is printed on the item: 1 to 20 letters, digits or signs, without Chinese characters or blanks."},
	unknownUnit: trace.Text{ZhCN: "请填写最小销售单元的件数，只写整数，例如 2400；箱、打、万等请先换算。",
		En: "Enter the number of single units as digits only, like 2400; work out boxes and dozens first."},
}

// Fault is why a cell is refused: its column, what stands in it, the rule it
// breaks, and the cure. Letter is empty where the row as a whole is at fault.
type Fault struct {
	Letter, Heading, Field, Value string
	Err                           *trace.Error
	cure                          *trace.Text
}

// Text says in both languages which cell is wrong, what stands in it, and how to mend it.
func (f Fault) Text() trace.Text {
	text := Explain(f.Err)
	if f.cure != nil {
		title := f.Err.Code.Title()
		text = trace.Text{ZhCN: title.ZhCN + "。" + f.cure.ZhCN, En: title.En + ". " + f.cure.En}
		if f.Err.Code == trace.FieldInvalid {
			text = *f.cure
		}
	}
	switch {
	case f.Letter == "":
		return text
	case f.Value == "":
		return trace.Text{ZhCN: fmt.Sprintf("“%s”（%s 列）是空的。%s", f.Heading, f.Letter, text.ZhCN), En: fmt.Sprintf("%s (column %s) is empty. %s", f.Heading, f.Letter, text.En)}
	}
	return trace.Text{ZhCN: fmt.Sprintf("“%s”（%s 列）写的是“%s”。%s", f.Heading, f.Letter, f.Value, text.ZhCN),
		En: fmt.Sprintf("%s (column %s) holds “%s”. %s", f.Heading, f.Letter, f.Value, text.En)}
}

func (l *line) fault(f Fault) { l.row.Faults = append(l.row.Faults, f) }

// blame refuses the row for what stands under a field.
func (l *line) blame(f field, err error, cure *trace.Text) {
	var e *trace.Error
	if !errors.As(err, &e) {
		e = trace.Errorf(trace.FieldInvalid, string(f), "%v", err)
	}
	fault := l.row.Refused(&trace.Error{Code: e.Code, Field: string(f), Message: e.Message})
	fault.cure = cure
	l.fault(fault)
}

// Refused gives a refusal the cell of the row that it is about.
func (r Row) Refused(e *trace.Error) Fault {
	fault := Fault{Field: e.Field, Err: e}
	if c, known := r.columns[field(e.Field)]; known {
		fault.Letter, fault.Heading, fault.Value = c.Letter, shorten(c.Heading), shorten(r.rec.at(c.index).text())
	}
	return fault
}

// shorten keeps what is quoted from a file within a line.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}

// Explain says in both languages what is wrong with a row and how to mend it.
func Explain(e *trace.Error) trace.Text {
	title, fix := e.Code.Title(), cures[e.Code]
	text := trace.Text{ZhCN: title.ZhCN + "。" + fix.ZhCN, En: title.En + ". " + fix.En}
	if fix.En == "" || e.Code == trace.FieldInvalid {
		text.En = title.En + ": " + e.Message + "."
		if e.Field != "" {
			text.En = title.En + ": " + e.Field + ": " + e.Message + "."
			text.ZhCN = title.ZhCN + "（" + e.Field + "）。" + fix.ZhCN
		}
	}
	return text
}
