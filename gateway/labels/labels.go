// Package labels makes the files that a merchant prints his unit labels from: PDF, SVG and PNG sheets or rolls, ZPL for
// label printers, and CSV lists for a printing house. A label is laid out once, in millimetres, and drawn by each format.
//
// It takes units as they come and streams the file, so that memory does not grow with their number. It knows nothing of
// keys, accounts, HTTP or the ledger: who may have the file, PINs and all, is decided before.
package labels

import (
	"context"
	"io"
	"iter"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Format names a kind of file.
type Format string

// The formats. PDF, SVG and PNG hold a template's pages; a roll's page is one label.
const (
	PDF Format = "pdf" // one file up to PDFUnits labels, above that a ZIP of such files
	SVG Format = "svg" // one file a page, in a ZIP where there is more than one page; text as outlines
	PNG Format = "png" // the same, at 300 dpi
	ZPL Format = "zpl" // rolls only; one graphic a label, so that the printer needs no fonts
	CSV Format = "csv" // index, serial, URI and, where asked for, the GS1 element string for a DataMatrix and the PIN
)

// PDFUnits bounds the labels in one PDF file: the library that writes it holds it in memory, about 5 kB a label.
const PDFUnits = 5000

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
	Template string // a Template's ID; CSV needs none
	Symbol   Symbol
	Product  Product
	Units    iter.Seq2[Unit, error] // exactly Count of them
	Count    int
	PIN      bool           // print the PIN under a scratch field; in CSV, a column
	DPI      int            // of the ZPL printer: 203, 300 or 600; 0 means 300
	Progress func(done int) // may be nil; called with the units done so far
}

// Write writes the file. It returns a trace.Error, and has written nothing, where the job cannot be printed as it is asked
// for; any other error leaves an incomplete file.
func Write(ctx context.Context, w io.Writer, job Job) error {
	t, err := job.check()
	if err != nil {
		return err
	}
	units := job.counted(ctx)
	if job.Format == CSV {
		return writeCSV(w, job, units)
	}
	first, units, stop, err := peek(units)
	defer stop()
	if err != nil {
		return err
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
		t, found := templateByID(j.Template)
		return found && j.Count > t.perPage()
	default:
		return false
	}
}

// check refuses a job that cannot be printed, naming the field in the words of the HTTP interface.
func (j Job) check() (Template, error) {
	switch j.Format {
	case PDF, SVG, PNG, ZPL, CSV:
	default:
		return Template{}, trace.Errorf(trace.FieldInvalid, "format", "%q is no label format; use pdf, zpl, png, svg or csv", j.Format)
	}
	if j.Count < 1 {
		return Template{}, trace.Errorf(trace.FieldInvalid, "count", "at least one label must be asked for")
	}
	if j.Symbol != "" && j.Symbol != QR && j.Symbol != DataMatrix {
		return Template{}, trace.Errorf(trace.FieldInvalid, "symbol", "%q is no code that labels carry; use qr or datamatrix", j.Symbol)
	}
	if j.Format == CSV {
		return Template{}, nil
	}
	t, found := templateByID(j.Template)
	if !found {
		return t, trace.Errorf(trace.FieldInvalid, "template", "%q is no label template; use one of %s", j.Template, strings.Join(templateIDs(), ", "))
	}
	if j.PIN && !t.PIN {
		return t, trace.Errorf(trace.FieldInvalid, "template", "%s has no room for a scratch field; use one of %s", t.ID, strings.Join(templateIDsWithPIN(), ", "))
	}
	if j.Format != ZPL {
		return t, nil
	}
	if t.perPage() > 1 {
		return t, trace.Errorf(trace.FieldInvalid, "template", "a ZPL printer prints rolls; use a roll template")
	}
	if j.DPI != 0 && j.DPI != 203 && j.DPI != 300 && j.DPI != 600 {
		return t, trace.Errorf(trace.FieldInvalid, "dpi", "must be 203, 300 or 600")
	}
	return t, nil
}
