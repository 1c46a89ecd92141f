package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/internal/scanimport"
	"github.com/touchstone-trace/touchstone/verifier/internal/store"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/replay"
)

// progressEvery is how often an import says how far it is.
const progressEvery = 10 * time.Second

// importScans adds a log of before to the log of scans. Lines that are refused
// are named on stderr; with any it ends with an error, the others being in.
func (c config) importScans(ctx context.Context, s *store.Store, in io.Reader, log *slog.Logger) error {
	codes, err := c.codes(log)
	if err != nil {
		return err
	}
	if err := s.Ready(ctx); err != nil {
		return err
	}
	said := time.Now()
	i := scanimport.Importer{Log: s, Codes: codes, Secret: []byte(c.ScanSecret), Now: time.Now(),
		Refused: func(row int, why *replay.FieldError) { fmt.Fprintf(os.Stderr, "row %d: %v\n", row, why) },
		Written: func(sum scanimport.Summary) {
			if time.Since(said) > progressEvery {
				log.Info("importing", "rows", sum.Rows, "added", sum.Added)
				said = time.Now()
			}
		}}
	sum, err := i.Run(ctx, in)
	fmt.Println(sum)
	if err != nil {
		return fmt.Errorf("not all is imported: %w; import the log again, what is there is not added twice", err)
	}
	if sum.Refused > 0 {
		return fmt.Errorf(
			"lines refused: %d; the others are in. Mend them and import the log again, what is there is not added twice",
			sum.Refused,
		)
	}
	return nil
}
