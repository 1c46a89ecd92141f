// Package desk writes to the ledger what nobody with a key asks for.
package desk

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Outbox is what shoppers wish and the ledger does not hold yet.
type Outbox interface {
	ComplaintTasks(ctx context.Context) ([]record.ComplaintTask, error)
	EndComplaintTask(ctx context.Context, t record.ComplaintTask) error
	DelayComplaintTask(ctx context.Context, t record.ComplaintTask, why string, wait time.Duration) error
	// TellAlerts tells parties of the alerts that nobody was told of.
	TellAlerts(ctx context.Context) error
	// TellReports tells the platform of the codes that shoppers reported.
	TellReports(ctx context.Context) error
}

// Logs numbers the entries of a log and gives the digests to be anchored next.
type Logs interface {
	SealLog(ctx context.Context, log string) (from int64, digests [][]byte, err error)
}

// Leader runs fn in one gateway at a time.
type Leader interface {
	LeadDesk(ctx context.Context, fn func(context.Context) error) error
}

// Desk does on the ledger what nobody with a key asks for: it opens and
// withdraws complaints for shoppers, tells of alerts and reports, and anchors logs. Every
// step can be repeated, so it may be killed at any moment.
type Desk struct {
	Ledger service.Ledger
	Outbox Outbox
	Logs   Logs
	Leader Leader
	Party  string        // the platform, whose certificate signs
	Every  time.Duration // how often logs are anchored while there is something new
	Log    *slog.Logger
}

// deskPause is how long a shopper's wish may lie before it is looked at.
const deskPause = time.Second

// Run works until ctx ends.
func (d *Desk) Run(ctx context.Context) error { return d.Leader.LeadDesk(ctx, d.work) }

func (d *Desk) work(ctx context.Context) error {
	tasks, anchors := time.NewTicker(deskPause), time.NewTicker(d.Every)
	defer tasks.Stop()
	defer anchors.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tasks.C:
			if err := d.DoTasks(ctx); err != nil {
				return err
			}
		case <-anchors.C:
			if err := d.AnchorAll(ctx); err != nil {
				return err
			}
		}
	}
}

// DoTasks does every task that is due, and tells of alerts and reports.
func (d *Desk) DoTasks(ctx context.Context) error {
	tasks, err := d.Outbox.ComplaintTasks(ctx)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if err := d.do(ctx, t); err != nil {
			return err
		}
	}
	return errors.Join(d.Outbox.TellAlerts(ctx), d.Outbox.TellReports(ctx))
}

// do submits what a task asks for. What an earlier attempt has done counts as
// done; a withdrawal that comes after the decision has nothing left to do.
func (d *Desk) do(ctx context.Context, t record.ComplaintTask) error {
	_, err := d.Ledger.Submit(ctx, d.callFor(t))
	code := trace.CodeOf(err)
	if err == nil || t.Kind == record.TaskOpen && code == trace.ComplaintExists ||
		t.Kind == record.TaskWithdraw && code == trace.ComplaintConflict {
		return d.Outbox.EndComplaintTask(ctx, t)
	}
	wait := min(time.Second<<min(t.Tries, 9), 5*time.Minute)
	d.Log.Warn("complaint not on the ledger yet", "complaint", t.Complaint, "task", t.Kind, "error", err, "retry", wait)
	return d.Outbox.DelayComplaintTask(ctx, t, err.Error(), wait)
}

func (d *Desk) callFor(t record.ComplaintTask) record.Call {
	call := record.Call{
		Party:       d.Party,
		Transaction: trace.WithdrawComplaint,
		Request:     trace.ComplaintRequest{ID: t.Complaint},
	}
	if t.Kind == record.TaskOpen {
		call.Transaction = trace.OpenComplaint
		call.Request = trace.OpenComplaintRequest{ID: t.Complaint, GTIN: t.GTIN, Lot: t.Lot, Index: t.Index,
			Holder: t.Holder, Container: t.Container, EvidenceHash: hex.EncodeToString(t.EvidenceHash[:])}
	}
	return call
}

// AnchorAll anchors what is new in every log.
func (d *Desk) AnchorAll(ctx context.Context) error {
	for _, log := range []string{trace.LogComplaints, trace.LogReviews, trace.LogScans} {
		if err := d.anchor(ctx, log); err != nil {
			return err
		}
	}
	return nil
}

// anchor writes the root over a log's next entries. A refusal or an outcome
// that is not known is no harm: the same entries come again next time, and the
// ledger takes them once.
func (d *Desk) anchor(ctx context.Context, log string) error {
	from, digests, err := d.Logs.SealLog(ctx, log)
	if err != nil || len(digests) == 0 {
		return err
	}
	_, err = d.Ledger.Submit(
		ctx,
		record.Call{Party: d.Party, Transaction: trace.AnchorLog, Request: trace.AnchorRequest{
			Log: log, From: from, To: from + int64(len(digests)), Root: hex.EncodeToString(proof.Root(digests))}},
	)
	var unavailable *record.Unavailable
	var unknown *record.OutcomeUnknown
	if trace.CodeOf(err) != "" || errors.As(err, &unavailable) || errors.As(err, &unknown) {
		d.Log.Warn("log not anchored this time", "log", log, "from", from, "error", err)
		return nil
	}
	return err
}
