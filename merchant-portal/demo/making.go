package demo

import (
	"context"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

// The gift boxes, which are made from other goods of the demo: those of the
// first lot go out on a pallet, in those of the second is a candle that is
// recalled after they were sold on.
var (
	giftBoxes    = lot{"06998801900176", "202611K01", 40}
	candleBoxes  = lot{"06998801900176", "202611K02", 10}
	pallet       = "369988010000000013"
	cases        = []string{"369988010000000020", "369988010000000037"}
	boxesInACase = giftBoxes.quantity / int64(len(cases))
)

// make makes and packs the gift boxes and sends them to the seller.
func (a actors) make(ctx context.Context, all []lot) error {
	coffee, candles, flasks := all[6], all[8], all[11]
	return inOrder(
		func() error { return a.transform(ctx, giftBoxes, coffee, flasks, 0) },
		func() error {
			return a.pack(ctx, client.NewContainer{Sscc: cases[0], Lines: giftBoxes.line(0, boxesInACase)})
		},
		func() error {
			return a.pack(ctx, client.NewContainer{Sscc: cases[1], Lines: giftBoxes.line(boxesInACase, boxesInACase)})
		},
		func() error { return a.pack(ctx, client.NewContainer{Sscc: pallet, Containers: cases}) },
		func() error { return a.shipContainer(ctx, "DEMO-MAKE-SHIP-1", pallet) },
		func() error { return a.receive(ctx, a.seller, "DEMO-MAKE-SHIP-1") },
		func() error { return a.unpack(ctx, pallet) },
		func() error { return a.transform(ctx, candleBoxes, coffee, candles, giftBoxes.quantity) },
		func() error { return a.ship(ctx, a.producer, "DEMO-MAKE-SHIP-2", sellerID, candleBoxes.all()) },
		func() error { return a.receive(ctx, a.seller, "DEMO-MAKE-SHIP-2") },
		func() error { return a.recallCandles(ctx, candles) },
	)
}

// transform puts one unit of each of two lots into each gift box, from a unit on.
func (a actors) transform(ctx context.Context, boxes, one, other lot, from int64) error {
	r, err := a.producer.TransformWithResponse(
		ctx,
		&client.TransformParams{IdempotencyKey: "demo-make-" + boxes.lot},
		client.NewTransformation{
			Measure: client.H87,
			Content: 2,
			Inputs: []client.Input{
				{Gtin: one.gtin, Lot: one.lot, From: from, Count: boxes.quantity, Content: 1},
				{Gtin: other.gtin, Lot: other.lot, From: 0, Count: boxes.quantity, Content: 1},
			},
			Output: client.NewBatch{
				Gtin:       boxes.gtin,
				Lot:        boxes.lot,
				Quantity:   boxes.quantity,
				ProducedOn: "2026-11-10",
				ExpiresOn:  "2027-10-20",
				Origin:     "浙江杭州",
			}, // no later than the coffee in it
		},
	)
	return step("make "+boxes.lot, r, err, "BATCH_EXISTS")
}

func (a actors) pack(ctx context.Context, c client.NewContainer) error {
	r, err := a.producer.PackWithResponse(ctx, &client.PackParams{IdempotencyKey: "demo-pack-" + c.Sscc}, c)
	return step("pack "+c.Sscc, r, err, "CONTAINER_EXISTS")
}

func (a actors) unpack(ctx context.Context, sscc string) error {
	r, err := a.seller.UnpackWithResponse(ctx, sscc, &client.UnpackParams{IdempotencyKey: "demo-unpack-" + sscc})
	return step("unpack "+sscc, r, err, "CONTAINER_OPENED")
}

func (a actors) shipContainer(ctx context.Context, id, sscc string) error {
	r, err := a.producer.ShipWithResponse(ctx, &client.ShipParams{IdempotencyKey: id},
		client.NewShipment{ID: id, To: sellerID, Containers: []string{sscc}})
	return step("ship "+id, r, err, "SHIPMENT_EXISTS")
}

func (a actors) recallCandles(ctx context.Context, candles lot) error {
	const id = "DEMO-MAKE-RECALL"
	r, err := a.producer.RecallWithResponse(ctx, &client.RecallParams{IdempotencyKey: id}, client.NewRecall{
		ID:     id,
		Gtin:   candles.gtin,
		Lines:  candles.line(0, candleBoxes.quantity),
		Class:  "III",
		Reason: client.Text{ZhCN: "香精标注与实际不符", En: "The fragrance is not the one on the label"},
		Instruction: client.Text{
			ZhCN: "请停止使用，凭此页向卖家换货",
			En:   "Stop using it and exchange it with the seller with this page",
		},
	})
	return step("recall "+id, r, err, "RECALL_EXISTS")
}
