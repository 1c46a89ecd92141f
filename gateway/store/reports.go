package store

import (
	"context"
	"database/sql"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

const reportedCodeDoc = `jsonb_build_object('id', c.id, 'code', c.code, 'status', c.status, 'reports', c.reports, 'open', c.open,
	'firstAt', c.first_at, 'lastAt', c.last_at)`

// reportedCodes are the codes of which there are reports, those with most open ones first.
var reportedCodes = list{
	from:  `(select *, case when open > 0 then 'open' else 'closed' end as status from scan.reported_code where reports > 0) c`,
	doc:   reportedCodeDoc,
	key:   []column{{"c.id", "text"}},
	order: "-open",
	sorts: map[string]column{
		"open": {
			"c.open",
			"bigint",
		},
		"reports": {"c.reports", "bigint"},
		"lastAt":  {"c.last_at", "timestamptz"},
		"firstAt": {"c.first_at", "timestamptz"},
	},
	match: found("c.words", ""),
}

// ReportedCodes lists reported codes.
func (s *Store) ReportedCodes(
	ctx context.Context, f record.ReportFilter, p record.Paging,
) (record.Page[record.ReportedCode], error) {
	var w where
	w.given(string(f.Status), "c.status = ?")
	return listPage[record.ReportedCode](ctx, s, reportedCodes, w, p)
}

// ReportedCode gives a reported code; false where there is none.
func (s *Store) ReportedCode(ctx context.Context, id string) (record.ReportedCode, bool, error) {
	return readDoc[record.ReportedCode](
		ctx,
		s,
		`select `+reportedCodeDoc+` from `+reportedCodes.from+` where c.id = $1`,
		id,
	)
}

// maxCodeReports bounds what is told of one code: the newest.
const maxCodeReports = 1000

// CodeReports gives the newest reports of a code, the newest first.
func (s *Store) CodeReports(ctx context.Context, id string) ([]record.CodeReport, error) {
	return readDocs[record.CodeReport](
		ctx,
		s,
		`select jsonb_build_object('id', id, 'place', place, 'text', text, 'contact', contact,
		'at', created_at, 'closed', closed_at is not null) from scan.report where code_id = $1 order by created_at desc, id limit $2`,
		id,
		maxCodeReports,
	)
}

// ReportClosings gives what was found out about a code, in order.
func (s *Store) ReportClosings(ctx context.Context, id string) ([]record.ReportClosing, error) {
	return readDocs[record.ReportClosing](
		ctx,
		s,
		`select jsonb_build_object('note', note, 'party', party, 'account', account, 'at', at)
		from app.report_closing where code_id = $1 order by number`,
		id,
	)
}

// CloseReports closes a code's open reports and forgets how to reach who sent
// them. The same ref is the same closing; false where nothing is open.
func (s *Store) CloseReports(ctx context.Context, id, ref string, c record.ReportClosing) (closed bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, `select exists (select 1 from app.report_closing where code_id = $1 and ref = $2)`, id, ref).
			Scan(&closed); err != nil ||
			closed {
			return err
		}
		var n int64
		if err := tx.QueryRowContext(ctx, `select scan.close_reports($1)`, id).Scan(&n); err != nil || n == 0 {
			return err
		}
		closed = true
		_, err := tx.ExecContext(
			ctx,
			`insert into app.report_closing (code_id, note, party, account, ref) values ($1, $2, $3, $4, $5)`,
			id,
			c.Note,
			c.Party,
			c.Account,
			ref,
		)
		return err
	})
	return closed, err
}

// maxReportNotices bounds the codes that the platform is told of within a day,
// so that a flood of reports does not bury its inbox; the list has them all.
const maxReportNotices = 50

// TellReports puts reports that nobody was told of into the platform's inbox:
// of each code one notice a day, however many report it.
func (s *Store) TellReports(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, `with due as (
			select r.id, r.code_id, r.created_at, (r.created_at at time zone 'Asia/Shanghai')::date as day
			from app.untold u join scan.report r on r.id = u.subject where u.kind = 'report' order by r.created_at limit 1000 for update of u skip locked
		), new_code as (
			select row_number() over (order by min(created_at), code_id) as nth, 'report' as kind, code_id as subject,
				min(created_at) as at, 'report/' || code_id || '/' || day as ref, jsonb_build_object('code', (select code from scan.reported_code where id = code_id)) as detail
			from due where not exists (select 1 from app.notice where ref = 'report/' || code_id || '/' || day)
			group by code_id, day
		), told as (
			select c.*, p.id as whom from new_code c join ledger.party p on p.doc -> 'roles' @> '["platform"]'
			where c.nth <= $1 - (select count(distinct ref) from app.notice where kind = 'report' and at > now() - interval '1 day')
		), marked as (
			delete from app.untold u where u.kind = 'report'
				and (u.subject in (select id from due) or not exists (select from scan.report r where r.id = u.subject))
		)`+deliverNew, maxReportNotices)
	return err
}
