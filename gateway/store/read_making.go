package store

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Transformation gives how a batch was made; false where it was made from
// nothing on the ledger.
func (s *Store) Transformation(ctx context.Context, gtin, lot string) (trace.Transformation, bool, error) {
	return readDoc[trace.Transformation](
		ctx,
		s,
		`select doc from ledger.transformation where gtin = $1 and lot = $2`,
		gtin,
		lot,
	)
}

// handledBy is true for the containers c that party $1 packed, has, sent or is being sent.
const handledBy = `(c.holder = $1 or c.packed_by = $1 or exists (select 1 from ledger.shipment s
	where s.id = c.holder and (s.sender = $1 or s.receiver = $1)))`

// Container gives a container that a party handles, any where party is empty.
func (s *Store) Container(ctx context.Context, party, sscc string) (trace.Container, bool, error) {
	return readDoc[trace.Container](ctx, s, `select c.doc from ledger.container c
		where c.sscc = $2 and ($1 = '' or `+handledBy+`)`, party, sscc)
}

// Containers lists the containers that a party handles, all where party is empty, and only those
// that are closed and in no other one where outermost is set.
func (s *Store) Containers(
	ctx context.Context, party string, outermost bool, p record.Paging,
) (record.Page[trace.Container], error) {
	var w where
	if party != "" {
		w.add(strings.ReplaceAll(handledBy, "$1", w.arg(party)))
	}
	if outermost {
		w.add("c.unpacked_at is null and c.doc -> 'parent' is null")
	}
	return listPage[trace.Container](ctx, s, containers, w, p)
}

var containers = list{
	from: "ledger.container c", doc: "c.doc", key: []column{{"c.sscc", "text"}}, order: "sscc",
	sorts: map[string]column{"sscc": {"c.sscc", "text"}, "packedAt": {"c.packed_at", "timestamptz"}},
	match: found("c.words", "", "c.holder", "c.packed_by"),
}

// Descendants gives the batches that were made from any of the units, at any
// remove, the nearest first, each once and whole: which of its units took in
// which of theirs, nobody knows. A circle, which the ledger cannot make, ends.
func (s *Store) Descendants(ctx context.Context, units []trace.Line) ([]record.Relative, error) {
	return s.relatives(ctx, units, `select distinct b.gtin, b.lot, 0, b.quantity, i.gtin, i.lot
		from json_to_recordset($1) as m(gtin text, lot text, start bigint, stop bigint)
		join ledger.transformation_input i on i.gtin = m.gtin and i.lot = m.lot and i.start < m.stop and i.stop > m.start
		join ledger.batch b on b.gtin = i.into_gtin and b.lot = i.into_lot order by 1, 2, 5, 6`)
}

// Ancestors gives the units that the batches of the lines were made from, at
// any remove, the nearest first, by their batch.
func (s *Store) Ancestors(ctx context.Context, units []trace.Line) ([]record.Relative, error) {
	return s.relatives(ctx, units, `select distinct i.gtin, i.lot, i.start, i.stop, i.into_gtin, i.into_lot
		from json_to_recordset($1) as m(gtin text, lot text)
		join ledger.transformation_input i on i.into_gtin = m.gtin and i.into_lot = m.lot order by 1, 2, 3, 5, 6`)
}

// relatives follows one step after another until a step leads to nothing new.
func (s *Store) relatives(ctx context.Context, units []trace.Line, step string) ([]record.Relative, error) {
	found := family{at: map[record.BatchName]int{}, seen: map[trace.Line]bool{}}
	for depth := 1; len(units) > 0; depth++ {
		next, err := s.step(ctx, units, step)
		if err != nil {
			return nil, err
		}
		units = nil
		for _, k := range next {
			if found.add(k, depth) {
				units = append(units, k.line)
			}
		}
	}
	return found.all, nil
}

// kin is units of a batch that are one transformation away from another one.
type kin struct {
	line trace.Line
	via  record.BatchName
}

func (s *Store) step(ctx context.Context, units []trace.Line, query string) ([]kin, error) {
	lines, err := json.Marshal(lineRows(units))
	if err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, query, lines)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (k kin, err error) {
		err = row.Scan(&k.line.GTIN, &k.line.Lot, &k.line.From, &k.line.Count, &k.via.GTIN, &k.via.Lot)
		k.line.Count -= k.line.From // as read it is the index after the last unit
		return k, err
	})
}

// family gathers relatives, each batch at the depth where it was first met.
type family struct {
	all  []record.Relative
	at   map[record.BatchName]int
	seen map[trace.Line]bool
}

// add says whether the units are new.
func (f *family) add(k kin, depth int) bool {
	if f.seen[k.line] {
		return false
	}
	f.seen[k.line] = true
	name := record.BatchName{GTIN: k.line.GTIN, Lot: k.line.Lot}
	i, known := f.at[name]
	if !known {
		i = len(f.all)
		f.at[name] = i
		f.all = append(f.all, record.Relative{GTIN: name.GTIN, Lot: name.Lot, Depth: depth, Via: k.via})
	}
	f.all[i].Lines = append(f.all[i].Lines, k.line)
	return true
}
