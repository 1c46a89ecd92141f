package store

import (
	"context"
	"encoding/json"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// cases are listed by their deadline, those that wait for nothing last.
var cases = list{
	from: "ledger.exception e", doc: "e.doc", key: []column{{"e.id", "text"}}, order: "due",
	sorts: map[string]column{"due": {"e.next_due", "timestamptz"}, "openedAt": {"e.opened_at", "timestamptz"}},
	match: found("e.words", "", "e.opener", "e.counter"),
}

// Case gives a case as the ledger has it; false where there is none.
func (s *Store) Case(ctx context.Context, id string) (trace.Case, bool, error) {
	return readDoc[trace.Case](ctx, s, `select doc from ledger.exception where id = $1`, id)
}

// Cases lists cases, everybody's where party is empty.
func (s *Store) Cases(ctx context.Context, f record.CaseFilter, p record.Paging) (record.Page[trace.Case], error) {
	var w where
	if f.Party != "" {
		w.add("e.opener = ? or e.counter = ?", f.Party, f.Party)
	}
	w.given(f.Shipment, "e.shipment = ?")
	if f.OpenOnly {
		w.add("e.next_due < 'infinity'")
	}
	return listPage[trace.Case](ctx, s, cases, w, p)
}

// PendingCase gives the number of the case that waits about the same as another,
// "" where none does, and how many of its opener's wait in all.
func (s *Store) PendingCase(ctx context.Context, like trace.Case) (id string, waiting int, err error) {
	lines, err := json.Marshal(like.Lines)
	if err != nil {
		return "", 0, err
	}
	err = s.db.QueryRowContext(ctx, `select coalesce(max(id) filter (where shipment = $2 and doc ->> 'cause' = $3 and coalesce(doc ->> 'code', '') = $4
			and coalesce(doc -> 'lines', 'null') = $5::jsonb), ''), count(*)
		from ledger.exception where opener = $1 and next_due < 'infinity'`,
		like.Opener, like.Shipment, like.Cause, like.Code, string(lines)).
		Scan(&id, &waiting)
	return id, waiting, err
}

// CustodyTerms gives the terms that hold now.
func (s *Store) CustodyTerms(ctx context.Context) (trace.CustodyTerms, error) {
	terms, found, err := readDoc[trace.CustodyTerms](ctx, s, `select doc from ledger.custody_terms`)
	if !found {
		terms = trace.DefaultCustodyTerms
	}
	return terms, err
}

const upsertCases = `insert into ledger.exception (id, opener, counter, shipment, status, next_due, opened_at, doc, tx_id)
	select doc->>'id', doc->>'opener', coalesce(doc->>'with', ''), coalesce(doc->>'shipment', ''), doc->>'status',
		case when doc->>'status' = 'open' and doc ? 'with' then (doc->>'answerBy')::timestamptz
			when doc->>'status' in ('open', 'disputed') then (doc->>'decideBy')::timestamptz else 'infinity' end,
		(doc->>'openedAt')::timestamptz, doc, tx_id` + docs + `
	on conflict (id) do update set status = excluded.status, next_due = excluded.next_due, doc = excluded.doc`

const upsertCustodyTerms = `insert into ledger.custody_terms (doc, tx_id) select doc, tx_id` + docs + `
	on conflict (only_one) do update set doc = excluded.doc`
