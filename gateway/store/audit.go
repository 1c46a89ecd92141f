package store

import (
	"context"
	"encoding/json"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Audit notes what somebody does. A request that is noted already gains what is
// said of it now, so that it may be written before, while and after it runs.
func (s *Store) Audit(ctx context.Context, e record.Audit) error {
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return err
	}
	target, err := json.Marshal(e.Target)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(
		ctx,
		`insert into app.audit (request, account, party, operation, action, target, detail, status)
		values ($1, $2, $3, $4, $5, coalesce(nullif($6::jsonb, 'null'), '{}'), $7, $8)
		on conflict (request) do update set action = excluded.action, detail = excluded.detail`,
		e.Request,
		e.Account,
		e.Party,
		e.Operation,
		e.Action,
		string(target),
		string(detail),
		e.Status,
	)
	return err
}

// AuditResult notes what came of a request.
func (s *Store) AuditResult(ctx context.Context, request, txID string, status int) error {
	_, err := s.db.ExecContext(
		ctx,
		`update app.audit set tx_id = $2, status = $3 where request = $1`,
		request,
		txID,
		status,
	)
	return err
}

var auditLog = list{
	from: "app.audit a left join app.person p on p.account = a.account left join app.account k on k.name = a.account",
	doc: `jsonb_build_object('id', a.id, 'at', a.at, 'account', a.account, 'person', coalesce(p.name, nullif(k.label, ''), a.account),
		'party', a.party, 'action', a.action, 'operation', a.operation, 'target', a.target, 'txId', a.tx_id, 'status', a.status)`,
	key:   []column{{"a.id", "bigint"}},
	order: "-at",
	sorts: map[string]column{"at": {"a.id", "bigint"}},
	match: found("a.words || ' ' || lower(coalesce(p.name, '') || ' ' || coalesce(k.label, ''))", "", "a.party"),
}

// AuditLog reads the log, the newest first where nothing else is asked for.
func (s *Store) AuditLog(
	ctx context.Context, f record.AuditFilter, p record.Paging,
) (record.Page[record.AuditEntry], error) {
	var w where
	w.given(f.Party, "a.party = ?")
	w.given(f.Account, "a.account = ?")
	w.given(f.Operation, "a.operation = ?")
	w.given(string(f.From), "a.at >= ?::date::timestamp at time zone 'Asia/Shanghai'")
	w.given(string(f.To), "a.at < (?::date + 1)::timestamp at time zone 'Asia/Shanghai'")
	return listPage[record.AuditEntry](ctx, s, auditLog, w, p)
}
