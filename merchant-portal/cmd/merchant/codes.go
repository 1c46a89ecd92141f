package main

import (
	"context"
	"fmt"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

type sellCommand struct {
	Codes     []string `arg:"" help:"What the labels say: addresses, serials or their last six characters. 标签上的编码，或序列号后 6 位。"`
	Reference string   `       help:"Your own number for it. 单据号。"`
}

// Run books units as sold.
func (c sellCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("seller")
	if err != nil {
		return err
	}
	r, err := gateway.SellWithResponse(
		ctx,
		&client.SellParams{IdempotencyKey: client.NewKey()},
		client.NewSale{Codes: c.Codes, Reference: c.Reference},
	)
	if err != nil {
		return err
	}
	w, err := client.Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return err
	}
	d.tell(trace.Text{ZhCN: "已登记销售，区块 %d。", En: "Booked as sold, block %d."}, w.Block)
	return nil
}

type returnCommand struct {
	Codes   []string `arg:"" help:"What the labels say. 标签上的编码。"`
	Damaged bool     `       help:"They came back damaged. 退回时已破损。"`
}

// Run takes back units that the caller sold.
func (c returnCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("seller")
	if err != nil {
		return err
	}
	body := client.NewReturn{Codes: c.Codes, Condition: "good"}
	if c.Damaged {
		body.Condition = "damaged"
	}
	r, err := gateway.TakeBackWithResponse(ctx, &client.TakeBackParams{IdempotencyKey: client.NewKey()}, body)
	if err != nil {
		return err
	}
	w, err := client.Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return err
	}
	d.tell(trace.Text{ZhCN: "已登记退货，区块 %d。", En: "Booked as returned, block %d."}, w.Block)
	return nil
}

type stockCommand struct{}

// Run lists what the caller holds of each batch.
func (stockCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("producer")
	if err != nil {
		return err
	}
	me, err := whoami(ctx, gateway)
	if err != nil {
		return err
	}
	batches, err := allBatches(ctx, gateway)
	if err != nil {
		return err
	}
	for _, b := range batches {
		lines, err := heldBy(ctx, gateway, me.Party, b)
		if err != nil {
			return err
		}
		if n := units(lines); n > 0 {
			fmt.Fprintf(d.out, "%s\t%d\n", b, n)
		}
	}
	return nil
}

type inboxCommand struct{}

// Run lists the newest notices.
func (inboxCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("producer")
	if err != nil {
		return err
	}
	r, err := gateway.ListInboxWithResponse(ctx, &client.ListInboxParams{Limit: 50})
	if err != nil {
		return err
	}
	page, err := client.Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return err
	}
	for _, n := range page.Items {
		fmt.Fprintf(
			d.out,
			"%s\t%s\n",
			n.At.Format("2006-01-02 15:04"),
			d.say(trace.Text{ZhCN: n.Title.ZhCN, En: n.Title.En}),
		)
	}
	return nil
}

type recallCommand struct {
	GTIN          string   `arg:"" help:"The product. 商品条码。"`
	Lots          []string `arg:"" help:"Whole lots. 批号。"                                       optional:""`
	Codes         []string `       help:"Single units by their labels, in place of lots. 单件编码。"`
	Class         string   `       help:"I, II or III. 级别。"                                                 enum:"I,II,III" default:"II"`
	Reason        string   `       help:"Why, in Chinese. 召回原因（中文）。"                                                                     required:""`
	ReasonEnglish string   `       help:"Why, in English. 召回原因（英文）。"                                                                     required:"" name:"reason-en"`
}

// Run calls units back.
func (c recallCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("producer")
	if err != nil {
		return err
	}
	body := client.NewRecall{
		Gtin:   c.GTIN,
		Lots:   c.Lots,
		Codes:  c.Codes,
		Class:  client.NewRecallClass(c.Class),
		Reason: client.Text{ZhCN: c.Reason, En: c.ReasonEnglish},
	}
	r, err := gateway.RecallWithResponse(ctx, &client.RecallParams{IdempotencyKey: client.NewKey()}, body)
	if err != nil {
		return err
	}
	w, err := client.Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return err
	}
	d.tell(trace.Text{ZhCN: "召回 %s 已发布，区块 %d。", En: "Recall %s is published, block %d."}, w.ID, w.Block)
	return nil
}
