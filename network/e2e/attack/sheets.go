package main

import (
	"archive/zip"
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"
)

// costlySheets sends files that are small, or plain, and costly to read: an XLSX of
// 249 kB took 37 s, a CSV of 19 MB of commas 1.6 GB.
var costlySheets = attack{"costly sheets", func(ctx context.Context, t *target) (all []figure, err error) {
	bomb, err := zipped("xl/worksheets/sheet1.xml", strings.Repeat("<row/>", 20<<20))
	if err != nil {
		return nil, err
	}
	for name, file := range map[string][]byte{"commas.csv": []byte(sheet + strings.Repeat(",", 19<<20) + "x"), "bomb.xlsx": bomb} {
		before, _, err := t.resident(ctx, t.GatewayMetrics)
		if err != nil {
			return all, err
		}
		contentType, body, err := form(name, file, "kind", "products")
		if err != nil {
			return all, err
		}
		begin := time.Now()
		if _, _, err := t.ask(
			ctx, http.MethodPost, t.Gateway+"/api/v1/imports/preview", contentType, body,
		); err != nil {
			return all, err
		}
		took := time.Since(begin).Seconds()
		after, _, err := t.resident(ctx, t.GatewayMetrics)
		if err != nil {
			return all, err
		}
		all = append(
			all, figure{name + " takes", took, 20, "s"}, figure{"and", (after - before) / (1 << 20), 500, "MB"},
		)
	}
	return all, nil
}}

func zipped(name, content string) ([]byte, error) {
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	w, err := archive.Create(name)
	if err == nil {
		_, err = w.Write([]byte(content))
	}
	if err == nil {
		err = archive.Close()
	}
	return b.Bytes(), err
}
