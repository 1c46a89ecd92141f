// Package documents says what an uploaded file is, by its content alone: a PDF,
// a JPEG or a PNG that reads as one from beginning to end. It keeps nothing and
// knows nothing of parties, HTTP or SQL.
package documents

import (
	"archive/zip"
	"bytes"
	"image"
	_ "image/jpeg" // the decoders that Detect reads pictures with
	_ "image/png"
	"mime"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Refusals of this package. Their titles and statuses are in gateway/api.
const (
	DocumentType trace.Code = "DOCUMENT_TYPE"
	DocumentSize trace.Code = "DOCUMENT_SIZE"
)

// MaxSize is the largest document, in bytes.
const MaxSize = 10 << 20

// maxPixels bounds a picture, which costs memory by its area and not its size.
const maxPixels = 50_000_000

// The types that are taken.
const (
	PDF  = "application/pdf"
	JPEG = "image/jpeg"
	PNG  = "image/png"
)

// Detect gives the type of a document that is what it claims to be: its name
// and declared type, where they claim one, must agree with the content. Errors:
// DOCUMENT_SIZE, DOCUMENT_TYPE, both on the field "file".
func Detect(name, declared string, content []byte) (string, error) {
	if len(content) == 0 || len(content) > MaxSize {
		return "", refuse(DocumentSize, "file", "size", "bytes", len(content), "most", MaxSize>>20)
	}
	found := kindOf(content)
	if found == "" {
		return "", refuse(DocumentType, "file", "no_document")
	}
	for _, claim := range claims(name, declared) {
		if claim != found {
			return "", refuse(DocumentType, "file", "claims", "claim", trace.Quoted(40, claim), "found", found)
		}
	}
	return found, nil
}

func kindOf(content []byte) string {
	if isArchive(content) {
		return ""
	}
	switch {
	case bytes.HasPrefix(content, []byte("%PDF-")) && completePDF(content):
		return PDF
	case bytes.HasPrefix(content, []byte("\xff\xd8\xff")) && picture(content, "jpeg", "\xff\xd9"):
		return JPEG
	case bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n")) && picture(content, "png", "IEND\xaeB`\x82"):
		return PNG
	}
	return ""
}

// picture reports whether the whole of a picture can be read, with nothing of
// another format behind it.
func picture(content []byte, format, end string) bool {
	if !bytes.HasSuffix(content, []byte(end)) || readsAsPDF(content) {
		return false
	}
	head, kind, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || kind != format || head.Width < 1 || head.Height < 1 || head.Width > maxPixels/head.Height {
		return false
	}
	_, _, err = image.Decode(bytes.NewReader(content))
	return err == nil
}

// isArchive reports whether a program that opens archives would find one in the
// file: it looks for it from the end, whatever the file begins with.
func isArchive(content []byte) bool {
	_, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	return err == nil
}

// readsAsPDF reports whether a lenient reader of PDFs would find one in the file.
func readsAsPDF(content []byte) bool {
	return bytes.Contains(content, []byte("%PDF-")) && bytes.Contains(content, []byte("startxref"))
}

// The parts of a PDF (ISO 32000-1, 7.5) that lead to all others: the version in
// front, the offset of the cross-reference at the end, and what stands there.
var (
	pdfHead   = regexp.MustCompile(`^%PDF-[12]\.[0-9][\r\n ]`)
	pdfTail   = regexp.MustCompile(`startxref[\r\n ]+([0-9]{1,9})[\r\n ]+%%EOF[\r\n ]*$`)
	pdfXref   = regexp.MustCompile(`^(xref[\r\n ]|[0-9]+ [0-9]+ obj)`)
	pdfObject = regexp.MustCompile(`[0-9]+ [0-9]+ obj`)
)

const pdfTailLength = 1024

func completePDF(content []byte) bool {
	tail := pdfTail.FindSubmatch(content[max(0, len(content)-pdfTailLength):])
	if !pdfHead.Match(content[:min(len(content), 16)]) || tail == nil {
		return false
	}
	at, err := strconv.Atoi(string(tail[1]))
	if err != nil || at <= 0 || at >= len(content) {
		return false
	}
	return pdfXref.Match(content[at:min(len(content), at+32)]) && pdfObject.Match(content)
}

// claims are the types that a name's ending and a declared type stand for.
// "Any bytes" claims nothing.
func claims(name, declared string) (all []string) {
	if kind, known := endings[strings.ToLower(path.Ext(name))]; known {
		all = append(all, kind)
	} else if path.Ext(name) != "" {
		all = append(all, "a file named *"+path.Ext(name))
	}
	if kind, _, err := mime.ParseMediaType(declared); err == nil && kind != "application/octet-stream" {
		all = append(all, kind)
	}
	return all
}

var endings = map[string]string{".pdf": PDF, ".jpg": JPEG, ".jpeg": JPEG, ".png": PNG}
