package imports

import (
	"archive/zip"
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// book makes a workbook of its parts; sheets are the XML of their data.
func book(t testing.TB, styles string, extra string, sheets ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	add := func(name, content string) {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	const main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	var list, relations, types strings.Builder
	for i := range sheets {
		fmt.Fprintf(&list, `<sheet name="S%d" sheetId="%d" r:id="r%d"/>`, i+1, i+1, i+1)
		fmt.Fprintf(
			&relations,
			`<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`,
			i+1,
			office,
			i+1,
		)
		fmt.Fprintf(
			&types,
			`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
			i+1,
		)
	}
	add(
		"[Content_Types].xml",
		`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`+types.String()+`</Types>`,
	)
	add(
		"_rels/.rels",
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+office+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	)
	add(
		"xl/workbook.xml",
		`<workbook xmlns="`+main+`" xmlns:r="`+office+`"><sheets>`+list.String()+`</sheets></workbook>`,
	)
	add(
		"xl/_rels/workbook.xml.rels",
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+relations.String()+`<Relationship Id="rs" Type="`+office+`/styles" Target="styles.xml"/></Relationships>`,
	)
	add("xl/styles.xml", `<styleSheet xmlns="`+main+`">`+styles+`</styleSheet>`)
	for i, data := range sheets {
		add(
			fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1),
			`<worksheet xmlns="`+main+`"><sheetData>`+data+`</sheetData>`+extra+`</worksheet>`,
		)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// grid is rows of cells that hold a number in a style.
func grid(rows, columns int, style string) string {
	return strings.Repeat("<row>"+strings.Repeat(`<c s="`+style+`"><v>1</v></c>`, columns)+"</row>", rows)
}

// different is rows of days, no two the same.
func different(rows, columns int) string {
	var b strings.Builder
	for row := range rows {
		b.WriteString("<row>")
		for column := range columns {
			fmt.Fprintf(&b, `<c s="1"><v>%d</v></c>`, 1+row*columns+column)
		}
		b.WriteString("</row>")
	}
	return b.String()
}

func merges(n int) string {
	return "<mergeCells>" + strings.Repeat(`<mergeCell ref="A1:GR200000"/>`, n) + "</mergeCells>"
}

// Small files that are large to read are refused, with what to do, for little
// memory. What they cost in time is told, and not held to: it is the machine's.
func TestCostlyFiles(t *testing.T) {
	dates := `<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>`
	longFormat := `<numFmts count="1"><numFmt numFmtId="200" formatCode="` + strings.Repeat(
		"0;", 4<<20,
	) + `"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="200" applyNumberFormat="1"/></cellXfs>`
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"19 MB of commas":              {[]byte("GTIN,名称,品牌\n" + strings.Repeat(",", 19<<20) + "x"), "columns"},
		"wide rows":                    {[]byte("GTIN,名称,品牌\n" + strings.Repeat(strings.Repeat("1,", 190)+"\n", 20_000)), "cells"},
		"a sheet of a million rows":    {book(t, "", "", strings.Repeat("<row/>", 3<<20)+grid(1, 3, "0")), "rows"},
		"a sheet that unpacks to all":  {book(t, "", "", strings.Repeat("<row/>", 12<<20)), "MB"},
		"a sheet of many cells":        {book(t, "", "", grid(12_000, 190, "0")), "cells"},
		"a wide sheet":                 {book(t, "", "", grid(1, 500_000, "0")), "columns"},
		"a format of 8 MB":             {book(t, longFormat, "", grid(20_000, 5, "1")), "readable"},
		"many different dates":         {book(t, dates, "", different(30_000, 8)), "different numbers"},
		"merged areas over each other": {book(t, "", merges(20_000), grid(5_000, 5, "0")), "cells"},
		"many sheets":                  {book(t, "", "", slicesOf(2_000, grid(200, 10, "0"))...), ""},
	} {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begin := time.Now()
		_, err := Read(Products, c.file)
		took := time.Since(begin)
		runtime.ReadMemStats(&after)
		allocated := (after.TotalAlloc - before.TotalAlloc) >> 20
		t.Logf(
			"%s: %d kB, %s, %d MB allocated: %v", name, len(c.file)>>10, took.Round(time.Millisecond),
			allocated, err,
		)
		if err == nil || trace.CodeOf(err) == "" || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want a word about %s", name, err, c.says)
		}
		if allocated > 1500 {
			t.Errorf("%s: %d MB allocated in all", name, allocated)
		}
	}
}

func slicesOf(n int, s string) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = s
	}
	return all
}

// A full file is read: as many rows as may be, of fifteen columns.
func TestAFullFileIsRead(t *testing.T) {
	var b strings.Builder
	b.WriteString("GTIN,批号,数量,生产日期,产地" + strings.Repeat(",备注", 10) + "\n")
	for i := range MaxRows {
		fmt.Fprintf(&b, "6998801000012,L%d,10,2026-01-02,浙江%s\n", i, strings.Repeat(",x", 10))
	}
	f, err := Read(Batches, []byte(b.String()))
	if err != nil || len(f.Rows) != MaxRows {
		t.Errorf("%d rows, %v", len(f.Rows), err)
	}
	if w := Weigh([]byte(b.String())); w > 320<<20 {
		t.Errorf("weighs %d MB", w>>20)
	}
}
