package imports

import (
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// product reads a row as a product and notes its GTIN in the row.
func (c cells) product(row *Row) (*trace.Product, error) {
	gtin, err := c.gtin()
	if err != nil {
		return nil, err
	}
	row.GTIN = gtin
	p := trace.Product{
		GTIN: gtin, Name: trace.Text{ZhCN: c.text(fName), En: c.text(fNameEn)}, Brand: c.text(fBrand),
		Category: c.text(fCategory), Specification: c.text(fSpec), Origin: c.text(fOrigin),
	}
	if p.Name.ZhCN == "" {
		return nil, trace.Errorf(trace.NameMissing, string(fName), "give the product's Chinese name")
	}
	if p.ShelfLifeDays, err = c.days(); err != nil {
		return nil, err
	}
	if p.InspectionRequired, err = c.flag(fInspection); err != nil {
		return nil, err
	}
	checked := p
	checked.Owner = "importer" // the caller's party, which is not known here
	return &p, checked.Check()
}

// batch reads a row as a batch and notes its GTIN and lot in the row. Rules
// that need today's date or the product are left to the registration.
func (c cells) batch(row *Row) (*trace.Batch, error) {
	gtin, err := c.gtin()
	if err != nil {
		return nil, err
	}
	row.GTIN = gtin
	row.Lot = strings.TrimPrefix(c.text(fLot), "'")
	if err := trace.CheckLot(row.Lot); err != nil {
		return nil, err
	}
	b := trace.Batch{GTIN: gtin, Lot: row.Lot, Origin: c.text(fOrigin), Line: c.text(fLine)}
	if b.Quantity, err = c.count(); err != nil {
		return nil, err
	}
	if b.ProducedOn, err = c.date(fProducedOn); err != nil {
		return nil, err
	}
	if b.ProducedOn == "" {
		return nil, trace.Errorf(trace.DateInvalid, string(fProducedOn), "give the day of production, like 2026-10-02")
	}
	b.ExpiresOn, err = c.date(fExpiresOn)
	return &b, err
}
