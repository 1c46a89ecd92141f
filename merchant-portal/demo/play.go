package demo

import (
	"bytes"
	"context"
	_ "embed" // the spreadsheets
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

//go:embed goods.csv
var goods []byte

//go:embed batches.csv
var batches []byte

// lot is a batch of the demo, from a row of batches.csv.
type lot struct {
	gtin, lot string
	quantity  int64
}

// line names units of the batch.
func (l lot) line(from, count int64) []client.Line {
	return []client.Line{{Gtin: l.gtin, Lot: l.lot, From: from, Count: count}}
}

func (l lot) all() []client.Line { return l.line(0, l.quantity) }

// lots reads the batches of the demo. The first five are the ones that play
// moves; see scenes.
func lots() ([]lot, error) {
	rows, err := csv.NewReader(bytes.NewReader(batches)).ReadAll()
	if err != nil {
		return nil, err
	}
	var all []lot
	for _, row := range rows[1:] {
		quantity, err := strconv.ParseInt(row[2], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("batches.csv: %w", err)
		}
		all = append(all, lot{"0" + row[0], row[1], quantity})
	}
	return all, nil
}

// play brings the goods to where scenes says they are.
func (a actors) play(ctx context.Context, l Loader) error {
	for _, sheet := range []struct {
		kind    client.ImportKind
		name    string
		content []byte
	}{{client.Products, "goods.csv", goods}, {client.Batches, "batches.csv", batches}} {
		if err := a.load(ctx, sheet.kind, sheet.name, sheet.content); err != nil {
			return err
		}
	}
	all, err := lots()
	if err != nil {
		return err
	}
	return inOrder(
		func() error { return a.inspect(ctx, all) }, func() error { return a.perform(ctx, all) },
		func() error { return a.make(ctx, all) }, func() error { return a.complain(ctx, all) },
		func() error { return a.remember(ctx, l, all[0]) }, func() error { return a.lapse(ctx, l, all) },
		func() error { return a.present(ctx, l, all) },
	)
}

func (a actors) load(ctx context.Context, kind client.ImportKind, name string, content []byte) error {
	result, err := a.producer.Import(ctx, kind, name, content, false, func(client.Import) {})
	if err != nil {
		return fmt.Errorf("import %s: %w", name, err)
	}
	for _, row := range result.Rows {
		if !row.Ok {
			return fmt.Errorf("import %s: row %d: %s", name, row.Row, row.Message)
		}
	}
	return nil
}

// perform moves the first five batches: one sold through a distributor, one on
// its way, one still with its producer, one recalled, one with a stolen unit.
func (a actors) perform(ctx context.Context, all []lot) error {
	sold, onItsWay, recalled, robbed := all[0], all[1], all[3], all[4]
	return inOrder(
		func() error { return a.ship(ctx, a.producer, "DEMO-SHIP-1", distributorID, sold.all()) },
		func() error { return a.receive(ctx, a.distributor, "DEMO-SHIP-1") },
		func() error {
			return a.ship(ctx, a.distributor, "DEMO-SHIP-2", sellerID, sold.line(0, sold.quantity/2))
		},
		func() error { return a.receive(ctx, a.seller, "DEMO-SHIP-2") },
		func() error { return a.sell(ctx, "demo-sale-1", sold.line(0, 10)) },
		func() error { return a.ship(ctx, a.producer, "DEMO-SHIP-3", sellerID, onItsWay.all()) },
		func() error {
			return a.ship(
				ctx, a.producer, "DEMO-SHIP-4", sellerID, recalled.line(0, recalled.quantity-recalledElsewhere),
			)
		},
		func() error { return a.receive(ctx, a.seller, "DEMO-SHIP-4") },
		func() error {
			l := recalled.line(recalled.quantity-recalledElsewhere, recalledElsewhere)
			return a.ship(ctx, a.producer, "DEMO-SHIP-0", distributorID, l)
		},
		func() error { return a.receive(ctx, a.distributor, "DEMO-SHIP-0") },
		func() error { return a.recall(ctx, "DEMO-RECALL-1", recalled) },
		func() error { return a.acknowledge(ctx, a.distributor, "DEMO-RECALL-1") },
		func() error { return a.withhold(ctx, all[heldLot]) },
		func() error { return a.ship(ctx, a.producer, "DEMO-SHIP-5", sellerID, robbed.all()) },
		func() error { return a.receive(ctx, a.seller, "DEMO-SHIP-5") },
		func() error { return a.steal(ctx, "demo-theft-1", robbed.line(0, 3)) },
	)
}

// recalledElsewhere is how many of the recalled units are with the distributor.
const recalledElsewhere = 100

func inOrder(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (a actors) ship(ctx context.Context, from client.Gateway, id, to string, lines []client.Line) error {
	r, err := from.ShipWithResponse(
		ctx, &client.ShipParams{IdempotencyKey: id}, client.NewShipment{ID: id, To: to, Lines: lines},
	)
	return step("ship "+id, r, err, "SHIPMENT_EXISTS")
}

func (a actors) receive(ctx context.Context, by client.Gateway, id string) error {
	r, err := by.ReceiveWithResponse(
		ctx, id, &client.ReceiveParams{IdempotencyKey: "receive-" + id}, client.NewReceipt{},
	)
	return step("receive "+id, r, err, "SHIPMENT_ALREADY_RECEIVED")
}

func (a actors) sell(ctx context.Context, key string, lines []client.Line) error {
	r, err := a.seller.SellWithResponse(ctx, &client.SellParams{IdempotencyKey: key}, client.NewSale{Lines: lines})
	return step("sell", r, err, "")
}

func (a actors) steal(ctx context.Context, key string, lines []client.Line) error {
	r, err := a.seller.DecommissionWithResponse(ctx, &client.DecommissionParams{IdempotencyKey: key},
		client.NewDecommission{Lines: lines, Reason: "stolen", Note: "demo"})
	return step("decommission", r, err, "")
}

func (a actors) recall(ctx context.Context, id string, l lot) error {
	r, err := a.producer.RecallWithResponse(ctx, &client.RecallParams{IdempotencyKey: id}, client.NewRecall{
		ID:     id,
		Gtin:   l.gtin,
		Lots:   []string{l.lot},
		Class:  "II",
		Reason: client.Text{ZhCN: "防腐剂超标", En: "A preservative exceeds the limit"},
		Instruction: client.Text{
			ZhCN: "请停止使用，凭此页向卖家退货",
			En:   "Stop using it and return it to the seller with this page",
		},
	})
	return step("recall", r, err, "RECALL_EXISTS")
}

func step(what string, r reply, err error, before string) error {
	if err := done(r, err, before); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func codeOf(problem []byte) string {
	var p struct{ Code string }
	if json.Unmarshal(problem, &p) != nil {
		return ""
	}
	return p.Code
}
