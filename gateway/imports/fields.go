package imports

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// fieldsOf is what a row of each kind may say, in the order of the template.
var fieldsOf = map[Kind][]field{
	Products: {fGTIN, fName, fNameEn, fBrand, fSpec, fCategory, fOrigin, fShelfLife, fInspection},
	Batches:  {fGTIN, fLot, fQuantity, fProducedOn, fExpiresOn, fOrigin, fLine},
	Serials:  {fGTIN, fLot, fSerial, fProducedOn, fExpiresOn, fOrigin, fLine},
}

// titles are the headings of the template; each is one of headings.
var titles = trace.Table[field](
	texts, "titles", fGTIN, fName, fNameEn, fBrand, fSpec, fCategory, fOrigin, fShelfLife, fInspection, fLot,
	fQuantity, fProducedOn, fExpiresOn, fLine, fSerial,
)

// rules are what the template's notes say of each field.
var rules = trace.Table[field](
	texts, "rules", fGTIN, fName, fNameEn, fBrand, fSpec, fCategory, fOrigin, fShelfLife, fInspection, fLot,
	fQuantity, fProducedOn, fExpiresOn, fLine, fSerial,
)

var examples = map[field]string{
	fGTIN:       "6901234567892",
	fName:       "烟酰胺精华液 30ml",
	fNameEn:     "Niacinamide serum 30 ml",
	fBrand:      "示范品牌",
	fSpec:       "30ml",
	fCategory:   "美妆",
	fOrigin:     "浙江杭州",
	fShelfLife:  "1095",
	fInspection: "否",
	fLot:        "202610A01",
	fQuantity:   "1000",
	fProducedOn: "2026-10-02",
	fExpiresOn:  "2029-10-01",
	fLine:       "1 号线",
	fSerial:     "K7Q2-9XMT-4HRD",
}
