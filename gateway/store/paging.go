package store

import (
	"context"
	"encoding/json"
	"strconv"
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

// readDocs reads rows of one document each.
func readDocs[T any](ctx context.Context, s *Store, query string, args ...any) ([]T, error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
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

// keyCursor reads a cursor of a number, smallest first, and an id.
func keyCursor(after string) (key, id string, err error) {
	if after == "" {
		return "-infinity", "", nil
	}
	key, id, found := strings.Cut(after, "|")
	if _, err := strconv.ParseFloat(key, 64); err != nil || !found {
		return "", "", trace.Errorf(trace.FieldInvalid, "after", "pass the next of the page before, unchanged")
	}
	return key, id, nil
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
