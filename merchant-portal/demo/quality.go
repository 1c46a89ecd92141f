package demo

import (
	"context"
	"fmt"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

// measured is what the demo's laboratory measures in goods of a category; by
// eye it looks at everything's appearance.
var measured = []struct {
	id, category string
	english      string
	item         client.Text
	method, unit string
	most         float64
}{
	{"DEMO-STD-BEAUTY", "美妆", "Cosmetics", client.Text{ZhCN: "铅", En: "Lead"}, "化妆品安全技术规范", "mg/kg", 10},
	{
		"DEMO-STD-BABY",
		"母婴",
		"Mother and baby",
		client.Text{ZhCN: "可迁移铅", En: "Migrated lead"},
		"GB 6675.4",
		"mg/kg",
		90,
	},
	{"DEMO-STD-FOOD", "食品", "Food", client.Text{ZhCN: "铅", En: "Lead"}, "GB 5009.12", "mg/kg", 5},
	{"DEMO-STD-HOME", "家居", "Home", client.Text{ZhCN: "甲醛", En: "Formaldehyde"}, "GB/T 2912.1", "mg/kg", 75},
	{"DEMO-STD-WEAR", "服饰", "Clothing", client.Text{ZhCN: "甲醛", En: "Formaldehyde"}, "GB/T 2912.1", "mg/kg", 75},
}

// What shows each outcome of an inspection.
const (
	heldLot     = 5 // passed, then put on hold by the platform
	rejectedLot = 9
)

// inspect has the laboratory look at every lot whose goods need it.
func (a actors) inspect(ctx context.Context, all []lot) error {
	for _, m := range measured {
		r, err := a.platform.RegisterStandardWithResponse(
			ctx,
			&client.RegisterStandardParams{IdempotencyKey: m.id},
			client.NewStandard{
				ID: m.id, Version: 1, Category: m.category, Level: "II", MayReduce: true,
				Name:   client.Text{ZhCN: m.category + "出厂检验", En: m.english + ", release inspection"},
				Limits: []client.ClassLimit{{Class: "critical", Aql: "0.65"}, {Class: "minor", Aql: "4.0"}},
				Items: []client.TestItem{
					{
						ID:      "measured",
						Name:    m.item,
						Class:   "critical",
						Method:  m.method,
						Unit:    m.unit,
						Max:     &m.most,
						Samples: 3,
					},
					{ID: "appearance", Name: client.Text{ZhCN: "外观与标识", En: "Appearance and marking"}, Class: "minor"},
				},
			},
		)
		if err := step("standard "+m.id, r, err, "STANDARD_VERSION"); err != nil {
			return err
		}
	}
	for i, l := range all {
		if _, err := a.inspector.Inspect(ctx, l.gtin, l.lot, i == rejectedLot); err != nil {
			return fmt.Errorf("inspect %s: %w", l.lot, err)
		}
	}
	return nil
}

// withhold has the platform keep a lot back.
func (a actors) withhold(ctx context.Context, l lot) error {
	quality, err := a.platform.ListInspectionsWithResponse(ctx, &client.ListInspectionsParams{Gtin: l.gtin, Lot: l.lot})
	if err != nil || quality.JSON200 != nil && quality.JSON200.Status == client.OnHold {
		return err
	}
	r, err := a.platform.HoldBatchWithResponse(
		ctx,
		l.gtin,
		l.lot,
		&client.HoldBatchParams{IdempotencyKey: "demo-hold-" + l.lot},
		client.NewHold{Reason: client.Text{ZhCN: "复核检验报告", En: "The inspection report is under review"}},
	)
	return step("hold "+l.lot, r, err, "")
}

// acknowledge has a holder answer to a recall. In the demo the distributor
// does; the seller has not yet.
func (a actors) acknowledge(ctx context.Context, by client.Gateway, recall string) error {
	r, err := by.AcknowledgeRecallWithResponse(
		ctx,
		recall,
		&client.AcknowledgeRecallParams{IdempotencyKey: "acknowledge-" + recall},
		client.NewAcknowledgement{Note: "已下架，等待退回"},
	)
	return step("acknowledge "+recall, r, err, "RECALL_ALREADY_ACKNOWLEDGED")
}
