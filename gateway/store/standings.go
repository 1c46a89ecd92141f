package store

import (
	"context"
	"strings"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Standings lists parties by the day on which they lapse, the next one first
// and those of whom nothing is due last.
func (s *Store) Standings(ctx context.Context, f record.StandingFilter, p record.Paging) (record.Page[trace.Party], error) {
	day, id, found := strings.Cut(p.After, "|")
	if p.After != "" && !found {
		return record.Page[trace.Party]{}, trace.Errorf(trace.FieldInvalid, "after", "pass the next of the page before, unchanged")
	}
	return readPage[trace.Party](ctx, s, p.Limit, `select lapses || '|' || id, doc from (
			select id, doc, coalesce(ledger.lapses_on(doc), '9999-12-31') as lapses from ledger.party) p
		where (lapses, id) > ($1, $2)
		and ($4 = '' or $4 = case when doc ->> 'status' = 'qualified' and lapses < $3 then 'lapsed' else doc ->> 'status' end)
		and ($5 = '' or doc -> 'roles' ? $5)
		and ($6 = '' or strpos(lower(id || ' ' || (doc ->> 'name')), lower($6)) > 0)
		and (not $7 or lapses < $3) and ($8 = '' or lapses <= $8)
		order by lapses, id limit $9`,
		day, id, f.Today, f.Standing, f.Role, f.Text, f.Overdue, f.Until, p.Limit+1)
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
	rows, err := s.db.QueryContext(ctx, `select id, party, encode(sha256, 'hex'), content_type, name, size, created_at from app.document
		where party = $1 and (cardinality($2::text[]) = 0 or encode(sha256, 'hex') = any($2)) order by created_at desc, id`, party, pq.Array(hashes))
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (d record.DocumentEntry, err error) {
		err = row.Scan(&d.ID, &d.Party, &d.SHA256, &d.ContentType, &d.Name, &d.Size, &d.At)
		return d, err
	})
}
