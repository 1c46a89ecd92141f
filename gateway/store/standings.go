package store

import (
	"context"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// standings are the parties by the day on which they lapse, the next one first
// and those of whom nothing is due last.
var standings = list{
	from:  "ledger.party p",
	doc:   "p.doc",
	key:   parties.key,
	order: "lapsesOn",
	sorts: parties.sorts,
	match: parties.match,
}

// Standings lists parties as they stand.
func (s *Store) Standings(
	ctx context.Context, f record.StandingFilter, p record.Paging,
) (record.Page[trace.Party], error) {
	lapses := parties.sorts["lapsesOn"].expression
	var w where
	if f.Standing != "" {
		w.add(
			"case when p.doc ->> 'status' = 'qualified' and "+lapses+" < ? then 'lapsed' else p.doc ->> 'status' end = ?",
			f.Today,
			f.Standing,
		)
	}
	if f.Role != "" {
		w.add("jsonb_exists(p.doc -> 'roles', ?)", f.Role)
	}
	if f.Overdue {
		w.add(lapses+" < ?", f.Today)
	}
	w.given(string(f.Until), lapses+" <= ?")
	return listPage[trace.Party](ctx, s, standings, w, p)
}

// ComplaintsAgainstAny gives the complaints that count for the standing of any of
// the parties.
func (s *Store) ComplaintsAgainstAny(ctx context.Context, parties []string) ([]trace.Complaint, error) {
	return readDocs[trace.Complaint](ctx, s, `select c.doc from unnest($1::text[]) as p(id) cross join lateral (
		select doc from ledger.complaint where respondent = p.id order by opened_at desc, id limit $2) c`, pq.Array(parties), maxAgainst)
}

// DocumentsOf lists a party's documents, the newest first; where hashes are
// given, only those with one of these SHA-256 in hex.
func (s *Store) DocumentsOf(ctx context.Context, party string, hashes []string) ([]record.DocumentEntry, error) {
	rows, err := s.db.QueryContext(
		ctx,
		`select id, party, encode(sha256, 'hex'), content_type, name, size, created_at from app.document
		where party = $1 and (cardinality($2::text[]) = 0 or encode(sha256, 'hex') = any($2)) order by created_at desc, id`,
		party,
		pq.Array(hashes),
	)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (d record.DocumentEntry, err error) {
		err = row.Scan(&d.ID, &d.Party, &d.SHA256, &d.ContentType, &d.Name, &d.Size, &d.At)
		return d, err
	})
}
