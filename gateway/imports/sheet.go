package imports

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// sheet is a file as rows of cells. numeric says that a cell may hold a number
// as the program stored it, trimmed that empty cells at the end of a row are
// left out; both are true of worksheets.
type sheet struct {
	records          []rec
	numeric, trimmed bool
}

// rec is one row with its number in the file.
type rec struct {
	number int
	cells  []string
}

func (r rec) blank() bool { return strings.TrimSpace(strings.Join(r.cells, "")) == "" }

var errTooLong = trace.Errorf(trace.FieldInvalid, "file", "more than %d rows; split the file", MaxRows)

func readSheet(file []byte) (sheet, error) {
	switch {
	case bytes.HasPrefix(file, []byte("PK\x03\x04")):
		return readWorkbook(file)
	case bytes.HasPrefix(file, []byte("\xD0\xCF\x11\xE0")):
		return sheet{}, trace.Errorf(FileUnreadable, "file", "an old .xls file; save it as .xlsx or CSV")
	}
	text, err := decode(file)
	if err != nil {
		return sheet{}, err
	}
	records, err := readCSV(text)
	return sheet{records: records}, err
}

// decode gives UTF-8 text without a byte order mark. What is not valid UTF-8
// and has no mark is GB18030, which Chinese spreadsheet programs write.
func decode(file []byte) (string, error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(file, []byte("\xEF\xBB\xBF")):
		file = file[3:]
	case bytes.HasPrefix(file, []byte("\xFF\xFE")), bytes.HasPrefix(file, []byte("\xFE\xFF")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case !utf8.Valid(file):
		from = simplifiedchinese.GB18030
	}
	if from != nil {
		var err error
		if file, err = from.NewDecoder().Bytes(file); err != nil {
			return "", errEncoding
		}
	}
	if !utf8.Valid(file) || bytes.ContainsRune(file, utf8.RuneError) || bytes.IndexByte(file, 0) >= 0 {
		return "", errEncoding
	}
	return string(file), nil
}

var errEncoding = trace.Errorf(FileUnreadable, "file", "neither UTF-8 nor GB18030 text nor a worksheet; save it as .xlsx or as CSV UTF-8")

// readCSV reads records and numbers them as a spreadsheet would show them:
// blank lines count, line breaks within quotes do not.
func readCSV(text string) ([]rec, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(text), -1, true
	var records []rec
	number, endLine := 0, 0
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return records, nil
		}
		if err != nil {
			return nil, trace.Errorf(FileUnreadable, "file", "not a CSV file: %v", err)
		}
		line, _ := r.FieldPos(0)
		number += line - endLine
		endLine = line
		for _, c := range cells {
			endLine += strings.Count(c, "\n")
		}
		if records = append(records, rec{number, cells}); len(records) > MaxRows+1 {
			return nil, errTooLong
		}
	}
}

// separator is the one that the first line has most of, outside of quotes.
func separator(text string) rune {
	line, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	best, most, quoted := ',', 0, false
	count := map[rune]int{}
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		}
		if quoted || !strings.ContainsRune(",;\t", c) {
			continue
		}
		if count[c]++; count[c] > most {
			best, most = c, count[c]
		}
	}
	return best
}
