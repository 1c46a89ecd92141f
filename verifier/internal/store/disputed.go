package store

import (
	"context"
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Disputed keeps what the read model and the ledger say of a unit where they do not
// agree; a nil ledger says that it could not be read. Of one unit one row a minute
// is kept, and none is taken out: it is evidence.
func (s *Store) Disputed(ctx context.Context, records trace.Facts, ledger *trace.Facts) error {
	ours, err := trace.Marshal(records)
	if err != nil {
		return err
	}
	var theirs []byte
	if ledger != nil {
		if theirs, err = trace.Marshal(ledger); err != nil {
			return err
		}
	}
	_, err = s.writes.ExecContext(ctx, `insert into scan.disputed_facts (gtin, lot, unit_index, records, ledger)
		select $1, $2, $3, $4, $5 where not exists (
			select from scan.disputed_facts where at > $6 and gtin = $1 and lot = $2 and unit_index = $3)`,
		records.GTIN, records.Lot, records.Index, string(ours), nullable(theirs), time.Now().Add(-time.Minute))
	if err != nil {
		return fmt.Errorf("keep disputed facts: %w", err)
	}
	return nil
}

func nullable(text []byte) any {
	if text == nil {
		return nil
	}
	return string(text)
}
