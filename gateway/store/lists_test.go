package store_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

// fillOthers gives n rows to every list that is not one of goods, on top of the
// n products and batches of filled. One row in a hundred is "small"'s.
func fillOthers(t testing.TB, url string, n int) {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const rows = ` from (select i, lpad(i::text, 14, '0') as g, 'L' || i % 500 as l, case i % 100 when 0 then 'small' else 'large' end as o,
		timestamptz '2026-03-01' + i % 2000 * interval '1 minute' as at from generate_series(1, $1::int) i) x`
	for _, statement := range []string{
		`insert into ledger.party (id, msp, identity, doc, tx_id)
			select 'p' || i, 'm', 'id' || i, jsonb_build_object('id', 'p' || i, 'name', jsonb_build_object('zh-CN', '第' || i || '店', 'en', 'Shop ' || i), 'roles', '["seller"]'::jsonb,
				'status', 'qualified', 'nextCheckDue', (date '2026-12-01' + i % 700)::text, 'licences', '[]'::jsonb, 'openActions', '[]'::jsonb,
				'application', jsonb_build_object('status', 'submitted', 'submittedAt', at)), 'tx'` + rows,
		`insert into ledger.shipment (id, sender, receiver, dispatched_at, received_at, doc, tx_id)
			select 'S-' || i, o, 'p' || i % 300 + 1, at, case i % 3 when 0 then at end, jsonb_build_object('id', 'S-' || i, 'from', o, 'to', 'p', 'dispatchedAt', at,
				'lines', jsonb_build_array(jsonb_build_object('gtin', g, 'lot', l, 'from', 0, 'count', i % 40))), 'tx'` + rows,
		`insert into ledger.container (sscc, holder, packed_by, doc, tx_id)
			select lpad(i::text, 18, '0'), o, o, jsonb_build_object('sscc', lpad(i::text, 18, '0'), 'holder', o, 'packedAt', at,
				'lines', jsonb_build_array(jsonb_build_object('gtin', g, 'lot', l, 'from', 0, 'count', 1))), 'tx'` + rows,
		`insert into ledger.recall (id, gtin, doc, tx_id)
			select 'R-' || i, g, jsonb_build_object('id', 'R-' || i, 'gtin', g, 'lots', jsonb_build_array(l), 'class', 'II', 'reason', jsonb_build_object('zh-CN', '封口不严', 'en', 'seal'), 'at', at), 'tx'` + rows,
		`insert into ledger.inspection (id, gtin, lot, at, doc, tx_id)
			select 'I-' || i, g, l, at, jsonb_build_object('id', 'I-' || i, 'gtin', g, 'lot', l, 'standard', 'GB', 'accepted', i % 9 > 0, 'by', 'lab', 'at', at), 'tx'` + rows,
		`insert into ledger.standard (id, category, doc, tx_id)
			select 'STD-' || i, o, jsonb_build_object('id', 'STD-' || i, 'category', o, 'name', jsonb_build_object('zh-CN', '第 ' || i || ' 号标准', 'en', 'Standard ' || i), 'at', at), 'tx'` + rows,
		`insert into ledger.complaint (id, gtin, lot, unit_index, respondent, status, next_due, opened_at, doc, tx_id)
			select 'K-' || i, g, l, 0, o, 'open', case i % 5 when 0 then null else at end, at, jsonb_build_object('id', 'K-' || i, 'gtin', g, 'lot', l, 'openedAt', at), 'tx'` + rows,
		`insert into ledger.exception (id, opener, counter, shipment, status, next_due, opened_at, doc, tx_id)
			select 'C-' || i, o, 'p' || i, 'S-' || i, 'open', at, at, jsonb_build_object('id', 'C-' || i, 'openedAt', at), 'tx'` + rows,
		`insert into scan.review (id, gtin, lot, unit_index, seller, rating, text, created_at)
			select 'W-' || i, g, l, 0, o, i % 5 + 1, '好用，第 ' || i || ' 次回购', at` + rows,
		`insert into scan.alert (id, gtin, lot, unit_index, opened_at, seq, scored_at, risk, code, reasons)
			select 'A-' || i, g, l, 0, at, i, at, (i % 997) / 1000.0, 'SCAN_SPREAD', '[]'` + rows,
		`insert into scan.reported_code (id, code) select 'Q-' || i, 'https://fake.example/' || i` + rows,
		`insert into scan.report (id, token_hash, code_id, place, text, contact, created_at)
			select 'q' || i, sha256(i::text::bytea), 'Q-' || i, '', '', '', at` + rows,
		`insert into app.notice (party, kind, ref, subject, detail, at, read_at)
			select o, 'shipment', 'r' || i, 'S-' || i, jsonb_build_object('lot', l), at, case i % 4 when 0 then at end` + rows,
		`insert into app.job (id, kind, account, party, status, request, total, created_at)
			select 'j' || i, 'labels', 'a', o, 'done', jsonb_build_object('gtin', g, 'lot', l), i % 90, at` + rows,
		`insert into app.audit (account, party, action, detail, operation, target, at) select 'ann', o, 'done', '{}', 'ship', jsonb_build_object('id', 'S-' || i), at` + rows,
		`insert into app.webhook (id, party, url, events, secret, account) select 'hook', 'large', 'https://x.example', '{}', '', 'a' where $1 > 0`,
		`insert into app.delivery (webhook_id, notice_id, status, created_at) select 'hook', id, 'delivered', at from app.notice where $1 > 0`,
	} {
		if _, err := db.Exec(statement, n); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if _, err := db.Exec(`analyze`); err != nil {
		t.Fatal(err)
	}
}

// other is a list that is not one of goods: how a page of it is read, whole or as
// a party sees it, what it is ordered by, and a search that finds one row.
type other struct {
	name  string
	read  func(ctx context.Context, party string, p record.Paging) (record.Page[json.RawMessage], error)
	sorts string
	one   string
}

// as makes a reader of any list one of its rows as JSON.
func as[T, F any](
	read func(context.Context, F, record.Paging) (record.Page[T], error), of func(party string) F,
) func(context.Context, string, record.Paging) (record.Page[json.RawMessage], error) {
	return func(ctx context.Context, party string, p record.Paging) (record.Page[json.RawMessage], error) {
		page, err := read(ctx, of(party), p)
		return record.PageOf(page, func(v T) json.RawMessage {
			data, _ := json.Marshal(v)
			return data
		}), err
	}
}

func itself(party string) string { return party }

func others(s *store.Store) []other {
	return []other{
		{
			"shipments",
			as(s.Shipments, func(p string) record.ShipmentFilter { return record.ShipmentFilter{Party: p} }),
			"dispatchedAt units id",
			"s-77",
		},
		{
			"open shipments",
			as(
				s.Shipments,
				func(p string) record.ShipmentFilter { return record.ShipmentFilter{Party: p, OpenOnly: true} },
			),
			"",
			"",
		},
		{"containers", as(func(ctx context.Context, party string, p record.Paging) (record.Page[any], error) {
			page, err := s.Containers(ctx, party, false, p)
			return anyPage(page), err
		}, itself), "sscc packedAt", "000000000000000077"},
		{
			"recalls",
			as(s.Recalls, func(string) record.RecallFilter { return record.RecallFilter{} }),
			"at id gtin",
			"r-77 00000000000077",
		},
		{
			"inspections",
			as(s.AllInspections, func(p string) record.InspectionFilter { return record.InspectionFilter{SeenBy: p} }),
			"at lot",
			"i-77 ",
		},
		{"standards", as(s.Standards, func(string) string { return "" }), "id category at", "第 77 号"},
		{
			"complaints",
			as(s.Complaints, func(p string) record.ComplaintFilter { return record.ComplaintFilter{Respondent: p} }),
			"due openedAt id",
			"k-77 ",
		},
		{
			"cases",
			as(s.Cases, func(p string) record.CaseFilter { return record.CaseFilter{Party: p} }),
			"due openedAt",
			"c-77 ",
		},
		{
			"reviews",
			as(s.Reviews, func(p string) record.ReviewFilter { return record.ReviewFilter{Seller: p} }),
			"at rating",
			"第 77 次",
		},
		{
			"alerts",
			as(s.Alerts, func(p string) record.AlertFilter { return record.AlertFilter{SeenBy: p} }),
			"risk openedAt lot",
			"a-77 ",
		},
		{
			"reported codes",
			as(s.ReportedCodes, func(string) record.ReportFilter { return record.ReportFilter{} }),
			"open reports lastAt firstAt",
			"FAKE.example/77",
		},
		{
			"messages",
			as(s.Notices, func(p string) record.NoticeFilter { return record.NoticeFilter{Party: somebody(p)} }),
			"unread at",
			"s-77 ",
		},
		{
			"jobs",
			as(s.Jobs, func(p string) record.JobFilter { return record.JobFilter{Party: somebody(p)} }),
			"createdAt total",
			"j77 ",
		},
		{
			"deliveries",
			as(
				s.Deliveries,
				func(string) record.DeliveryFilter { return record.DeliveryFilter{Party: "large", Webhook: "hook"} },
			),
			"at",
			"s-77 ",
		},
		{
			"standings",
			as(s.Standings, func(string) record.StandingFilter { return record.StandingFilter{Today: "2026-11-28"} }),
			"lapsesOn name id",
			"第77店",
		},
		{"overdue standings", as(s.Standings, func(string) record.StandingFilter {
			return record.StandingFilter{Today: "2027-06-01", Standing: "lapsed", Role: "seller", Overdue: true}
		}), "", ""},
		{"applications", as(func(ctx context.Context, _ string, p record.Paging) (record.Page[any], error) {
			page, err := s.Applicants(ctx, p)
			return anyPage(page), err
		}, itself), "submittedAt name id", "shop 77"},
		{
			"audit log",
			as(s.AuditLog, func(p string) record.AuditFilter { return record.AuditFilter{Party: p} }),
			"at",
			`"s-77"`,
		},
	}
}

func anyPage[T any](p record.Page[T]) record.Page[any] {
	return record.PageOf(p, func(v T) any { return v })
}

// somebody stands for whom a list that is always somebody's is read where nobody is named.
func somebody(party string) string {
	if party == "" {
		return "large"
	}
	return party
}

func sortsOf(o other) []string {
	all := []string{""}
	for name := range strings.FieldsSeq(o.sorts) {
		all = append(all, name, "-"+name)
	}
	return all
}

// Pages of every other list in every order hold every row once, and the totals say how many.
func TestPagesOfEveryList(t *testing.T) {
	url := databasetest.URL(t)
	s := filled(t, url, 250)
	fillOthers(t, url, 250)
	for _, o := range others(s) {
		want := -1
		for _, sort := range sortsOf(o) {
			all := pages(t, func(p record.Paging) (record.Page[json.RawMessage], error) {
				return o.read(t.Context(), "", p)
			}, sort)
			seen := map[string]bool{}
			for _, row := range all {
				seen[string(row)] = true
			}
			if want < 0 {
				want = len(all)
			}
			if len(seen) != len(all) || len(all) != want || want < 100 {
				t.Errorf("%s by %q: %d rows, %d different ones, want %d", o.name, sort, len(all), len(seen), want)
			}
		}
		page, err := o.read(t.Context(), "", record.Paging{Limit: 1, Count: true})
		if err != nil || page.Total == nil || *page.Total != want {
			t.Errorf("%s: counted %v, %v, want %d", o.name, page.Total, err, want)
		}
		if o.one == "" {
			continue
		}
		page, err = o.read(t.Context(), "", record.Paging{Limit: 9, Search: o.one})
		if err != nil || len(page.Items) != 1 {
			t.Errorf("%s: %q finds %d, %v, want one", o.name, o.one, len(page.Items), err)
		}
		if _, err := o.read(t.Context(), "", record.Paging{Limit: 9, Sort: "doc"}); err == nil {
			t.Errorf("%s is ordered by a column that it does not offer", o.name)
		}
	}
}

// otherLists reads every other list than those of products and batches, in each order and searched.
func otherLists(t *testing.T, s *store.Store, quick func(what string, read func() error)) {
	for _, o := range others(s) {
		for _, party := range []string{"", "small"} {
			for _, sort := range sortsOf(o) {
				quick(fmt.Sprintf("%s of %q by %q", o.name, party, sort), func() error {
					_, err := o.read(t.Context(), party, record.Paging{Limit: 50, Count: true, Sort: sort})
					return err
				})
			}
			for _, search := range []string{o.one, "没有这种"} {
				quick(fmt.Sprintf("%s of %q, %q", o.name, party, search), func() error {
					_, err := o.read(t.Context(), party, record.Paging{Limit: 50, Count: true, Search: search})
					return err
				})
			}
		}
	}
}
