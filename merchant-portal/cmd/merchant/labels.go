package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

type labelsCommand struct {
	GTIN     string `arg:"" help:"The product's barcode. 商品条码。"`
	Lot      string `arg:"" help:"The lot. 批号。"`
	Out      string `       help:"File to write. 输出文件。"                               required:"" short:"o" type:"path"`
	Format   string `       help:"pdf, zpl, png, svg, csv or xlsx. 格式。"                                                 default:"pdf" enum:"pdf,zpl,png,svg,csv,xlsx"`
	Template string `       help:"Label layout. 标签版式。"`
	Symbol   string `       help:"qr or GS1 datamatrix. 码制。"                                                            default:"qr"  enum:"qr,datamatrix"`
	From     int64  `       help:"First unit, counted from 0. 起始序号，从 0 起。"`
	Count    int64  `       help:"How many; the rest of the batch where missing. 数量。"`
	PIN      bool   `       help:"With the PIN under a scratch field. 带防伪码（刮开涂层可见）。"`
}

// Run prints labels into a file, waiting for a job where there are many.
func (c labelsCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("producer")
	if err != nil {
		return err
	}
	order := client.LabelOrder{
		Format:   client.LabelOrderFormat(c.Format),
		Template: c.Template,
		Symbol:   client.LabelSymbol(c.Symbol),
		From:     c.From,
		Count:    c.Count,
		Pin:      c.PIN,
	}
	r, err := gateway.PrintLabelsWithResponse(
		ctx, c.GTIN, c.Lot, &client.PrintLabelsParams{IdempotencyKey: client.NewKey()}, order,
	)
	if err != nil {
		return err
	}
	content := r.Body
	if r.StatusCode() != 200 {
		job, err := client.Answer(r.JSON202, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
		if err != nil {
			return err
		}
		if content, err = jobFile(ctx, d, gateway, job); err != nil {
			return err
		}
	}
	if err := os.WriteFile(c.Out, content, 0o600); err != nil {
		return err
	}
	d.tell(trace.Text{ZhCN: "标签已写入 %s。", En: "Labels written to %s."}, c.Out)
	return nil
}

// jobFile waits for a job and fetches what it made.
func jobFile(ctx context.Context, d *desk, gateway client.Gateway, job client.Job) ([]byte, error) {
	bar := d.progress(int(job.Total), trace.Text{ZhCN: "制作标签", En: "making labels"})
	defer func() { _ = bar.Close() }()
	for job.Status != client.JobStatusDone {
		if job.Status == client.JobStatusFailed {
			return nil, fmt.Errorf("%s", job.Error)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(500 * time.Millisecond):
		}
		r, err := gateway.GetJobWithResponse(ctx, job.ID)
		if err != nil {
			return nil, err
		}
		if job, err = client.Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil); err != nil {
			return nil, err
		}
		_ = bar.Set64(job.Done)
	}
	r, err := gateway.GetJobFileWithResponse(ctx, job.ID)
	if err != nil {
		return nil, err
	}
	if r.StatusCode() != 200 {
		return client.Answer[[]byte](nil, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	}
	return r.Body, nil
}
