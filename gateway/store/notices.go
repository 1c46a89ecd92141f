package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// writeNotices adds what parties must be told of blocks, in the transaction that
// projects them. Blocks before the mark have been told of; the mark moves on
// with the checkpoint and, unlike it, never back.
func writeNotices(ctx context.Context, tx *sql.Tx, blocks []record.Block, notices []record.NewNotice) error {
	if len(blocks) == 0 {
		return nil
	}
	if err := exec(ctx, tx, notices, insertNotices); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `update app.notice_mark set next_block = greatest(next_block, $1)`,
		int64(blocks[len(blocks)-1].Number)+1)
	return err
}

// insertNotices puts notices into inboxes, each once, and on their way to the
// webhooks that want them.
const insertNotices = `with n as (
		select row_number() over () as nth, * from json_to_recordset($1) as t(ref text, block bigint, kind text, audience text, party text, subject text,
			at timestamptz, detail jsonb)
		where block >= (select next_block from app.notice_mark)
	), told as (
		select n.*, n.party as whom from n where audience = 'party'
		union
		select n.*, p.id from n join ledger.party p on p.doc -> 'roles' @> '["platform"]' where audience = 'platform'
		union
		select n.*, b.producer from n join ledger.batch b on b.gtin = n.detail ->> 'gtin' and b.lot = n.detail ->> 'lot'
		where audience = 'producer'
		union
		select n.*, p.id from n
		join ledger.recall_scope r on r.recall_id = n.subject
		join ledger.holding h on h.gtin = r.gtin and h.lot = r.lot and h.start < r.stop and h.stop > r.start
			and h.state in ('held', 'in_transit', 'sold')
		left join ledger.shipment s on s.id = h.holder
		join ledger.party p on p.id in (h.holder, s.sender, s.receiver)
		where audience = 'holders'
	)` + deliverNew

// deliverNew ends a statement whose CTE "told" has the notices.
const deliverNew = `, new as (
		insert into app.notice (party, kind, ref, subject, detail, at)
		select whom, kind, ref, subject, detail, at from told order by nth
		on conflict (ref, party, kind, subject) do nothing
		returning id, party, kind
	)
	insert into app.delivery (webhook_id, notice_id)
	select w.id, new.id from new join app.webhook w on w.party = new.party and w.deleted_at is null
		and (w.events = '{}' or new.kind = any (w.events))
	order by new.id`

// Remind adds notices that follow from a date, to the party that each names.
// What was added before stays as it is.
func (s *Store) Remind(ctx context.Context, notices []record.NewNotice) error {
	return s.InTx(ctx, func(tx *sql.Tx) error {
		return exec(
			ctx,
			tx,
			notices,
			`with told as (select row_number() over () as nth, *, party as whom from json_to_recordset($1)
			as t(ref text, kind text, party text, subject text, at timestamptz, detail jsonb))`+deliverNew,
		)
	})
}

const noticeDoc = `jsonb_strip_nulls(jsonb_build_object('id', n.id, 'party', n.party, 'kind', n.kind, 'subject', n.subject,
	'detail', n.detail, 'at', n.at, 'readAt', n.read_at))`

// notices are listed the unread ones first, then the newest.
var notices = list{
	from: "app.notice n", doc: noticeDoc, key: []column{{"(-n.id)", "bigint"}}, order: "unread",
	sorts: map[string]column{"unread": {"(n.read_at is not null)", "boolean"}, "at": {"n.at", "timestamptz"}},
	match: found("n.words", ""),
}

// Notices lists a party's inbox.
func (s *Store) Notices(
	ctx context.Context, f record.NoticeFilter, p record.Paging,
) (record.Page[record.Notice], error) {
	var w where
	w.add("n.party = ?", f.Party)
	w.given(string(f.Kind), "n.kind = ?")
	if f.UnreadOnly {
		w.add("n.read_at is null")
	}
	return listPage[record.Notice](ctx, s, notices, w, p)
}

// ReadNotice marks a notice as read; false where the party has no such notice.
func (s *Store) ReadNotice(ctx context.Context, party string, id int64) (bool, error) {
	return one(
		s.db.ExecContext(
			ctx,
			`update app.notice set read_at = coalesce(read_at, now()) where party = $1 and id = $2`,
			party,
			id,
		),
	)
}

// one reports whether a statement changed exactly one row.
func one(result sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// EachParty hands every party to fn, in the order of their ids.
func (s *Store) EachParty(ctx context.Context, fn func(trace.Party)) error {
	rows, err := s.db.QueryContext(ctx, `select doc from ledger.party order by id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var doc []byte
		var p trace.Party
		if err := rows.Scan(&doc); err != nil {
			return err
		}
		if err := json.Unmarshal(doc, &p); err != nil {
			return err
		}
		fn(p)
	}
	return rows.Err()
}
