package imports

import (
	"archive/zip"
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// What people send in place of a spreadsheet, named for what it is.
var (
	webPage      = insteadOfTable("web_page")
	savedPage    = insteadOfTable("saved_page")
	pdf          = insteadOfTable("pdf")
	rtf          = insteadOfTable("rtf")
	picture      = insteadOfTable("picture")
	rar          = insteadOfTable("rar")
	sevenZip     = insteadOfTable("7z")
	gzipped      = insteadOfTable("gzip")
	oldExcel     = insteadOfTable("xls")
	binaryBook   = insteadOfTable("xlsb")
	numbersFile  = insteadOfTable("numbers")
	word         = insteadOfTable("word")
	powerPoint   = insteadOfTable("powerpoint")
	openDocument = insteadOfTable("ods")
	protected    = insteadOfTable("protected")
	excel2003    = insteadOfTable("excel2003")
	xmlFile      = insteadOfTable("xml")
)

// insteadOfTable refuses a file of a kind that the texts have a word for.
func insteadOfTable(kind string) *trace.Error {
	return refuse(FileUnreadable, "file", "instead_of_table", "kind", kind)
}

// signatures names files that are no spreadsheet of ours by how they begin.
var signatures = []struct {
	begins string
	what   *trace.Error
}{
	{"<!doctype html", webPage}, {"<html", webPage}, {"<table", webPage}, {"<head", webPage}, {"<meta", webPage},
	{"<div", webPage}, {"<style", webPage}, {"mime-version:", savedPage},
	{"%pdf", pdf}, {"{\\rtf", rtf}, {"\x89png", picture}, {"\xff\xd8\xff", picture},
	{"rar!", rar}, {"7z\xbc\xaf", sevenZip}, {"\x1f\x8b", gzipped}, {"\x09\x08", oldExcel}, {"\x09\x04", oldExcel},
}

// parts names archives that are no .xlsx by a file they hold.
var parts = []struct {
	name string
	what *trace.Error
}{
	{"xl/workbook.bin", binaryBook}, {"Index/Document.iwa", numbersFile}, {"Index.zip", numbersFile},
	{"word/document.xml", word}, {"ppt/presentation.xml", powerPoint}, {"content.xml", openDocument},
}

// foreign says what a file is, where it is known not to be a spreadsheet of ours.
func foreign(file []byte) *trace.Error {
	switch {
	case bytes.HasPrefix(file, []byte("\xD0\xCF\x11\xE0")) && bytes.Contains(file, utf16LE("EncryptedPackage")):
		return protected
	case bytes.HasPrefix(file, []byte("\xD0\xCF\x11\xE0")):
		return oldExcel
	case bytes.HasPrefix(file, []byte("PK\x03\x04")):
		return foreignArchive(file)
	}
	head := bytes.TrimLeft(bytes.TrimPrefix(file, []byte("\xEF\xBB\xBF")), " \t\r\n")
	start := strings.ToLower(string(head[:min(2048, len(head))]))
	for _, s := range signatures {
		if strings.HasPrefix(start, s.begins) {
			return s.what
		}
	}
	switch {
	case strings.HasPrefix(start, "<?xml") && strings.Contains(start, "schemas-microsoft-com:office:spreadsheet"):
		return excel2003
	case strings.HasPrefix(start, "<?xml") && strings.Contains(start, "<html"):
		return webPage
	case strings.HasPrefix(start, "<?xml"):
		return xmlFile
	}
	return nil
}

func foreignArchive(file []byte) *trace.Error {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil
	}
	for _, f := range z.File {
		for _, p := range parts {
			if f.Name == p.name {
				return p.what
			}
		}
	}
	return nil
}

func utf16LE(s string) []byte {
	b, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(s))
	return b
}

// rare gives the characters that GB 18030-2022 assigns to two-byte codes which
// earlier editions left to private use, and which the decoder does not know.
var rare = map[string]string{
	"\xA6\xD9": "\uFE10",
	"\xA6\xDA": "\uFE12",
	"\xA6\xDB": "\uFE11",
	"\xA6\xDC": "\uFE13",
	"\xA6\xDD": "\uFE14",
	"\xA6\xDE": "\uFE15",
	"\xA6\xDF": "\uFE16",
	"\xA6\xEC": "\uFE17",
	"\xA6\xED": "\uFE18",
	"\xA6\xF3": "\uFE19",
	"\xFE\x59": "\u9FB4",
	"\xFE\x61": "\u9FB5",
	"\xFE\x66": "\u9FB6",
	"\xFE\x67": "\u9FB7",
	"\xFE\x6D": "\u9FB8",
	"\xFE\x7E": "\u9FB9",
	"\xFE\x90": "\u9FBA",
	"\xFE\xA0": "\u9FBB",
	"\xFE\x51": "\U00020087",
	"\xFE\x52": "\U00020089",
	"\xFE\x53": "\U000200CC",
	"\xFE\x6C": "\U000215D7",
	"\xFE\x76": "\U0002298F",
	"\xFE\x91": "\U000241FE",
}

// fromGB18030 decodes text of any edition of GB 18030. The rare two-byte codes
// are written as the four bytes that every edition has for their characters.
func fromGB18030(file []byte) ([]byte, error) {
	encoder := simplifiedchinese.GB18030.NewEncoder()
	out := make([]byte, 0, len(file))
	for i := 0; i < len(file); {
		width := min(codeWidth(file[i:]), len(file)-i)
		code := file[i : i+width]
		if r, known := rare[string(code)]; known {
			code, _ = encoder.Bytes([]byte(r))
		}
		out, i = append(out, code...), i+width
	}
	return simplifiedchinese.GB18030.NewDecoder().Bytes(out)
}

func codeWidth(b []byte) int {
	switch {
	case b[0] < 0x81 || len(b) < 2:
		return 1
	case '0' <= b[1] && b[1] <= '9':
		return 4
	}
	return 2
}

// decode gives UTF-8 text without a byte order mark. What is not valid UTF-8
// and has no mark is GB18030, which Chinese spreadsheet programs write.
func decode(file []byte) (string, error) {
	var err error
	switch {
	case bytes.HasPrefix(file, []byte("\xEF\xBB\xBF")):
		file = file[3:]
	case bytes.HasPrefix(file, []byte("\xFF\xFE")), bytes.HasPrefix(file, []byte("\xFE\xFF")):
		file, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(file)
	case !utf8.Valid(file):
		file, err = fromGB18030(file)
	}
	if err != nil || !utf8.Valid(file) || bytes.ContainsRune(file, utf8.RuneError) || bytes.IndexByte(file, 0) >= 0 {
		return "", errEncoding
	}
	return string(file), nil
}

var errEncoding = refuse(FileUnreadable, "file", "encoding")
