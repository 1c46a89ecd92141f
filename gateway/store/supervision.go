package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

const upsertChecks = `insert into ledger.compliance_check (id, party, at, doc, tx_id)
	select doc->>'id', doc->>'party', (doc->>'at')::timestamptz, doc, tx_id` + docs + `
	on conflict (id) do update set doc = excluded.doc`

// Checks lists a party's compliance checks, the newest first.
func (s *Store) Checks(ctx context.Context, party string, p record.Paging) (record.Page[trace.ComplianceCheck], error) {
	var w where
	w.add("c.party = ?", party)
	return listPage[trace.ComplianceCheck](ctx, s, checks, w, p)
}

var checks = list{
	from: "ledger.compliance_check c", doc: "c.doc", key: []column{{"c.id", "text"}}, order: "-at",
	sorts: map[string]column{"at": {"c.at", "timestamptz"}}, match: found("ledger.folded(c.id)", ""),
}

// Applicants lists the parties whose application waits for a decision, who has
// waited longest first where nothing else is asked for.
func (s *Store) Applicants(ctx context.Context, p record.Paging) (record.Page[trace.Party], error) {
	var w where
	w.add("p.doc #>> '{application,status}' = 'submitted'")
	return listPage[trace.Party](ctx, s, applicants, w, p)
}

var applicants = list{
	from: "ledger.party p", doc: "p.doc", key: parties.key, order: "submittedAt", match: parties.match,
	sorts: map[string]column{
		"submittedAt": {"p.applied_at", "timestamptz"},
		"id":          parties.sorts["id"], "name": parties.sorts["name"],
	},
}

// SaveDocument keeps a party's document and gives its id: the one it has
// already where the party has given the same file before. It is empty where the
// party would have more documents or bytes than it may.
func (s *Store) SaveDocument(ctx context.Context, d record.Document, most, mostBytes int64) (id string, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		if err := takeTurns(ctx, tx, d.Party); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `insert into app.document (id, party, sha256, content_type, name, size, content, account)
			select $1, $2, $3, $4, $5, $6::bigint, $7, $8
			from (select count(*) as n, coalesce(sum(size), 0) as bytes from app.document where party = $2 and sha256 <> $3) others
			where n < $9 and bytes + $6::bigint <= $10
			on conflict (party, sha256) do update set party = excluded.party returning id`,
			d.ID, d.Party, d.SHA256[:], d.ContentType, d.Name, d.Size, d.Content, d.Account, most, mostBytes).
			Scan(&id)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// Document gives a document; false where there is none.
func (s *Store) Document(ctx context.Context, id string) (record.Document, bool, error) {
	d, hash := record.Document{ID: id}, []byte(nil)
	err := s.db.QueryRowContext(ctx, `select party, sha256, content_type, name, size, content from app.document where id = $1`, id).
		Scan(&d.Party, &hash, &d.ContentType, &d.Name, &d.Size, &d.Content)
	if errors.Is(err, sql.ErrNoRows) {
		return d, false, nil
	}
	if err != nil {
		return d, false, err
	}
	d.SHA256 = [32]byte(hash)
	return d, true, nil
}

// HasDocument reports whether a party has given a document with a SHA-256 in hex.
func (s *Store) HasDocument(ctx context.Context, party, sha256 string) (has bool, err error) {
	err = s.db.QueryRowContext(ctx, `select exists (select 1 from app.document where party = $1 and encode(sha256, 'hex') = $2)`,
		party, sha256).
		Scan(&has)
	return has, err
}
