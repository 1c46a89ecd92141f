package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// readPage runs a query whose rows are a cursor and a document, in order, and
// which was given limit+1 as its limit.
func readPage[T any](ctx context.Context, s *Store, limit int, query string, args ...any) (record.Page[T], error) {
	page := record.Page[T]{Items: []T{}}
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return page, err
	}
	defer rows.Close()
	cursor := ""
	for rows.Next() {
		if len(page.Items) == limit {
			page.Next = cursor
			break
		}
		var doc []byte
		var item T
		if err := rows.Scan(&cursor, &doc); err != nil {
			return page, err
		}
		if err := json.Unmarshal(doc, &item); err != nil {
			return page, err
		}
		page.Items = append(page.Items, item)
	}
	return page, rows.Err()
}

// splitCursor reads a cursor of a time and parts-1 further keys. The first page
// begins at the end of time.
func splitCursor(after string, parts int) ([]string, error) {
	if after == "" {
		return append([]string{"infinity"}, make([]string, parts-1)...), nil
	}
	keys := strings.SplitN(after, "|", parts)
	if len(keys) == parts {
		if _, err := time.Parse("2006-01-02 15:04:05.999999Z07", keys[0]); err == nil {
			return keys, nil
		}
	}
	return nil, trace.Errorf(trace.FieldInvalid, "after", "pass the next of the page before, unchanged")
}
