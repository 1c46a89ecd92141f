package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

type importCommand struct {
	Kind   client.ImportKind `arg:"" enum:"products,batches,serials" help:"products, batches or serials of a factory. 商品、批次或工厂序列号。"`
	File   string            `arg:""                                 help:"CSV or XLSX."                                            type:"existingfile"`
	DryRun bool              `                                       help:"Check only, register nothing. 仅检查，不登记。"`
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

// importFile uploads a spreadsheet and shows how far it is until every row is decided.
func importFile(
	ctx context.Context, d *desk, gateway client.Gateway, kind client.ImportKind, file string, dryRun bool,
) (client.Import, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return client.Import{}, err
	}
	bar := d.progress(-1, trace.Text{ZhCN: "导入", En: "importing"})
	defer func() { _ = bar.Close() }()
	return gateway.Import(ctx, kind, filepath.Base(file), content, dryRun, func(v client.Import) {
		bar.ChangeMax64(v.Total)
		_ = bar.Set64(v.Done)
	})
}

// reportImport lists the refused rows. It is an error where there are some, so
// that a script notices.
func (d *desk) reportImport(v client.Import) error {
	rows := [][]string{
		{
			d.say(trace.Text{ZhCN: "行", En: "row"}),
			d.say(trace.Text{ZhCN: "条码", En: "GTIN"}),
			d.say(trace.Text{ZhCN: "说明", En: "what"}),
		},
	}
	refused := 0
	for _, row := range v.Rows {
		if !row.Ok {
			refused++
		}
		if row.Message != "" {
			rows = append(rows, []string{fmt.Sprint(row.Row), row.Gtin, row.Message})
		}
	}
	d.tell(
		trace.Text{ZhCN: "共 %d 行，成功 %d 行，未通过 %d 行。", En: "%d rows: %d good, %d refused."},
		len(v.Rows),
		len(v.Rows)-refused,
		refused,
	)
	if len(rows) > 1 {
		if err := d.table(rows); err != nil {
			return err
		}
	}
	if refused > 0 {
		return fmt.Errorf(
			d.say(
				trace.Text{
					ZhCN: "有 %d 行未通过，改好后重新导入即可，已成功的行不会重复登记",
					En:   "%d rows were refused; mend them and import the file again, good rows are not registered twice",
				},
			),
			refused,
		)
	}
	return nil
}
