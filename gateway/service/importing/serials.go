package importing

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/imports"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/goods"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// listedLot is a batch as the rows of a sheet of serials give it, and how many
// more of its rows are refused and stand elsewhere in the import.
type listedLot struct {
	rows    []imports.Row
	missing int
}

// runSerials decides rows of serials, lot by lot: a batch lists all its units
// or is not registered.
func (s *Service) runSerials(
	ctx context.Context, c service.Caller, j record.Job, r importRequest, rows []imports.Row,
	decided map[int]bool, out *rowWriter,
) error {
	lots, err := s.listedLots(ctx, j, r, rows)
	if err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(importWorkers)
	for _, l := range lots {
		if !slices.ContainsFunc(l.rows, func(row imports.Row) bool { return !decided[row.Number] }) {
			continue
		}
		g.Go(func() error {
			lotCaller := c
			lotCaller.Ref, lotCaller.Resumed = fmt.Sprintf("import/%s/%d", j.ID, l.rows[0].Number), j.Attempt > 1
			return s.decideLot(gctx, lotCaller, l, r.DryRun, out)
		})
	}
	return g.Wait()
}

// listedLots puts the rows of each lot together, in the order of the file.
func (s *Service) listedLots(
	ctx context.Context, j record.Job, r importRequest, rows []imports.Row,
) (lots []*listedLot, err error) {
	slices.SortFunc(rows, func(a, b imports.Row) int { return cmp.Compare(a.Number, b.Number) })
	byName := map[string]*listedLot{}
	for _, row := range rows {
		name := row.GTIN + "|" + row.Lot
		l := byName[name]
		if l == nil {
			l = &listedLot{}
			byName[name], lots = l, append(lots, l)
		}
		l.rows = append(l.rows, row)
	}
	if !r.Redo {
		return lots, nil
	}
	no := false
	refused, err := s.importRowsOf(ctx, j.ID, &no, 0, imports.MaxRows)
	for _, row := range refused {
		if l := byName[row.GTIN+"|"+row.Lot]; l != nil &&
			!slices.ContainsFunc(l.rows, func(x imports.Row) bool { return x.Number == row.Number }) {
			l.missing++
		}
	}
	return lots, err
}

// decideLot checks a lot and, unless it is a dry run, registers it where every
// row is good. What the ledger says of the lot it says to each of its rows.
func (s *Service) decideLot(ctx context.Context, c service.Caller, l *listedLot, dryRun bool, out *rowWriter) error {
	faults, err := s.lotFaults(ctx, l.rows)
	if err != nil {
		return err
	}
	var remarks []trace.Text
	var refused error
	switch {
	case len(faults)+l.missing > 0 && !dryRun:
		refused = service.Refuse(trace.RowsIncomplete, "", "rows_refused")
	case len(faults) < len(l.rows):
		err = patience(ctx, &c, func() error {
			remarks, refused = s.importLot(ctx, c, l.order(faults), dryRun)
			return refused
		})
	}
	if err != nil {
		return err
	}
	for i, row := range l.rows {
		fault, told := faults[row.Number], (*trace.Text)(nil)
		if fault == nil {
			fault = refused
		}
		if i == 0 && fault == nil {
			told = sentences(remarks)
		}
		if err := out.add(rowResult(row, told, fault)); err != nil {
			return err
		}
	}
	return nil
}

// lotFaults gives what is wrong with single rows of a lot: what the file says,
// dates that differ within the lot, serials that another lot has.
func (s *Service) lotFaults(ctx context.Context, rows []imports.Row) (map[int]error, error) {
	faults := map[int]error{}
	serials := map[string]int{}
	first := slices.IndexFunc(rows, func(r imports.Row) bool { return len(r.Faults) == 0 })
	for _, row := range rows {
		if len(row.Faults) > 0 {
			faults[row.Number] = row.Faults[0].Err
			continue
		}
		if field := otherwise(*rows[first].Batch, *row.Batch); field != "" {
			faults[row.Number] = service.Refuse(
				trace.DateInvalid, field, "row_says_otherwise", "row", rows[first].Number,
			)
		}
		serials[row.Serial] = row.Number
	}
	if first < 0 {
		return faults, nil
	}
	taken, err := s.Units.Taken(ctx, *rows[first].Batch, slices.Collect(maps.Keys(serials)))
	for serial, lot := range taken {
		if number := serials[serial]; faults[number] == nil {
			faults[number] = goods.SerialTaken("serial", serial, lot)
		}
	}
	return faults, err
}

// otherwise names the field in which a row contradicts the first of its lot; an
// empty one says the same.
func otherwise(first, row trace.Batch) string {
	for _, f := range []struct{ name, first, row string }{{"producedOn", string(first.ProducedOn), string(row.ProducedOn)},
		{"expiresOn", string(first.ExpiresOn), string(row.ExpiresOn)}, {"origin", first.Origin, row.Origin}, {"line", first.Line, row.Line}} {
		if f.row != "" && f.row != f.first {
			return f.name
		}
	}
	return ""
}

// order is the batch that a lot's good rows make.
func (l *listedLot) order(faults map[int]error) (o goods.BatchOrder) {
	for _, row := range l.rows {
		if faults[row.Number] != nil {
			continue
		}
		if o.Quantity == 0 {
			o.Batch = *row.Batch
		}
		o.Serials = append(o.Serials, row.Serial)
	}
	o.Quantity = int64(len(o.Serials))
	return o
}

// importLot registers a batch with its serials that is not there yet; a dry run
// says what would become of it.
func (s *Service) importLot(
	ctx context.Context, c service.Caller, o goods.BatchOrder, dryRun bool,
) ([]trace.Text, error) {
	if err := o.WithSerials(); err != nil {
		return nil, err
	}
	complete, err := s.Goods.CompleteBatch(ctx, c, o.Batch)
	if err != nil {
		return nil, err
	}
	old, ok, err := s.Store.Batch(ctx, complete.GTIN, complete.Lot)
	switch {
	case err != nil:
		return nil, err
	case ok && old.Producer == c.Party && sameBatch(old.Batch, complete):
		return nil, s.sameSerials(ctx, old.Batch, o.Serials)
	case ok:
		return nil, otherBatch(complete.Lot)
	case dryRun:
		alike, err := s.Goods.AlikeRemark(ctx, complete.GTIN, complete.Lot)
		remarks := goods.Guessable(o.Serials)
		if alike != nil {
			remarks = append(remarks, *alike)
		}
		return remarks, err
	}
	written, err := s.Goods.RegisterBatch(ctx, c, goods.BatchOrder{Batch: complete, Serials: o.Serials})
	return written.Remarks, err
}

func otherBatch(lot string) error {
	return service.Refuse(trace.BatchExists, "lot", "lot_registered_otherwise", "lot", lot)
}

// sameSerials says whether a batch lists just these serials, by its root.
func (s *Service) sameSerials(ctx context.Context, b trace.Batch, serials []string) error {
	keys, err := s.Units.KeysOf(b)
	if err != nil {
		return err
	}
	tree, err := seal.Commit(ctx, keys.WithSerials(0, serials), b.Quantity, nil)
	if err != nil {
		return err
	}
	if root := tree.Root(); hex.EncodeToString(root[:]) != b.UnitsRoot {
		return otherBatch(b.Lot)
	}
	return nil
}

// siblings are the refused rows that only wait for others of their lot.
func siblings(refused []ImportRow, mended map[int]bool) (rows []redoRow) {
	for _, r := range refused {
		if !mended[r.Number] && r.Reason != nil && *r.Reason == strings.ToLower(string(trace.RowsIncomplete)) {
			rows = append(rows, redoRow{Number: r.Number, Read: r.Read})
		}
	}
	return rows
}
