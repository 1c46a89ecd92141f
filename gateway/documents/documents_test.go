package documents

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func samples(t testing.TB) map[string][]byte {
	var j, p, d bytes.Buffer
	if err := jpeg.Encode(&j, image.NewGray(image.Rect(0, 0, 9, 9)), nil); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&p, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	doc := fpdf.New("P", "mm", "A4", "")
	doc.AddPage()
	if err := doc.Output(&d); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{JPEG: j.Bytes(), PNG: p.Bytes(), PDF: d.Bytes()}
}

// withArchive puts a harmless archive behind a file whose comment ends as the file would.
func withArchive(file []byte, end string) []byte {
	var b bytes.Buffer
	b.Write(file)
	archive := zip.NewWriter(&b)
	archive.SetOffset(int64(len(file)))
	_, _ = archive.Create("harmless.txt")
	_ = archive.SetComment(end)
	_ = archive.Close()
	return b.Bytes()
}

func TestDetect(t *testing.T) {
	s := samples(t)
	cut := func(b []byte) []byte { return b[:len(b)/2] }
	for name, test := range map[string]struct {
		file, declared string
		content        []byte
		want           string
		code           trace.Code
	}{
		"a PDF":                        {"licence.PDF", "application/pdf", s[PDF], PDF, ""},
		"a picture":                    {"licence.jpg", "image/jpeg", s[JPEG], JPEG, ""},
		"another picture":              {"licence.png", "application/octet-stream", s[PNG], PNG, ""},
		"without a name":               {"", "", s[PNG], PNG, ""},
		"a picture named PDF":          {"licence.pdf", "", s[PNG], "", DocumentType},
		"a PDF declared as a picture":  {"licence", "image/png", s[PDF], "", DocumentType},
		"a script named PDF":           {"licence.pdf", "", []byte("#!/bin/sh\n"), "", DocumentType},
		"a page":                       {"a.html", "text/html", []byte("<script>"), "", DocumentType},
		"a page with a PDF's head":     {"a.pdf", "", []byte("%PDF-1.7\n<script>alert(1)</script>"), "", DocumentType},
		"half a PDF":                   {"a.pdf", "", cut(s[PDF]), "", DocumentType},
		"half a picture":               {"a.jpg", "", cut(s[JPEG]), "", DocumentType},
		"half of another picture":      {"a.png", "", cut(s[PNG]), "", DocumentType},
		"a picture with a tail":        {"a.png", "", append(bytes.Clone(s[PNG]), "PK\x03\x04"...), "", DocumentType},
		"a picture that is an archive": {"a.jpg", "", withArchive(s[JPEG], "\xff\xd9"), "", DocumentType},
		"a PDF that is an archive":     {"a.pdf", "", withArchive(s[PDF], "startxref\n0\n%%EOF"), "", DocumentType},
		"a picture that holds a PDF":   {"a.jpg", "", append(append(bytes.Clone(s[JPEG][:len(s[JPEG])-2]), s[PDF]...), 0xff, 0xd9), "", DocumentType},
		"a PDF that is named a script": {"a.exe", "", s[PDF], "", DocumentType},
		"nothing":                      {"a.pdf", "", nil, "", DocumentSize},
		"too much":                     {"a.pdf", "", make([]byte, MaxSize+1), "", DocumentSize},
	} {
		got, err := Detect(test.file, test.declared, test.content)
		if got != test.want || trace.CodeOf(err) != test.code {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, content := range samples(f) {
		f.Add("a.pdf", "", content)
	}
	f.Add("", "image/png", []byte("%PDF-1.7\nstartxref\n9999999999\n%%EOF"))
	f.Fuzz(func(t *testing.T, name, declared string, content []byte) {
		kind, err := Detect(name, declared, content)
		if (err == nil) != (kind != "") {
			t.Errorf("%q and %v", kind, err)
		}
	})
}
