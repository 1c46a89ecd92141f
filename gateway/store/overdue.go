package store

import (
	"context"
	"time"
)

// remindOverdue tells both sides of a shipment that is partly received and past its
// day, and everybody concerned of a case past its deadline, the platform too, which
// decides it now: of each deadline once. $1 is the party that is told, ” for all.
const remindOverdue = `with late as (
		select 'overdue ' || s.id || ' ' || (s.doc ->> 'openUntil') as ref, 'receipt' as kind, unnest(array[s.sender, s.receiver]) as whom, s.id as subject,
			(s.doc ->> 'openUntil')::timestamptz as at,
			jsonb_build_object('event', 'received', 'status', 'overdue', 'from', s.sender, 'to', s.receiver, 'openUntil', s.doc -> 'openUntil') as detail
		from ledger.shipment s where s.received_at is null and s.doc ? 'openUntil' and (s.doc ->> 'openUntil')::timestamptz < $2
		union all
		select 'escalated ' || e.id || ' ' || e.next_due, 'case', p.id, e.id, e.next_due,
			jsonb_build_object('event', 'case_opened', 'status', 'escalated', 'cause', e.doc -> 'cause', 'shipment', e.shipment)
		from ledger.exception e join ledger.party p on p.id in (e.opener, e.counter) or p.doc -> 'roles' @> '["platform"]'
		where e.next_due < $2
	), told as (
		select row_number() over (order by at, ref) as nth, * from late where $1 in ('', whom)
	)` + deliverNew

// RemindOverdue adds the notices that deadlines between parties have brought about
// until now, to one party, or to all where party is empty. What was added before stays.
func (s *Store) RemindOverdue(ctx context.Context, party string, now time.Time) error {
	_, err := s.db.ExecContext(ctx, remindOverdue, party, now)
	return err
}
