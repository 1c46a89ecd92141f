package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

type whoamiCommand struct{}

// Run says whose key it is.
func (whoamiCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("producer")
	if err != nil {
		return err
	}
	me, err := whoami(ctx, gateway)
	if err != nil {
		return err
	}
	d.tell(trace.Text{ZhCN: "账户 %s，主体 %s，角色 %s。", En: "Account %s of party %s, as %s."}, me.Account, me.Party, me.Role)
	return nil
}

func whoami(ctx context.Context, gateway client.Gateway) (client.Me, error) {
	r, err := gateway.GetMeWithResponse(ctx)
	if err != nil {
		return client.Me{}, err
	}
	return client.Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
}

type shipCommand struct {
	To      string   `required:"" help:"The receiving party. 收货方。"`
	All     bool     `            help:"Everything that you hold. 手中全部货物。"`
	Count   int64    `            help:"At most so many units of each batch. 每批最多发几件。"`
	Codes   []string `            help:"Single units and containers by their labels, in place of batches; once for each. 按标签发单件或箱，每枚写一次。" sep:"none"`
	Batches []string `            help:"GTIN/LOT of batches to send, all that you hold of each. 批次，写作 条码/批号。"                                        arg:"" optional:""`
}

// Run ships what the caller holds of each batch, one shipment a batch, or what
// the codes name as one shipment.
func (c shipCommand) Run(ctx context.Context, d *desk) error {
	ways := 0
	for _, chosen := range []bool{c.All, len(c.Batches) > 0, len(c.Codes) > 0} {
		if chosen {
			ways++
		}
	}
	if ways != 1 || c.Count < 0 {
		return errors.New(
			d.say(
				trace.Text{
					ZhCN: "请列出批次，或使用 --all，或用 --codes 写明标签",
					En:   "name batches, or use --all, or name labels with --codes",
				},
			),
		)
	}
	gateway, err := d.dial("producer")
	if err != nil {
		return err
	}
	if len(c.Codes) > 0 {
		shipped, err := ship(ctx, gateway, client.NewShipment{To: c.To, Codes: c.Codes})
		if err == nil {
			d.tell(trace.Text{ZhCN: "%d 枚标签已发出，发货单号 %s。", En: "%d labels sent, shipment %s."}, len(c.Codes), shipped.ID)
		}
		return err
	}
	me, err := whoami(ctx, gateway)
	if err != nil {
		return err
	}
	batches, err := c.named(ctx, gateway)
	if err != nil {
		return err
	}
	for _, b := range batches {
		lines, err := heldBy(ctx, gateway, me.Party, b)
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			continue
		}
		lines = atMost(lines, c.Count)
		shipped, err := ship(ctx, gateway, client.NewShipment{To: c.To, Lines: lines})
		if err != nil {
			return fmt.Errorf("%s: %w", b, err)
		}
		d.tell(
			trace.Text{ZhCN: "%s 已发出 %d 件，发货单号 %s。", En: "%s: %d units sent, shipment %s."},
			b,
			units(lines),
			shipped.ID,
		)
	}
	return nil
}

// batchName is a batch as a person writes it: GTIN/LOT.
type batchName struct{ gtin, lot string }

func (b batchName) String() string { return b.gtin + "/" + b.lot }

func (c shipCommand) named(ctx context.Context, gateway client.Gateway) ([]batchName, error) {
	if c.All {
		return allBatches(ctx, gateway)
	}
	var names []batchName
	for _, s := range c.Batches {
		gtin, lot, ok := strings.Cut(s, "/")
		if !ok {
			return nil, fmt.Errorf("%q: GTIN/LOT", s)
		}
		names = append(names, batchName{gtin, lot})
	}
	return names, nil
}

func allBatches(ctx context.Context, gateway client.Gateway) ([]batchName, error) {
	var names []batchName
	for after := ""; ; {
		r, err := gateway.ListBatchesWithResponse(ctx, &client.ListBatchesParams{After: after, Limit: 200})
		if err != nil {
			return nil, err
		}
		page, err := client.Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
		if err != nil {
			return nil, err
		}
		for _, b := range page.Items {
			names = append(names, batchName{b.Gtin, b.Lot})
		}
		if after = page.Next; after == "" {
			return names, nil
		}
	}
}

// heldBy gives the units of a batch that a party has in hand.
func heldBy(ctx context.Context, gateway client.Gateway, party string, b batchName) ([]client.Line, error) {
	r, err := gateway.TraceBatchWithResponse(ctx, b.gtin, b.lot)
	if err != nil {
		return nil, err
	}
	story, err := client.Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", b, err)
	}
	var lines []client.Line
	for _, h := range story.Holdings {
		if h.Party == party && h.State == client.Held {
			lines = append(lines, client.Line{Gtin: story.Gtin, Lot: story.Lot, From: h.From, Count: h.Count})
		}
	}
	return lines, nil
}

// atMost gives the first so many units of lines, all where most is 0.
func atMost(lines []client.Line, most int64) (first []client.Line) {
	if most == 0 {
		return lines
	}
	for _, l := range lines {
		if l.Count = min(l.Count, most); l.Count > 0 {
			first = append(first, l)
			most -= l.Count
		}
	}
	return first
}

func ship(ctx context.Context, gateway client.Gateway, body client.NewShipment) (client.RecordWritten, error) {
	r, err := gateway.ShipWithResponse(ctx, &client.ShipParams{IdempotencyKey: client.NewKey()}, body)
	if err != nil {
		return client.RecordWritten{}, err
	}
	return client.Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
}

func units(lines []client.Line) (n int64) {
	for _, l := range lines {
		n += l.Count
	}
	return n
}

type receiveCommand struct {
	Codes     []string `sep:"none" help:"What arrived of one shipment, by its labels, once for each; the rest stays open. 只签收到货的这些标签，其余保持待收。"`
	Damaged   []string `sep:"none" help:"What arrived damaged, by its labels. 到货时已破损的标签。"`
	Close     bool     `           help:"Nothing more will come: the rest is missing. 不会再到货，其余记为短少。"`
	Shipments []string `           help:"Shipment numbers; all that are on their way to you where none is named. 发货单号；不写则签收全部。"               arg:"" optional:""`
}

// Run signs for shipments: everything as listed and good, or for one of them
// what the codes name.
func (c receiveCommand) Run(ctx context.Context, d *desk) error {
	part := len(c.Codes)+len(c.Damaged) > 0
	if (part || c.Close) && len(c.Shipments) != 1 || c.Close && !part {
		return errors.New(
			d.say(
				trace.Text{
					ZhCN: "分批签收请写一个发货单号和到货的标签",
					En:   "to receive a part, name one shipment and the labels that arrived",
				},
			),
		)
	}
	gateway, err := d.dial("seller")
	if err != nil {
		return err
	}
	ids := c.Shipments
	if len(ids) == 0 {
		me, err := whoami(ctx, gateway)
		if err != nil {
			return err
		}
		if ids, err = openShipments(ctx, gateway, me.Party); err != nil {
			return err
		}
	}
	for _, id := range ids {
		got, err := receive(ctx, gateway, id, client.NewReceipt{Codes: c.Codes, Damaged: c.Damaged, Close: c.Close})
		if err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		d.tell(trace.Text{ZhCN: "%s 已签收，区块 %d。", En: "%s received, block %d."}, id, got.Block)
	}
	d.tell(trace.Text{ZhCN: "共签收 %d 笔。", En: "%d shipments received."}, len(ids))
	return nil
}

// openShipments lists what is on its way to a party.
func openShipments(ctx context.Context, gateway client.Gateway, to string) ([]string, error) {
	var ids []string
	for after := ""; ; {
		r, err := gateway.ListShipmentsWithResponse(
			ctx, &client.ListShipmentsParams{Open: true, After: after, Limit: 200},
		)
		if err != nil {
			return nil, err
		}
		page, err := client.Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
		if err != nil {
			return nil, err
		}
		for _, s := range page.Items {
			if s.To == to {
				ids = append(ids, s.ID)
			}
		}
		if after = page.Next; after == "" {
			return ids, nil
		}
	}
}

func receive(
	ctx context.Context, gateway client.Gateway, id string, body client.NewReceipt,
) (client.RecordWritten, error) {
	r, err := gateway.ReceiveWithResponse(ctx, id, &client.ReceiveParams{IdempotencyKey: client.NewKey()}, body)
	if err != nil {
		return client.RecordWritten{}, err
	}
	return client.Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
}
