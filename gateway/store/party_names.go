package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// PartyNames gives what the parties with these ids are called.
func (s *Store) PartyNames(ctx context.Context, ids []string) ([]record.PartyName, error) {
	return partyNames(
		s.db.QueryContext(
			ctx,
			`select id, doc -> 'name' from ledger.party where id = any ($1) order by id`,
			pq.Array(ids),
		),
	)
}

// receivers finds whom party $1 can send goods to by a text $2, in small letters,
// in their names or, as LIKE takes it in $4, at the beginning of their ids: those
// in a role of $3. Whom it has dealt with comes first, and alone where there is no text.
const receivers = `with dealt as (
		select receiver as id from ledger.shipment where sender = $1 union select sender from ledger.shipment where receiver = $1
	)
	select p.id, p.doc -> 'name' from ledger.party p left join dealt d on d.id = p.id
	where p.id <> $1 and p.doc ->> 'status' = 'qualified' and p.doc -> 'roles' ?| $3
	and case when $2 = '' then d.id is not null else p.id like $4 or strpos(lower(p.doc ->> 'name'), $2) > 0 end
	order by d.id is null, p.id limit 20`

// Receivers finds whom a party can send goods to.
func (s *Store) Receivers(ctx context.Context, party, search string, roles []trace.Role) ([]record.PartyName, error) {
	text := strings.ToLower(strings.TrimSpace(search))
	return partyNames(s.db.QueryContext(ctx, receivers, party, text, pq.Array(roles), likePrefix(text)))
}

func partyNames(rows *sql.Rows, err error) ([]record.PartyName, error) {
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (n record.PartyName, err error) {
		var name []byte
		if err := row.Scan(&n.ID, &name); err != nil {
			return n, err
		}
		return n, json.Unmarshal(name, &n.Name)
	})
}
