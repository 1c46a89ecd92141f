package main

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

type (
	decideCommand struct {
		ID   string `arg:"" help:"The alert. 预警编号。"`
		Note string `       help:"What was found. 说明查到了什么。" required:""`
	}
	confirmCommand struct{ decideCommand }
	dismissCommand struct{ decideCommand }
	reopenCommand  struct{ decideCommand }
)

// Run confirms.
func (c confirmCommand) Run(ctx context.Context, d *desk) error {
	return c.decide(ctx, d, "confirmed")
}

// Run dismisses.
func (c dismissCommand) Run(ctx context.Context, d *desk) error {
	return c.decide(ctx, d, "dismissed")
}

// Run reopens.
func (c reopenCommand) Run(ctx context.Context, d *desk) error { return c.decide(ctx, d, "reopened") }

func (c decideCommand) decide(ctx context.Context, d *desk, outcome client.NewAlertDecisionOutcome) error {
	gateway, err := d.dial("producer")
	if err != nil {
		return err
	}
	r, err := gateway.DecideAlertWithResponse(ctx, c.ID, &client.DecideAlertParams{IdempotencyKey: client.NewKey()},
		client.NewAlertDecision{Outcome: outcome, Note: c.Note})
	if err != nil {
		return err
	}
	done, err := client.Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return err
	}
	d.tell(trace.Text{ZhCN: "%s 现在的状态：%s", En: "%s is now %s"}, done.ID, d.say(statusWords[string(done.Status)]))
	if done.TxID != "" {
		d.tell(trace.Text{ZhCN: "账本记录 %s", En: "on the ledger as %s"}, done.TxID)
	}
	return nil
}
