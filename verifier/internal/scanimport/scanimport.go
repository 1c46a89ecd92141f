// Package scanimport brings scans of before into the log of scans: what another
// system kept of a market's shoppers. Whatever the log's rules are for scans that
// are confirmed here hold for them: units that were issued, a visit counted once,
// devices under names that change every month, cities and no streets.
//
// It reads the CSV of verifier/cmd/replay and knows nothing of SQL. What the
// scans mean is found by whoever follows the log, as for all others.
package scanimport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/replay"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// MaxAge is how long ago a scan may have been: longer than goods are kept that
// shoppers ask about.
const MaxAge = 5 * 365 * 24 * time.Hour

// Entry is a scan of before, or a PIN that was entered.
type Entry struct {
	ID     [16]byte // the same whenever the same line is imported
	Unit   verdict.Unit
	Kind   scanrisk.Kind // Scan, Activate or PINFailed
	At     time.Time
	Device []byte // keyed hash, different every month; empty where it is not known
	City   string
	Point  verdict.Point
}

// Log is the log of scans and the batches that units are of.
type Log interface {
	// Quantity is how many units a batch has; 0 where there is no such batch.
	Quantity(ctx context.Context, gtin, lot string) (int64, error)
	// ListedUnit finds a unit by the serial that its factory has printed.
	ListedUnit(ctx context.Context, gtin, lot, serial string) (index int64, found bool, err error)
	// Import adds the entries that are not there yet, in their order, all or
	// nothing, and says how many those were.
	Import(ctx context.Context, entries []Entry) (added int, err error)
}

// Codes tells which serials were issued.
type Codes interface {
	Check(gtin gs1.GTIN, lot, serial string) (seal.Issued, bool)
}

// Importer reads logs. Secret is behind the devices' names and the entries' IDs:
// under the same secret the same log adds nothing a second time.
type Importer struct {
	Log    Log
	Codes  Codes
	Secret []byte
	Now    time.Time
	// Refused hears of each line that is not taken, by its number after the heading.
	Refused func(row int, why *replay.FieldError)
	// Written hears of each part that is in the log for good.
	Written func(Summary)
}

// Summary counts the lines of a log by what became of them.
type Summary struct {
	Rows     int
	Added    int
	Known    int // had been imported before
	Repeated int // another look during a visit that counted
	Custody  int // sold, shipped, received: the ledger knows
	Refused  int
}

func (s Summary) String() string {
	return fmt.Sprintf(
		"lines: %d; added: %d; there already: %d; of a visit that counted: %d; of custody, which the ledger knows: %d; refused: %d",
		s.Rows,
		s.Added,
		s.Known,
		s.Repeated,
		s.Custody,
		s.Refused,
	)
}

// portion is how many entries are written at once.
const portion = 500

// Run imports a log in time order. Lines that are wrong are refused one by one
// and the others taken. Entries are written in portions: whatever ends it, what
// is written stays, and a second run adds the rest.
func (i Importer) Run(ctx context.Context, in io.Reader) (Summary, error) {
	log, err := replay.NewReader(in)
	if err != nil {
		return Summary{}, err
	}
	r := run{Importer: i, quantities: map[batch]int64{}, visits: visits{}}
	for {
		row, wrong, err := log.Next()
		if errors.Is(err, io.EOF) {
			return r.summary, r.write(ctx)
		}
		if err != nil {
			return r.summary, fmt.Errorf("row %d: read: %w", r.summary.Rows+1, err)
		}
		r.summary.Rows++
		if wrong == nil {
			wrong, err = r.take(ctx, row)
		}
		if err == nil && len(r.waiting) == portion {
			err = r.write(ctx)
		}
		if err != nil {
			return r.summary, err
		}
		if wrong != nil {
			r.summary.Refused++
			i.Refused(r.summary.Rows, wrong)
		}
	}
}
