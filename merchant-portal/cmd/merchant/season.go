package main

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

type seasonCommand struct {
	Goods     string `required:"" type:"existingfile" help:"Spreadsheet of goods. 商品表。"`
	Batches   string `required:"" type:"existingfile" help:"Spreadsheet of batches. 批次表。"`
	To        string `required:""                     help:"The party that every batch is shipped to, or the name of its key. 收货方，或其密钥的名称。"`
	Inspector string `                                help:"Whose key inspects goods that need it before they leave: the name after TOUCHSTONE_KEY_. 用谁的密钥检验须检商品。" default:"inspector"`
	Receiver  string `                                help:"Whose key signs for the goods: the name after TOUCHSTONE_KEY_. 用谁的密钥签收。"                               default:"seller"`
}

// atOnce is how many batches are on their way at a time.
const atOnce = 8

// trip is what became of one batch.
type trip struct {
	batch    batchName
	units    int64
	shipment string
	block    int64
}

// Run imports goods and batches as the producer, has those that need it
// inspected, ships each batch that is released, and signs for it as the receiver. It can be run again after an
// interruption: what is done is not done twice.
func (c seasonCommand) Run(ctx context.Context, d *desk) error {
	producer, err := d.dial("producer")
	if err != nil {
		return err
	}
	receiver, err := (&desk{connection: connection{Gateway: d.Gateway, As: c.Receiver, Lang: d.Lang}}).dial(c.Receiver)
	if err != nil {
		return err
	}
	if c.To == c.Receiver {
		me, err := whoami(ctx, receiver)
		if err != nil {
			return err
		}
		c.To = me.Party
	}
	d.tell(trace.Text{ZhCN: "导入商品：%s", En: "Goods: %s"}, c.Goods)
	if err := c.imported(ctx, d, producer, client.Products, c.Goods, nil); err != nil {
		return err
	}
	d.tell(trace.Text{ZhCN: "导入批次：%s", En: "Batches: %s"}, c.Batches)
	var batches []batchName
	if err := c.imported(ctx, d, producer, client.Batches, c.Batches, &batches); err != nil {
		return err
	}
	released, err := c.inspect(ctx, d, batches)
	if err != nil {
		return err
	}
	trips, err := c.travel(ctx, d, producer, receiver, released)
	if err != nil {
		return err
	}
	return c.summarise(d, trips, len(batches)-len(released))
}

// imported imports a file and adds the good rows' batches to names.
func (c seasonCommand) imported(
	ctx context.Context, d *desk, gateway client.Gateway, kind client.ImportKind, file string, names *[]batchName,
) error {
	v, err := importFile(ctx, d, gateway, kind, file, false)
	if err != nil {
		return err
	}
	if names != nil {
		for _, row := range v.Rows {
			if row.Ok {
				*names = append(*names, batchName{row.Gtin, row.Lot})
			}
		}
	}
	return d.reportImport(v)
}

// inspect has the inspector look at every batch that must not leave before, and
// answers those that may. What may not, on hold or failed, is named and stays.
func (c seasonCommand) inspect(ctx context.Context, d *desk, batches []batchName) ([]batchName, error) {
	inspector, err := (&desk{connection: connection{Gateway: d.Gateway, As: c.Inspector, Lang: d.Lang}}).dial(
		c.Inspector,
	)
	if err != nil {
		return nil, err
	}
	bar := d.progress(len(batches), trace.Text{ZhCN: "检验", En: "inspecting"})
	var released, kept []batchName
	for _, b := range batches {
		ok, err := inspector.Inspect(ctx, b.gtin, b.lot, false)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", b, err), bar.Close())
		}
		if ok {
			released = append(released, b)
		} else {
			kept = append(kept, b)
		}
		if err := bar.Add(1); err != nil {
			return nil, err
		}
	}
	for _, b := range kept {
		d.tell(
			trace.Text{
				ZhCN: "%s：未获放行，留在您手中。原因见：%s/batches/%s",
				En:   "%s: not released, so it stays with you. See why: %s/batches/%s",
			},
			b,
			d.Gateway,
			b,
		)
	}
	return released, bar.Close()
}

// travel ships every batch and has it received, several at a time.
func (c seasonCommand) travel(
	ctx context.Context, d *desk, producer, receiver client.Gateway, batches []batchName,
) ([]trip, error) {
	me, err := whoami(ctx, producer)
	if err != nil {
		return nil, err
	}
	if err := receiveAll(ctx, receiver, c.To); err != nil { // what an earlier run left on its way
		return nil, err
	}
	trips := make([]trip, len(batches))
	bar := d.progress(len(batches), trace.Text{ZhCN: "发货与签收", En: "shipping and receiving"})
	defer func() { _ = bar.Close() }()
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(atOnce)
	for i, b := range batches {
		g.Go(func() error {
			var err error
			if trips[i], err = send(ctx, producer, receiver, me.Party, c.To, b); err != nil {
				return fmt.Errorf("%s: %w", b, err)
			}
			return bar.Add(1)
		})
	}
	return trips, g.Wait()
}

func receiveAll(ctx context.Context, receiver client.Gateway, to string) error {
	ids, err := openShipments(ctx, receiver, to)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := receive(ctx, receiver, id, client.NewReceipt{}); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
	}
	return nil
}

// send ships what the sender still holds of a batch and has it received.
func send(ctx context.Context, producer, receiver client.Gateway, from, to string, b batchName) (trip, error) {
	t := trip{batch: b}
	lines, err := heldBy(ctx, producer, from, b)
	if err != nil || len(lines) == 0 {
		return t, err
	}
	shipped, err := ship(ctx, producer, client.NewShipment{To: to, Lines: lines})
	if err != nil {
		return t, err
	}
	got, err := receive(ctx, receiver, shipped.ID, client.NewReceipt{})
	t.units, t.shipment, t.block = units(lines), shipped.ID, int64(got.Block)
	return t, err
}

func (c seasonCommand) summarise(d *desk, trips []trip, kept int) error {
	rows := [][]string{
		{
			d.say(trace.Text{ZhCN: "条码", En: "GTIN"}),
			d.say(trace.Text{ZhCN: "批号", En: "lot"}),
			d.say(trace.Text{ZhCN: "件数", En: "units"}),
			d.say(trace.Text{ZhCN: "发货单号", En: "shipment"}),
			d.say(trace.Text{ZhCN: "签收区块", En: "received in block"}),
		},
	}
	var total int64
	for _, t := range trips {
		total += t.units
		block := fmt.Sprint(t.block)
		if t.shipment == "" {
			t.shipment, block = d.say(trace.Text{ZhCN: "此前已发出", En: "sent before"}), ""
		}
		rows = append(rows, []string{t.batch.gtin, t.batch.lot, fmt.Sprint(t.units), t.shipment, block})
	}
	if err := d.table(rows); err != nil {
		return err
	}
	d.tell(
		trace.Text{ZhCN: "%d 个批次、%d 件商品已由 %s 签收。", En: "%d batches, %d units, received by %s."},
		len(trips),
		total,
		c.To,
	)
	if kept > 0 {
		d.tell(trace.Text{ZhCN: "%d 个批次未获放行，没有发出。", En: "%d batches are not released and were not sent."}, kept)
	}
	return nil
}
