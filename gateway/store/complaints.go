package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Complaint gives a complaint as the ledger has it; false where there is none.
func (s *Store) Complaint(ctx context.Context, id string) (trace.Complaint, bool, error) {
	return readDoc[trace.Complaint](ctx, s, `select doc from ledger.complaint where id = $1`, id)
}

// Complaints lists complaints, those with the earliest deadline first, which
// are the overdue ones; those that wait for nothing come last.
func (s *Store) Complaints(
	ctx context.Context, f record.ComplaintFilter, p record.Paging,
) (record.Page[trace.Complaint], error) {
	var w where
	w.given(f.Respondent, "c.respondent = ?")
	switch f.Status {
	case "":
	case trace.ComplaintEscalated:
		w.add("c.due < now()")
	default:
		w.add("c.status = ? and c.due >= now()", string(f.Status))
	}
	if u := f.Unit; u != nil {
		w.add("c.gtin = ? and c.lot = ? and c.unit_index = ?", u.GTIN, u.Lot, u.From)
	}
	return listPage[trace.Complaint](ctx, s, complaints, w, p)
}

var complaints = list{
	from:  "ledger.complaint c",
	doc:   "c.doc",
	key:   []column{{"c.id", "text"}},
	order: "due",
	sorts: map[string]column{
		"due":      {"c.due", "timestamptz"},
		"openedAt": {"c.opened_at", "timestamptz"},
		"id":       {"c.id", "text"},
	},
	match: found("c.words", "c.gtin", "c.respondent"),
}

// ComplaintsAgainst gives every complaint against a party, for its standing.
func (s *Store) ComplaintsAgainst(ctx context.Context, party string) ([]trace.Complaint, error) {
	return readDocs[trace.Complaint](ctx, s, `select doc from ledger.complaint
		where respondent = $1 order by opened_at desc, id limit $2`, party, maxAgainst)
}

// maxAgainst bounds what counts for a standing: the newest ten thousand.
const maxAgainst = 10_000

// ComplaintTerms gives the terms that hold now.
func (s *Store) ComplaintTerms(ctx context.Context) (trace.ComplaintTerms, error) {
	terms, found, err := readDoc[trace.ComplaintTerms](ctx, s, `select doc from ledger.complaint_terms`)
	if !found {
		terms = trace.DefaultComplaintTerms
	}
	return terms, err
}

// Evidence gives what a shopper sent; empty where the complaint was not made here.
func (s *Store) Evidence(ctx context.Context, complaint string) (record.Evidence, error) {
	var e record.Evidence
	err := s.db.QueryRowContext(ctx, `select text from scan.complaint where id = $1`, complaint).Scan(&e.Text)
	if err != nil {
		return e, ignoreNone(err)
	}
	rows, err := s.db.QueryContext(
		ctx,
		`select number, encode(sha256, 'hex') from scan.complaint_photo where complaint_id = $1 order by number`,
		complaint,
	)
	if err != nil {
		return e, err
	}
	e.Photos, err = collect(rows, func(row scanner) (p record.Photo, err error) {
		return p, row.Scan(&p.Number, &p.SHA256)
	})
	return e, err
}

func ignoreNone(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

// HasGround reports whether a complaint counts in a verdict while it is pending.
func (s *Store) HasGround(ctx context.Context, complaint string) (has bool, err error) {
	err = s.db.QueryRowContext(ctx, `select exists (select from app.complaint_ground where complaint = $1 union all select from scan.complaint_pin where complaint = $1)`, complaint).
		Scan(&has)
	return has, err
}

// AdmitComplaint keeps that somebody of the platform has looked at a complaint; the first to do so stands.
func (s *Store) AdmitComplaint(ctx context.Context, complaint, account string) error {
	_, err := s.db.ExecContext(
		ctx,
		`insert into app.complaint_ground (complaint, account) values ($1, $2) on conflict (complaint) do nothing`,
		complaint,
		account,
	)
	return err
}

// ComplaintPhoto gives a photo, a JPEG without metadata; nil where there is none.
func (s *Store) ComplaintPhoto(ctx context.Context, complaint string, number int) ([]byte, error) {
	var data []byte
	err := s.db.QueryRowContext(ctx, `select data from scan.complaint_photo where complaint_id = $1 and number = $2`, complaint, number).
		Scan(&data)
	return data, ignoreNone(err)
}

// SaveStatement keeps what a respondent says, before the ledger has its hash.
func (s *Store) SaveStatement(ctx context.Context, x record.Said) error {
	_, err := s.db.ExecContext(
		ctx,
		`insert into app.complaint_statement (complaint_id, evidence_hash, party, account, salt, text)
		values ($1, $2, $3, $4, $5, $6)`,
		x.Complaint,
		x.EvidenceHash[:],
		x.Party,
		x.Account,
		x.Salt[:],
		x.Text,
	)
	return err
}

// Statement gives the text of the statement with a hash; empty where it is not here.
func (s *Store) Statement(ctx context.Context, complaint, evidenceHash string) (string, error) {
	hash, err := hex.DecodeString(evidenceHash)
	if err != nil {
		return "", err
	}
	var text string
	err = s.db.QueryRowContext(ctx, `select text from app.complaint_statement where complaint_id = $1 and evidence_hash = $2`, complaint, hash).
		Scan(&text)
	return text, ignoreNone(err)
}

// ComplaintTasks gives tasks that are due, at most 100, each with where its
// unit is now.
func (s *Store) ComplaintTasks(ctx context.Context) ([]record.ComplaintTask, error) {
	rows, err := s.db.QueryContext(ctx, `select c.id, t.kind, c.gtin, c.lot, c.unit_index, c.evidence_hash, t.tries,
			coalesce(h.holder, ''), coalesce(h.container, '')
		from app.complaint_task t join scan.complaint c on c.id = t.complaint_id
		left join lateral (select * from ledger.holding x where x.gtin = c.gtin and x.lot = c.lot and x.start <= c.unit_index
			order by x.start desc limit 1) h on true
		where t.done_at is null and t.next_try <= now()
		and not (t.kind = 'withdraw' and exists (select 1 from app.complaint_task o
			where o.complaint_id = t.complaint_id and o.kind = 'open' and o.done_at is null))
		order by t.next_try limit 100`)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (t record.ComplaintTask, err error) {
		var hash []byte
		err = row.Scan(&t.Complaint, &t.Kind, &t.GTIN, &t.Lot, &t.Index, &hash, &t.Tries, &t.Holder, &t.Container)
		copy(t.EvidenceHash[:], hash)
		return t, err
	})
}

// EndComplaintTask notes that a task is done.
func (s *Store) EndComplaintTask(ctx context.Context, t record.ComplaintTask) error {
	_, err := s.db.ExecContext(
		ctx,
		`update app.complaint_task set done_at = now(), error = null where complaint_id = $1 and kind = $2`,
		t.Complaint,
		t.Kind,
	)
	return err
}

// DelayComplaintTask notes why a task could not be done, and when to try again.
func (s *Store) DelayComplaintTask(ctx context.Context, t record.ComplaintTask, why string, wait time.Duration) error {
	_, err := s.db.ExecContext(ctx, `update app.complaint_task set tries = tries + 1, error = $3,
		next_try = now() + make_interval(secs => $4) where complaint_id = $1 and kind = $2`, t.Complaint, t.Kind, why, wait.Seconds())
	return err
}
