package notices

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// Inbox keeps what parties are told. Remind adds a notice once, however often
// it is asked to.
type Inbox interface {
	Notices(ctx context.Context, f record.NoticeFilter, p record.Paging) (record.Page[record.Notice], error)
	ReadNotice(ctx context.Context, party string, id int64) (bool, error)
	Remind(ctx context.Context, notices []record.NewNotice) error
	RemindOverdue(ctx context.Context, party string, now time.Time) error
	EachParty(ctx context.Context, fn func(trace.Party)) error
}

// Entry gives a notice its title.
func Entry(n record.Notice) record.InboxEntry { return record.InboxEntry{Notice: n, Title: titleOf(n)} }

// ListInbox lists what the caller's party was told. What follows from today's date
// is added first, so that the inbox is right though nothing else ran.
func (s *Service) ListInbox(
	ctx context.Context, c service.Caller, f record.NoticeFilter, p record.Paging,
) (record.Page[record.InboxEntry], error) {
	party, ok, err := s.Parties.Party(ctx, c.Party)
	if err != nil {
		return record.Page[record.InboxEntry]{}, err
	}
	if ok && p.After == "" {
		err := errors.Join(
			s.Inbox.Remind(ctx, reminders(party, s.Writer.Now())),
			s.Inbox.RemindOverdue(ctx, c.Party, s.Writer.Now()),
		)
		if err != nil {
			return record.Page[record.InboxEntry]{}, err
		}
	}
	f.Party = c.Party
	list, err := s.Inbox.Notices(ctx, f, p)
	return record.PageOf(list, Entry), err
}

// ReadNotice marks an entry of the caller's inbox as read.
func (s *Service) ReadNotice(ctx context.Context, c service.Caller, id int64) error {
	ok, err := s.Inbox.ReadNotice(ctx, c.Party, id)
	_, err = service.Found(id, ok, err)(service.NoticeUnknown, "id", strconv.FormatInt(id, 10))
	return err
}

// reminders are the notices that follow from a date: of each licence that ends,
// one for each threshold, and one for each lapse. Their refs name what ends and
// when, so that a licence that is renewed is warned of again.
func reminders(p trace.Party, now time.Time) (all []record.NewNotice) {
	today := trace.DayOf(now)
	notice := func(kind record.NoticeKind, ref, subject string, detail any) {
		all = append(
			all,
			record.NewNotice{
				Ref:     ref,
				Kind:    kind,
				Party:   p.ID,
				Subject: subject,
				At:      now,
				Detail:  map[string]any{"of": detail},
			},
		)
	}
	if p.Status != trace.StatusQualified {
		return nil
	}
	for _, w := range p.WarningsOn(today) {
		notice(record.NoticeExpiring, fmt.Sprintf("%s %s %s %d", w.Kind, w.Number, w.ValidTo, w.Days), w.Number, w)
	}
	view := p.StandingAt(now, trace.ComplaintCounts{})
	for _, e := range view.Expired {
		notice(record.NoticeAlert, fmt.Sprintf("%s %s %s", e.Kind, e.Number, e.ValidTo), e.Number, e)
	}
	if p.CheckOverdue(today) {
		notice(record.NoticeAlert, "check "+string(p.NextCheckDue)+fmt.Sprint(p.OpenActions), p.ID, p.OpenActions)
	}
	return all
}

// Reminder adds, for every party, what follows from today's date, so that
// webhooks hear of it too. It may run in any number and end at any moment.
type Reminder struct {
	Inbox Inbox
	Every time.Duration
	Now   func() time.Time
	Log   *slog.Logger
}

// Run reminds until ctx ends.
func (r *Reminder) Run(ctx context.Context) {
	wait.Every(ctx, r.Every, func() {
		if err := r.remind(ctx); err != nil && ctx.Err() == nil {
			r.Log.Warn("cannot remind parties", "error", err)
		}
	})
}

func (r *Reminder) remind(ctx context.Context) error {
	var all []record.NewNotice
	if err := r.Inbox.EachParty(ctx, func(p trace.Party) { all = append(all, reminders(p, r.Now())...) }); err != nil {
		return err
	}
	return errors.Join(r.Inbox.Remind(ctx, all), r.Inbox.RemindOverdue(ctx, "", r.Now()))
}
