package store

import (
	"context"
	_ "embed"
	"encoding/json"
	"strings"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

//go:embed search.sql
var searchQuery string

// Search finds what a text names among what a party may see, everything where
// SeenBy is empty: at most a few of each kind.
func (s *Store) Search(ctx context.Context, l record.Lookup) ([]record.Hit, error) {
	query := strings.NewReplacer("{seenBy}", seenBy, "{handledBy}", handledBy).Replace(searchQuery)
	rows, err := s.db.QueryContext(ctx, query, l.SeenBy, l.Text, l.GTIN, l.SSCC, likeEscape.Replace(l.Text)+"%")
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (h record.Hit, err error) {
		var doc []byte
		if err := row.Scan(&doc); err != nil {
			return h, err
		}
		return h, json.Unmarshal(doc, &h)
	})
}

// likeEscape makes a text that LIKE takes as it stands.
var likeEscape = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)
