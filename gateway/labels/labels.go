// Package labels makes the files that a merchant prints his unit labels from: PDF, SVG and PNG sheets or rolls, ZPL for
// label printers, and CSV lists for a printing house. A label is laid out once, in millimetres, and drawn by each
// format.
//
// It takes units as they come and streams the file, so that memory does not grow with their number. It knows nothing of
// keys, accounts, HTTP or the ledger: who may have the file, PINs and all, is decided before.
package labels

import (
	"context"
	"fmt"
	"io"
	"iter"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Format names a kind of file.
type Format string

// The formats. PDF, SVG and PNG hold a template's pages; a roll's page is one label.
const (
	PDF  Format = "pdf"  // one file up to PDFUnits labels, above that a ZIP of such files
	SVG  Format = "svg"  // one file a page, in a ZIP where there is more than one page; text as outlines
	PNG  Format = "png"  // the same, at 300 dpi
	ZPL  Format = "zpl"  // rolls only; one graphic a label, so that the printer needs no fonts
	XLSX Format = "xlsx" // what CSV has, in a workbook whose cells are text, so that nothing becomes a number
	CSV  Format = "csv"  // index, serial, URI and, where asked for, the GS1 element string for a DataMatrix and the PIN
)

// PDFUnits bounds the labels in one PDF file: the library that writes it holds it in memory, up to
// 25 kB a label while it grows.
const PDFUnits = 2500

// Unit is what differs from label to label.
type Unit struct {
	Index  int64
	Serial string
	URI    string
	PIN    string
}

// Product is what all labels of a file share. All of it is printed as plain text, whatever it holds.
type Product struct {
	Brand     string
	NameZH    string
	NameEN    string // optional
	Lot       string
	ExpiresOn string // 2006-01-02, optional
	Host      string // where the code leads, in words, so that a label of another host can be spotted
}

// Job describes a label file.
type Job struct {
	Format   Format
	Template string  // a Template's ID; CSV and XLSX need none
	Design   *Design // instead of a template
	Logo     *Logo   // of the design, where it has one
	Printer  Printer // what the printer does to a page
	Trial    bool    // a trial print: it says so instead of the brand
	Symbol   Symbol
	Product  Product
	Units    iter.Seq2[Unit, error] // exactly Count of them
	Count    int
	Roomiest *Unit          // of the units, where they differ in length; nil where all are like the first
	PIN      bool           // print the PIN under a scratch field; in CSV, a column
	DPI      int            // of the ZPL printer: 203, 300 or 600; 0 means 300
	Progress func(done int) // may be nil; called with the units done so far
}

// Write writes the file. It returns a trace.Error, and has written nothing, where the job cannot be
// printed as it is asked for; any other error leaves an incomplete file.
func Write(ctx context.Context, w io.Writer, job Job) error {
	t, err := job.check()
	if err != nil {
		return err
	}
	units := job.counted(ctx)
	switch job.Format {
	case CSV:
		return writeCSV(w, job, units)
	case XLSX:
		return writeXLSX(w, job, units)
	}
	first, units, stop, err := peek(units)
	defer stop()
	if err != nil {
		return err
	}
	if job.Roomiest != nil {
		first = *job.Roomiest
	}
	l, err := newLayout(t, job, first)
	if err != nil {
		return err
	}
	switch job.Format {
	case PDF:
		return writePDF(ctx, w, l, units)
	case ZPL:
		return writeZPL(ctx, w, l, units)
	case SVG:
		return writePages(ctx, w, l, units, "svg", l.svgPage)
	default:
		return writePages(ctx, w, l, units, "png", l.pngPage)
	}
}

// FileType answers the content type and the file name extension of what Write will write.
func (j Job) FileType() (contentType, extension string) {
	if j.zipped() {
		return "application/zip", "zip"
	}
	switch j.Format {
	case PDF:
		return "application/pdf", "pdf"
	case SVG:
		return "image/svg+xml", "svg"
	case PNG:
		return "image/png", "png"
	case ZPL:
		return "application/zpl", "zpl"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
	default:
		return "text/csv; charset=utf-8", "csv"
	}
}

// zipped tells whether the file is a ZIP of several.
func (j Job) zipped() bool {
	switch j.Format {
	case PDF:
		return j.Count > PDFUnits
	case SVG, PNG:
		t, err := j.Layout()
		return err == nil && j.Count > t.perPage()
	default:
		return false
	}
}

// Layout is what the job's labels are laid out on. Errors: *trace.Error.
func (j Job) Layout() (Template, error) {
	if j.Design != nil {
		return j.Design.Template()
	}
	t, found := templateByID(j.Template)
	if !found {
		return t, refuse(
			trace.FieldInvalid, "template", "template", "template", trace.Quoted(200, j.Template),
			"templates", templateIDs(),
		)
	}
	return t, nil
}

// check refuses a job that cannot be printed, naming the field in the words of the HTTP interface.
func (j Job) check() (Template, error) {
	switch j.Format {
	case PDF, SVG, PNG, ZPL, XLSX, CSV:
	default:
		return Template{}, refuse(trace.FieldInvalid, "format", "format", "format", trace.Quoted(200, j.Format))
	}
	if j.Count < 1 {
		return Template{}, refuse(trace.FieldInvalid, "count", "none_asked")
	}
	if j.Symbol != "" && j.Symbol != QR && j.Symbol != DataMatrix {
		return Template{}, refuse(trace.FieldInvalid, "symbol", "symbol", "symbol", trace.Quoted(200, j.Symbol))
	}
	if j.Format == XLSX && j.Count > xlsxRows {
		return Template{}, refuse(trace.FieldInvalid, "format", "workbook", "most", xlsxRows)
	}
	if j.Format == CSV || j.Format == XLSX {
		return Template{}, nil
	}
	t, err := j.Layout()
	if err != nil {
		return t, err
	}
	if err := j.checkPrint(t); err != nil {
		return t, err
	}
	return t, j.Product.check(t)
}

// checkPrint refuses what a template or a printer cannot do.
func (j Job) checkPrint(t Template) error {
	if j.PIN && !t.PIN {
		return refuse(trace.FieldInvalid, "template", "scratch", "template", t.ID, "templates", templateIDsWithPIN())
	}
	if err := j.Printer.Check(); err != nil {
		return err
	}
	if j.Format != ZPL {
		return nil
	}
	if t.perPage() > 1 {
		return refuse(trace.FieldInvalid, "template", "roll")
	}
	if j.DPI != 0 && j.DPI != 203 && j.DPI != 300 && j.DPI != 600 {
		return refuse(trace.FieldInvalid, "dpi", "resolution")
	}
	return nil
}

// CharacterUnprintable is the reason of a text with a character that no font has.
const CharacterUnprintable trace.Code = "CHARACTER_UNPRINTABLE"

// check refuses a text that would not be printed as it is written. Errors name the field of the product or batch.
func (p Product) check(t Template) error {
	for _, c := range []struct {
		on          Field
		field, text string
	}{
		{FieldBrand, "brand", p.Brand}, {FieldName, "name.zh-CN", p.NameZH}, {FieldNameEN, "name.en", p.NameEN},
		{FieldLot, "lot", p.Lot}, {FieldHost, "host", p.Host},
	} {
		if r, found := Unprintable(c.text); found && t.shows(c.on) {
			return refuse(
				CharacterUnprintable, c.field, "no_glyph", "character", string(r),
				"code", fmt.Sprintf("%04X", r), "text", cut(c.text),
			)
		}
	}
	return nil
}
