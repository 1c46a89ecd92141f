package imports

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// fieldsOf is what a row of each kind may say, in the order of the template.
var fieldsOf = map[Kind][]field{
	Products: {fGTIN, fName, fNameEn, fBrand, fSpec, fCategory, fOrigin, fShelfLife, fInspection},
	Batches:  {fGTIN, fLot, fQuantity, fProducedOn, fExpiresOn, fOrigin, fLine},
	Serials:  {fGTIN, fLot, fSerial, fProducedOn, fExpiresOn, fOrigin, fLine},
}

// titles are the headings of the template; each is one of headings.
var titles = map[field]trace.Text{
	fGTIN: {ZhCN: "商品条码", En: "Barcode"}, fName: {ZhCN: "商品名称", En: "Chinese name"}, fNameEn: {ZhCN: "英文名称", En: "English name"},
	fBrand: {ZhCN: "品牌", En: "Brand"}, fSpec: {ZhCN: "规格", En: "Specification"}, fCategory: {ZhCN: "类目", En: "Category"},
	fOrigin: {ZhCN: "产地", En: "Origin"}, fShelfLife: {ZhCN: "保质期（天）", En: "Shelf life (days)"}, fInspection: {ZhCN: "是否需检验", En: "Needs inspection"},
	fLot: {ZhCN: "批号", En: "Lot"}, fQuantity: {ZhCN: "生产数量", En: "Quantity"}, fProducedOn: {ZhCN: "生产日期", En: "Produced on"},
	fExpiresOn: {ZhCN: "有效期至", En: "Expires on"}, fLine: {ZhCN: "生产线", En: "Line"},
	fSerial: {ZhCN: "序列号", En: "Serial"},
}

// rules are what the template's notes say of each field.
var rules = map[field]trace.Text{
	fGTIN:       {ZhCN: "包装上的条码数字，8、12、13 或 14 位；整列设为文本", En: "The digits below the barcode: 8, 12, 13 or 14; format the column as text"},
	fName:       {ZhCN: "中文名称，最多 200 字", En: "In Chinese, at most 200 characters"},
	fNameEn:     {ZhCN: "最多 200 个字符", En: "At most 200 characters"},
	fBrand:      {ZhCN: "与包装上一致", En: "As on the package"},
	fSpec:       {ZhCN: "例如净含量", En: "Such as the net content"},
	fCategory:   {ZhCN: "检验标准按类目适用", En: "Inspection standards go by it"},
	fOrigin:     {ZhCN: "省市或国家", En: "Province, city or country"},
	fShelfLife:  {ZhCN: "天数；也可写 36个月、3年；不过期的留空", En: "Days, or 36 months, 3 years; empty where goods do not expire"},
	fInspection: {ZhCN: "是或否；填是的，检验合格前不能发货", En: "Yes or no; with yes nothing is shipped before it has passed"},
	fLot:        {ZhCN: "1 至 20 位字母、数字或常用符号；整列设为文本", En: "1 to 20 letters, digits or signs; format the column as text"},
	fQuantity:   {ZhCN: "单件的数量，整数", En: "The number of single units, whole"},
	fProducedOn: {ZhCN: "写成 2026-10-02", En: "Write it as 2026-10-02"},
	fExpiresOn:  {ZhCN: "写成 2028-10-02；留空则按商品的保质期计算", En: "Write it as 2028-10-02; empty is computed from the product's shelf life"},
	fLine:       {ZhCN: "可不填", En: "Optional"},
	fSerial:     {ZhCN: "工厂已印在商品上的序列号，每件一行；整列设为文本", En: "As the factory has printed it, a row for each unit; format the column as text"},
}

var examples = map[field]string{
	fGTIN: "6901234567892", fName: "烟酰胺精华液 30ml", fNameEn: "Niacinamide serum 30 ml", fBrand: "示范品牌", fSpec: "30ml", fCategory: "美妆",
	fOrigin: "浙江杭州", fShelfLife: "1095", fInspection: "否", fLot: "202610A01", fQuantity: "1000", fProducedOn: "2026-10-02", fExpiresOn: "2029-10-01", fLine: "1 号线", fSerial: "K7Q2-9XMT-4HRD",
}
