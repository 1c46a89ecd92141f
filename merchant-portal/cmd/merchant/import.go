package main

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"os"
	"path/filepath"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

type importCommand struct {
	Kind   client.ImportKind `arg:"" enum:"products,batches" help:"products or batches. 商品或批次。"`
	File   string            `arg:"" type:"existingfile" help:"CSV or XLSX."`
	DryRun bool              `help:"Check only, register nothing. 仅检查，不登记。"`
}

// Run imports a file and lists the rows that were refused.
func (c importCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("producer")
	if err != nil {
		return err
	}
	result, err := importFile(ctx, d, gateway, c.Kind, c.File, c.DryRun)
	if err != nil {
		return err
	}
	return d.reportImport(result)
}

// importFile uploads a spreadsheet and waits until every row is decided.
func importFile(ctx context.Context, d *desk, gateway client.Gateway, kind client.ImportKind, file string, dryRun bool) (client.Import, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return client.Import{}, err
	}
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", filepath.Base(file))
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = w.WriteField("kind", string(kind))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return client.Import{}, err
	}
	params := &client.ImportFileParams{DryRun: dryRun, IdempotencyKey: client.NewKey()}
	r, err := gateway.ImportFileWithBodyWithResponse(ctx, params, w.FormDataContentType(), &form)
	if err != nil {
		return client.Import{}, err
	}
	came := r.JSON200
	if came == nil {
		came = r.JSON202
	}
	begun, err := client.Answer(came, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return client.Import{}, err
	}
	return follow(ctx, d, gateway, begun)
}

// follow shows how far an import is until it is over.
func follow(ctx context.Context, d *desk, gateway client.Gateway, v client.Import) (client.Import, error) {
	bar := d.progress(int(v.Total), trace.Text{ZhCN: "导入", En: "importing"})
	defer bar.Close()
	for {
		_ = bar.Set64(v.Done)
		switch v.Status {
		case client.Done:
			return v, nil
		case client.Failed:
			return v, fmt.Errorf("%s", v.Error)
		}
		select {
		case <-ctx.Done():
			return v, ctx.Err()
		case <-time.After(500 * time.Millisecond):
		}
		r, err := gateway.GetImportWithResponse(ctx, v.ID)
		if err != nil {
			return v, err
		}
		if v, err = client.Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil); err != nil {
			return v, err
		}
	}
}

// reportImport lists the refused rows. It is an error where there are some, so
// that a script notices.
func (d *desk) reportImport(v client.Import) error {
	rows := [][]string{{d.say(trace.Text{ZhCN: "行", En: "row"}), d.say(trace.Text{ZhCN: "条码", En: "GTIN"}), d.say(trace.Text{ZhCN: "说明", En: "what"})}}
	refused := 0
	for _, row := range v.Rows {
		if !row.Ok {
			refused++
		}
		if row.Message != "" {
			rows = append(rows, []string{fmt.Sprint(row.Row), row.Gtin, row.Message})
		}
	}
	d.tell(trace.Text{ZhCN: "共 %d 行，成功 %d 行，未通过 %d 行。", En: "%d rows: %d good, %d refused."}, len(v.Rows), len(v.Rows)-refused, refused)
	if len(rows) > 1 {
		if err := d.table(rows); err != nil {
			return err
		}
	}
	if refused > 0 {
		return fmt.Errorf(d.say(trace.Text{ZhCN: "有 %d 行未通过，改好后重新导入即可，已成功的行不会重复登记", En: "%d rows were refused; mend them and import the file again, good rows are not registered twice"}), refused)
	}
	return nil
}
