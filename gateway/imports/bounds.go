package imports

import (
	"archive/zip"
	"bytes"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Bounds of a file, so that a small one costs neither much memory nor much time:
// what an archive may unpack to in all, what its list of sheets and any of its
// other parts may, how wide a sheet is, how many cells it has, and how many
// sheets are looked at. A full file of a hundred thousand rows and fifteen columns stays within them.
const (
	maxUnzipped = 64 << 20
	maxXML      = 16 << 20
	maxBook     = 1 << 20
	maxColumns  = 200
	maxCells    = 1_600_000
	maxSheets   = 20
	maxFormat   = 255 // characters of a number format, as in Excel itself
)

var (
	errTooLong = refuse(trace.FieldInvalid, "file", "most_rows", "most", MaxRows)
	errTooWide = refuse(trace.FieldInvalid, "file", "most_columns", "most", maxColumns)
	errTooMany = refuse(trace.FieldInvalid, "file", "most_cells", "most", maxCells)
	errTooMuch = refuse(FileUnreadable, "file", "most_unpacked", "most", maxUnzipped>>20)
)

// Weigh says how much memory it may take to read a file, in bytes.
func Weigh(file []byte) int64 {
	const cells = 96 << 20 // of the largest sheet
	unpacked := int64(0)
	if archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file))); err == nil {
		unpacked = min(unzipped(archive), maxUnzipped)
	}
	return min(cells, 64*int64(len(file))+unpacked) + 2*unpacked + 4*int64(len(file))
}

func unzipped(archive *zip.Reader) (total int64) {
	for _, f := range archive.File {
		total += int64(min(f.UncompressedSize64, maxUnzipped+1)) // no part unpacks to more than it says
	}
	return total
}

// checkArchive refuses a workbook by what its parts say of themselves.
func checkArchive(archive *zip.Reader) error {
	if unzipped(archive) > maxUnzipped {
		return errTooMuch
	}
	for _, f := range archive.File {
		if size := f.UncompressedSize64; size > maxXML && !strings.HasPrefix(f.Name, "xl/worksheets/") ||
			size > maxBook && strings.HasPrefix(f.Name, "xl/workbook.xml") {
			return errTooMuch
		}
	}
	return nil
}

// checkFormats refuses number formats that no program writes, for each cell that
// has one is shown by it.
func checkFormats(book *excelize.File) error {
	if _, err := book.GetStyle(0); err != nil || book.Styles == nil || book.Styles.NumFmts == nil {
		return nil //nolint:nilerr // a book without styles shows its numbers as they are
	}
	for _, f := range book.Styles.NumFmts.NumFmt {
		if len(f.FormatCode) > 4*maxFormat {
			return errWorkbook
		}
	}
	return nil
}

// tally counts cells up to the bound.
type tally int

func (t *tally) add(cells int) error {
	if *t += tally(cells); *t > maxCells {
		return errTooMany
	}
	return nil
}
