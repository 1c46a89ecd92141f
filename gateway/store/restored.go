package store

import (
	"context"
	"encoding/json"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// BatchesWithoutTree gives the batches whose tree is not stored. A tree is stored
// before its batch is registered, so there are none but in a database that lost some.
func (s *Store) BatchesWithoutTree(ctx context.Context) ([]trace.Batch, error) {
	return documents[trace.Batch](ctx, s, `select b.doc from ledger.batch b
		where not exists (select from app.unit_tree t where t.units_root = decode(b.doc ->> 'unitsRoot', 'hex')) order by b.gtin, b.lot`)
}

// PartiesWithoutIdentity gives the ledger's parties that nothing can be signed for.
func (s *Store) PartiesWithoutIdentity(ctx context.Context) ([]trace.Party, error) {
	return documents[trace.Party](
		ctx,
		s,
		`select p.doc from ledger.party p where not exists (select from app.identity i where i.party = p.id) order by p.id`,
	)
}

// PartiesWithoutAccount gives the ledger's parties that never had an account here.
func (s *Store) PartiesWithoutAccount(ctx context.Context) ([]string, error) {
	return s.texts(
		ctx,
		`select p.id from ledger.party p where not exists (select from app.account a where a.party = p.id) order by p.id`,
	)
}

// LostComplaints gives the ledger's complaints whose words are not here.
func (s *Store) LostComplaints(ctx context.Context) ([]string, error) {
	return s.texts(
		ctx,
		`select c.id from ledger.complaint c where not exists (select from scan.complaint a where a.id = c.id) order by c.id`,
	)
}

// LostDocuments gives the parties' documents that the ledger names and that are not here.
func (s *Store) LostDocuments(ctx context.Context) ([]record.LostDocument, error) {
	rows, err := s.db.QueryContext(
		ctx,
		`select distinct p.id, h #>> '{}' from ledger.party p, jsonb_path_query(p.doc, '$.**.documentHash') h
		where h #>> '{}' <> '' and not exists (select from app.document d where encode(d.sha256, 'hex') = h #>> '{}') order by 1, 2`,
	)
	if err != nil {
		return nil, err
	}
	return collect(
		rows, func(row scanner) (d record.LostDocument, err error) { return d, row.Scan(&d.Party, &d.SHA256) },
	)
}

// Anchored gives all anchors that no gap covers with how much of them is here.
func (s *Store) Anchored(ctx context.Context) ([]record.Anchored, error) {
	rows, err := s.db.QueryContext(
		ctx,
		`select a.log, a.from_seq, a.to_seq, a.root, count(e.seq), coalesce(max(e.seq), a.from_seq - 1)
		from ledger.anchor a left join app.log_entry e on e.log = a.log and e.seq >= a.from_seq and e.seq < a.to_seq
		where not exists (select from app.log_gap g where g.log = a.log and g.from_seq <= a.from_seq and g.to_seq >= a.to_seq)
		group by a.log, a.from_seq order by a.log, a.from_seq`,
	)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (a record.Anchored, err error) {
		return a, row.Scan(&a.Log, &a.From, &a.To, &a.Root, &a.Here, &a.Last)
	})
}

// Digests gives those of a log's entries, in order.
func (s *Store) Digests(ctx context.Context, log string, from, to int64) ([][]byte, error) {
	var digests pq.ByteaArray
	err := s.db.QueryRowContext(ctx, `select coalesce(array_agg(digest order by seq), '{}') from app.log_entry
		where log = $1 and seq >= $2 and seq < $3`, log, from, to).Scan(&digests)
	return digests, err
}

// SaveGap notes which entries of a log were lost.
func (s *Store) SaveGap(ctx context.Context, g record.Gap) error {
	_, err := s.db.ExecContext(ctx, `insert into app.log_gap (log, from_seq, to_seq) values ($1, $2, $3)
		on conflict (log, from_seq) do update set to_seq = greatest(log_gap.to_seq, excluded.to_seq)`, g.Log, g.From, g.To)
	return err
}

func (s *Store) texts(ctx context.Context, query string) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (text string, err error) { return text, row.Scan(&text) })
}

func documents[T any](ctx context.Context, s *Store, query string) ([]T, error) {
	rows, err := s.db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (v T, err error) {
		var doc []byte
		if err := row.Scan(&doc); err != nil {
			return v, err
		}
		return v, json.Unmarshal(doc, &v)
	})
}
