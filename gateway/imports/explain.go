package imports

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// fixes says for the reasons that a row is commonly refused for what to do
// about it. What is wrong is the code's own title.
var fixes = map[trace.Code]trace.Text{
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
	trace.FieldInvalid:      {ZhCN: "请核对这一行的内容。", En: "Check the row's contents."},
}

// Explain says in both languages what is wrong with a row and how to mend it.
func Explain(e *trace.Error) trace.Text {
	title, fix := e.Code.Title(), fixes[e.Code]
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
