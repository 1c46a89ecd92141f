package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

// grievance is a complaint of the demo, about a unit of the lot that the seller
// has for that, and what becomes of it.
type grievance struct {
	unit int64
	text string
	then func(ctx context.Context, id, link string) error
}

// complaintUnits are how many units of their lot the seller gets.
const complaintUnits = 50

// disputed is the lot that shoppers complain about.
func disputed(all []lot) lot { return all[7] }

// complain leaves a complaint in each state: open, answered, decided,
// appealed, withdrawn and, a minute later, escalated.
func (a actors) complain(ctx context.Context, all []lot) error {
	l := disputed(all)
	return inOrder(
		func() error { return a.ship(ctx, a.producer, "DEMO-SHIP-9", sellerID, l.line(0, complaintUnits)) },
		func() error { return a.receive(ctx, a.seller, "DEMO-SHIP-9") },
		func() error { return a.about(ctx, l, a.grievances()) },
		func() error { return a.escalate(ctx, l) },
	)
}

func (a actors) grievances() []grievance {
	leave := func(context.Context, string, string) error { return nil }
	return []grievance{
		{0, "瓶盖密封条像是被打开过。", leave},
		{1, "气味和以前买的不一样，请核实。", func(ctx context.Context, id, _ string) error { return a.answer(ctx, id) }},
		{2, "包装印刷模糊，说明书有错字。", func(ctx context.Context, id, _ string) error {
			return inOrder(func() error { return a.answer(ctx, id) },
				func() error { return a.decide(ctx, id, "counterfeit_confirmed", counterfeit) })
		}},
		{3, "扫码显示被查询过很多次。", func(ctx context.Context, id, _ string) error {
			return inOrder(func() error { return a.answer(ctx, id) },
				func() error { return a.decide(ctx, id, "cannot_tell", undecided) },
				func() error { return a.appeal(ctx, id) })
		}},
		{4, "收到时包装有压痕。", func(ctx context.Context, _, link string) error { return a.withdraw(ctx, link) }},
	}
}

var (
	counterfeit = client.Text{
		ZhCN: "送检样品的印刷网点与生产方提供的真品不一致，说明书有三处错字。",
		En:   "The print screen of the sample differs from the producer's, and the leaflet has three misprints.",
	}
	undecided = client.Text{
		ZhCN: "购买者未能提供实物，现有照片不足以判断。",
		En:   "The item was not available, and the photos do not suffice to tell.",
	}
)

// about makes complaints and lets happen to each what shall.
func (a actors) about(ctx context.Context, l lot, all []grievance) error {
	for _, g := range all {
		link, err := a.send(ctx, l, g)
		if err != nil {
			return err
		}
		id, err := a.opened(ctx, l, g.unit)
		if err != nil {
			return err
		}
		if err := g.then(ctx, id, link); err != nil {
			return err
		}
	}
	return nil
}

// escalate makes a complaint that must be answered within a minute.
func (a actors) escalate(ctx context.Context, l lot) error {
	terms := func(answer, decide int64) func() error {
		return func() error {
			r, err := a.platform.SetComplaintTermsWithResponse(
				ctx,
				client.ComplaintTerms{AnswerMinutes: answer, DecideMinutes: decide, AppealMinutes: 15 * 24 * 60},
			)
			return step("complaint terms", r, err, "")
		}
	}
	late := grievance{5, "联系卖家三天没有回音。", func(context.Context, string, string) error { return nil }}
	return inOrder(terms(1, 1), func() error { return a.about(ctx, l, []grievance{late}) }, terms(48*60, 7*24*60))
}

// send complains as a shopper's browser does. Each grievance is another
// shopper's; one that was sent before is recognised by its unit, and gives no link.
func (a actors) send(ctx context.Context, l lot, g grievance) (link string, err error) {
	units, err := a.producer.ListUnitsWithResponse(ctx, l.gtin, l.lot, &client.ListUnitsParams{From: g.unit, Count: 1})
	if err := step("units", units, err, ""); err != nil {
		return "", err
	}
	if units.JSON200 == nil || len(*units.JSON200) != 1 {
		return "", fmt.Errorf("units: the gateway answered %s", units.Body)
	}
	form := url.Values{"uri": {(*units.JSON200)[0].URI}, "text": {g.text}}
	r, err := a.shopper(ctx, "/api/v1/complaints", form, fmt.Sprint("demo shopper ", g.unit))
	if err != nil {
		return "", err
	}
	defer r.Body.Close()
	var sent struct{ Link string }
	switch r.StatusCode {
	case http.StatusCreated:
		return sent.Link, json.NewDecoder(r.Body).Decode(&sent)
	case http.StatusTooManyRequests:
		return "", nil
	}
	return "", fmt.Errorf("complain: the verifier answered %s", r.Status)
}

// shopper posts a form to the verifier from a device of its own.
func (a actors) shopper(ctx context.Context, path string, form url.Values, device string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.verifier+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", device)
	return http.DefaultClient.Do(r)
}

// openTime bounds the wait until a complaint is on the ledger.
const openTime = time.Minute

// opened waits until the complaint about a unit is on the ledger and gives its number.
func (a actors) opened(ctx context.Context, l lot, unit int64) (id string, err error) {
	ctx, cancel := context.WithTimeout(ctx, openTime)
	defer cancel()
	for {
		r, err := a.platform.ListComplaintsWithResponse(ctx, &client.ListComplaintsParams{Limit: 200})
		if err := step("complaints", r, err, ""); err != nil {
			return "", err
		}
		if r.JSON200 != nil {
			for _, c := range r.JSON200.Items {
				if c.Lot == l.lot && c.Index == unit {
					return c.ID, nil
				}
			}
		}
		select {
		case <-ctx.Done():
			return "", errors.New("complain: not on the ledger within a minute")
		case <-time.After(300 * time.Millisecond):
		}
	}
}

func (a actors) answer(ctx context.Context, id string) error {
	r, err := a.seller.AnswerComplaintWithResponse(
		ctx,
		id,
		&client.AnswerComplaintParams{IdempotencyKey: "demo-answer-" + id},
		client.NewStatement{Text: "本店从生产方直接进货，进货单与流转记录均可查。愿意配合送检。"},
	)
	return step("answer "+id, r, err, "COMPLAINT_STATUS_CONFLICT")
}

func (a actors) decide(ctx context.Context, id string, o client.NewDecisionOutcome, why client.Text) error {
	r, err := a.platform.DecideComplaintWithResponse(
		ctx,
		id,
		&client.DecideComplaintParams{IdempotencyKey: "demo-decide-" + id},
		client.NewDecision{Kind: "decision", Outcome: o, Reason: why},
	)
	return step("decide "+id, r, err, "COMPLAINT_STATUS_CONFLICT")
}

func (a actors) appeal(ctx context.Context, id string) error {
	r, err := a.seller.AppealComplaintWithResponse(
		ctx,
		id,
		&client.AppealComplaintParams{IdempotencyKey: "demo-appeal-" + id},
		client.NewStatement{Text: "我们能提供这一件的完整流转记录，请求认定为正品。"},
	)
	return step("appeal "+id, r, err, "APPEAL_USED")
}

// withdraw takes a complaint back by its secret link, where there is one still.
func (a actors) withdraw(ctx context.Context, link string) error {
	if link == "" {
		return nil
	}
	r, err := a.shopper(ctx, link+"/withdrawal", nil, "demo shopper")
	if err != nil {
		return err
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusNoContent {
		return fmt.Errorf("withdraw: the verifier answered %s", r.Status)
	}
	return nil
}
