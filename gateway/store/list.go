package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// list is how rows are listed, whatever they are: searched, narrowed, in one of
// several orders, a page at a time, counted up to a bound. Pages follow each
// other by the last row's own values, so that they stay right while rows are added.
type list struct {
	from  string            // "ledger.product p"
	doc   string            // what is read of a row, as JSON
	key   []column          // what tells rows apart and orders equal ones
	sorts map[string]column // what a caller may order by, none of it null
	order string            // unless the caller says otherwise: a name of sorts, after a hyphen the largest first
	match func(w *where, search string)
}

// column is an expression and its type.
type column struct{ expression, kind string }

// where collects conditions and their arguments. A question mark in a condition
// stands for its next argument.
type where struct {
	conditions []string
	args       []any
}

func (w *where) add(condition string, args ...any) {
	for _, a := range args {
		condition = strings.Replace(condition, "?", w.arg(a), 1)
	}
	w.conditions = append(w.conditions, "("+condition+")")
}

// given adds a condition on a value that is not empty.
func (w *where) given(value, condition string) {
	if value != "" {
		w.add(condition, value)
	}
}

func (w *where) arg(a any) string {
	w.args = append(w.args, a)
	return fmt.Sprintf("$%d", len(w.args))
}

func (w *where) String() string {
	if len(w.conditions) == 0 {
		return "true"
	}
	return strings.Join(w.conditions, " and ")
}

// orderOf says by which columns a caller wants the rows.
func (l list) orderOf(sort string) (by []column, descending bool, err error) {
	if sort == "" {
		sort = l.order
	}
	name, descending := strings.CutPrefix(sort, "-")
	first, ok := l.sorts[name]
	if !ok {
		return nil, false, service.Refuse(trace.FieldInvalid, "sort", "sort", "sort", trace.Quoted(40, sort))
	}
	return append([]column{first}, l.key...), descending, nil
}

// listPage reads a page of a list. w has the conditions that the list's callers add.
func listPage[T any](ctx context.Context, s *Store, l list, w where, p record.Paging) (record.Page[T], error) {
	page := record.Page[T]{Items: []T{}}
	if search := strings.TrimSpace(p.Search); search != "" {
		l.match(&w, search)
	}
	query, args, err := l.page(w, p)
	if err != nil {
		return page, err
	}
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return page, unfit(err)
	}
	defer rows.Close()
	if err := readItems(rows, p, &page); err != nil {
		return page, unfit(err)
	}
	switch n := len(page.Items); {
	case !p.Count:
	case p.After == "" && page.Next == "": // it is the only page
		page.Total = &n
	default:
		err = s.count(ctx, l, w, &page.Total, &page.More)
	}
	return page, err
}

// page writes the query for a page: its rows are the cursor after each and its
// document. Rows are found and ordered by their keys alone, and only those of the
// page are read whole.
func (l list) page(w where, p record.Paging) (string, []any, error) {
	by, descending, err := l.orderOf(p.Sort)
	if err != nil {
		return "", nil, err
	}
	direction, beyond := "", ">"
	if descending {
		direction, beyond = " desc", "<"
	}
	if p.After != "" {
		if err := afterCursor(&w, by, beyond, p); err != nil {
			return "", nil, err
		}
	}
	var found, cursor, order, same []string
	for i, c := range by {
		name := fmt.Sprintf("c%d", i)
		found = append(found, c.expression+" as "+name)
		cursor = append(cursor, "at."+name+"::text")
		order = append(order, "at."+name+direction)
		if i > 0 {
			same = append(same, c.expression+" = at."+name)
		}
	}
	query := fmt.Sprintf(
		`select json_build_array(%s), %s
		from (select %s from %s where %s order by %s limit %s) at, %s where %s order by %s`,
		strings.Join(cursor, ", "),
		l.doc,
		strings.Join(found, ", "),
		l.from,
		w.String(),
		strings.ReplaceAll(strings.Join(order, ", "), "at.", ""),
		w.arg(p.Limit+1),
		l.from,
		strings.Join(same, " and "),
		strings.Join(order, ", "),
	)
	return query, w.args, nil
}

// position is a cursor: the order it belongs to and the last row's values in it.
type position struct {
	Sort   string   `json:"s"`
	Values []string `json:"v"`
}

var errCursor = service.Refuse(trace.FieldInvalid, "after", "next_same_sort")

func afterCursor(w *where, by []column, beyond string, p record.Paging) error {
	var at position
	data, err := base64.RawURLEncoding.DecodeString(p.After)
	if err != nil || json.Unmarshal(data, &at) != nil || at.Sort != p.Sort || len(at.Values) != len(by) {
		return errCursor
	}
	var left, right []string
	for i, c := range by {
		left = append(left, c.expression)
		right = append(right, w.arg(at.Values[i])+"::"+c.kind)
	}
	w.conditions = append(
		w.conditions, fmt.Sprintf("(%s) %s (%s)", strings.Join(left, ", "), beyond, strings.Join(right, ", ")),
	)
	return nil
}

func readItems[T any](rows *sql.Rows, p record.Paging, page *record.Page[T]) error {
	at := position{Sort: p.Sort}
	for rows.Next() {
		if len(page.Items) == p.Limit {
			data, err := json.Marshal(at)
			page.Next = base64.RawURLEncoding.EncodeToString(data)
			return err
		}
		var cursor, doc []byte
		var item T
		if err := rows.Scan(&cursor, &doc); err != nil {
			return err
		}
		if err := errors.Join(json.Unmarshal(cursor, &at.Values), json.Unmarshal(doc, &item)); err != nil {
			return err
		}
		page.Items = append(page.Items, item)
	}
	return rows.Err()
}

// count counts the rows up to record.MaxTotal.
func (s *Store) count(ctx context.Context, l list, w where, total **int, more *bool) error {
	n := 0
	query := "select count(*) from (select from " + l.from + " where " + w.String() + " limit " + w.arg(
		record.MaxTotal+1,
	) + ") x"
	if err := s.db.QueryRowContext(ctx, query, w.args...).Scan(&n); err != nil {
		return unfit(err)
	}
	*more, n = n > record.MaxTotal, min(n, record.MaxTotal)
	*total = &n
	return nil
}

// unfit says of values that Postgres cannot read (SQLSTATE class 22) that they
// are the caller's: a cursor that was tampered with.
func unfit(err error) error {
	if e, ok := errors.AsType[*pq.Error](err); ok && e.Code.Class() == "22" {
		return errCursor
	}
	return err
}

// likePrefix is a LIKE pattern for what begins with s.
func likePrefix(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s) + "%"
}

// found makes a list's match: the text stands in words, which is folded as
// searches are, in the name of the product gtin, or in that of a party. The
// columns gtin and parties may be left out. What is named so is found once, as
// an array: as a subselect it was, in some plans, read again for every row.
func found(words, gtin string, parties ...string) func(*where, string) {
	conditions := "position(? in " + words + ") > 0"
	if gtin != "" {
		conditions += " or " + gtin + " = any (array(select p.gtin from ledger.product p where " + inTitle + "))"
	}
	for _, party := range parties {
		conditions += " or " + party + " = any (array(select p.id from ledger.party p where position(? in p.words) > 0))"
	}
	return func(w *where, search string) {
		text := folded(search)
		args := make([]any, strings.Count(conditions, "?"))
		for i := range args {
			args[i] = text
		}
		w.add(conditions, args...)
	}
}
