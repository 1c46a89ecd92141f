package demo

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

// lapsedID is a seller whose licence ran out: whoever scans what it has is
// told to be careful, and it can sell nothing until the licence is renewed.
const lapsedID = "laojie-store"

var lapsedSeller = client.NewParty{
	ID:    lapsedID,
	Name:  client.Text{ZhCN: "老街杂货", En: "Laojie Grocery"},
	Place: "浙江杭州",
	Roles: []client.Role{client.RoleSeller},
	Licences: []client.Licence{{Kind: "食品经营许可证", Issuer: "杭州市市场监督管理局", Number: "JY13301DEMO05",
		ValidFrom: "2021-11-01", ValidTo: "2026-10-31"}},
}

// lapsedUnits are what the lapsed seller has of the first batch.
const lapsedFrom, lapsedCount = 60, 6

// lapse brings the lapsed seller, a check of it with something left to mend,
// and a few units in its hands.
func (a actors) lapse(ctx context.Context, l Loader, all []lot) error {
	return inOrder(
		func() error { return l.admit(ctx, a.platform, lapsedSeller) },
		func() error { return a.check(ctx) },
		func() error {
			return a.ship(ctx, a.distributor, "DEMO-SHIP-LAPSED", lapsedID, all[0].line(lapsedFrom, lapsedCount))
		},
		func() error { return a.receiveOnce(ctx, l, lapsedID, "DEMO-SHIP-LAPSED") },
	)
}

func (a actors) check(ctx context.Context) error {
	r, err := a.platform.RecordCheckWithResponse(
		ctx,
		lapsedID,
		&client.RecordCheckParams{IdempotencyKey: "demo-check-1"},
		client.NewCheck{
			ID: "DEMO-CHECK-1",
			Items: []client.CheckItem{
				{Item: client.EitherText{ZhCN: "进货台账完整", En: "Purchase records are complete"}, Result: "passed"},
				{
					Item:    client.EitherText{ZhCN: "临期商品单独陈列", En: "Goods close to expiry stand apart"},
					Result:  "failed",
					Finding: "与其他商品混放",
				},
			},
			Actions: []client.NewAction{{Item: 2, Action: "设临期专柜并标示", Due: "2036-12-31"}},
		},
	)
	return step("check", r, err, "CHECK_EXISTS")
}

// receiveOnce signs for a shipment with an account that is ended afterwards.
func (a actors) receiveOnce(ctx context.Context, l Loader, party, shipment string) error {
	name := "demo-" + strings.ToLower(rand.Text()[:12])
	made, err := a.platform.CreateAccountWithResponse(
		ctx,
		party,
		&client.CreateAccountParams{IdempotencyKey: client.NewKey()},
		client.NewAccount{Account: name, Role: client.RoleSeller},
	)
	if err != nil {
		return err
	}
	if made.JSON201 == nil {
		return fmt.Errorf("account of %s: the gateway answered %s", party, made.Status())
	}
	seller, err := client.Dial(l.Gateway, made.JSON201.APIKey, "en")
	if err != nil {
		return err
	}
	if err := a.receive(ctx, seller, shipment); err != nil {
		return err
	}
	r, err := a.platform.RevokeAccountWithResponse(ctx, party, name)
	return step("revoke account", r, err, "")
}
