package store

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
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
	_, err = s.db.ExecContext(ctx, `insert into app.audit (request, account, party, operation, action, target, detail, status)
		values ($1, $2, $3, $4, $5, coalesce(nullif($6::jsonb, 'null'), '{}'), $7, $8)
		on conflict (request) do update set action = excluded.action, detail = excluded.detail`,
		e.Request, e.Account, e.Party, e.Operation, e.Action, string(target), string(detail), e.Status)
	return err
}

// AuditResult notes what came of a request.
func (s *Store) AuditResult(ctx context.Context, request, txID string, status int) error {
	_, err := s.db.ExecContext(ctx, `update app.audit set tx_id = $2, status = $3 where request = $1`, request, txID, status)
	return err
}

// AuditLog reads the log, the newest first.
func (s *Store) AuditLog(ctx context.Context, f record.AuditFilter, p record.Paging) (record.Page[record.AuditEntry], error) {
	before := int64(1) << 62
	if p.After != "" {
		n, err := strconv.ParseInt(p.After, 10, 64)
		if err != nil {
			return record.Page[record.AuditEntry]{}, trace.Errorf(trace.FieldInvalid, "after", "pass the next of the page before, unchanged")
		}
		before = n
	}
	return readPage[record.AuditEntry](ctx, s, p.Limit, `select a.id::text, jsonb_build_object('id', a.id, 'at', a.at, 'account', a.account,
			'person', coalesce(p.name, nullif(k.label, ''), a.account), 'party', a.party, 'action', a.action, 'operation', a.operation,
			'target', a.target, 'txId', a.tx_id, 'status', a.status)
		from app.audit a left join app.person p on p.account = a.account left join app.account k on k.name = a.account
		where ($1 = '' or a.party = $1) and ($2 = '' or a.account = $2) and ($3 = '' or a.operation = $3)
		and ($4 = '' or a.at >= nullif($4, '')::date::timestamp at time zone 'Asia/Shanghai')
		and ($5 = '' or a.at < (nullif($5, '')::date + 1)::timestamp at time zone 'Asia/Shanghai')
		and a.id < $6 order by a.id desc limit $7`,
		f.Party, f.Account, f.Operation, string(f.From), string(f.To), before, p.Limit+1)
}
