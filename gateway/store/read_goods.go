package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// readDoc reads one document of the read model; false where there is none.
func readDoc[T any](ctx context.Context, s *Store, query string, args ...any) (T, bool, error) {
	var v T
	var doc []byte
	err := s.db.QueryRowContext(ctx, query, args...).Scan(&doc)
	if errors.Is(err, sql.ErrNoRows) {
		return v, false, nil
	}
	if err != nil {
		return v, false, err
	}
	return v, true, json.Unmarshal(doc, &v)
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

// entry is what record.Entry needs of a table's row.
func entry(table string) string {
	return strings.ReplaceAll(
		`'txId', $.tx_id, 'block', $.block, 'changedTxId', $.changed_tx_id, 'changedBlock', $.changed_block`,
		"$",
		table,
	)
}

var (
	productDoc = `p.doc || jsonb_build_object(` + entry("p") + `, 'registeredAt', p.registered_at)`
	batchDoc   = `b.doc || jsonb_build_object(` + entry("b") + `, 'productName', coalesce(p.doc -> 'name', '{}'))`
)

var products = list{
	from: "ledger.product p", doc: productDoc, key: []column{{"p.gtin", "text"}}, order: "gtin", match: matchProduct,
	sorts: map[string]column{
		"gtin": {
			"p.gtin",
			"text",
		},
		"name":         {"p.name", "text"},
		"brand":        {"p.brand", "text"},
		"registeredAt": {"p.registered_at", "timestamptz"},
	},
}

// matchProduct takes digits for the beginning of a barcode, with or without the
// zeros before it, and finds anything else within names, brands and specifications.
func matchProduct(w *where, search string) {
	if isDigits(search) {
		w.add("p.gtin like ? or p.gtin like ? or "+inTitle, likePrefix(search), likePrefix("0"+search), folded(search))
		return
	}
	w.add(inTitle, folded(search))
}

const inTitle = `position(? in p.title) > 0`

func folded(s string) string { return strings.ToLower(norm.NFKC.String(s)) }

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// Product gives a product; false where it is not registered.
func (s *Store) Product(ctx context.Context, gtin string) (record.Product, bool, error) {
	return readDoc[record.Product](ctx, s, `select `+productDoc+` from ledger.product p where gtin = $1`, gtin)
}

// Products lists products.
func (s *Store) Products(
	ctx context.Context, f record.ProductFilter, p record.Paging,
) (record.Page[record.Product], error) {
	var w where
	w.given(f.Owner, "p.owner = ?")
	w.given(f.Brand, "p.brand = ?")
	w.given(f.Category, "p.category = ?")
	return listPage[record.Product](ctx, s, products, w, p)
}

var batches = list{
	from:  "ledger.batch b left join ledger.product p using (gtin)",
	doc:   batchDoc,
	key:   []column{{"b.gtin", "text"}, {"b.lot", "text"}},
	order: "-registeredAt",
	match: matchBatch,
	sorts: map[string]column{
		"registeredAt": {
			"b.registered_at",
			"timestamptz",
		},
		"producedOn": {"b.produced_on", "text"},
		"expiresOn":  {"b.expires_on", "text"},
		"quantity":   {"b.quantity", "bigint"},
		"lot":        {"b.lot", "text"},
		"gtin":       {"b.gtin", "text"},
	},
}

// matchBatch finds a batch by the beginning of its lot or by its product.
func matchBatch(w *where, search string) {
	var p where
	p.args = w.args
	matchProduct(&p, search)
	w.args = p.args
	w.add(
		"upper(b.lot) like ? or b.gtin in (select p.gtin from ledger.product p where "+p.String()+")",
		likePrefix(strings.ToUpper(search)),
	)
}

// Batch gives a batch; false where it is not registered.
func (s *Store) Batch(ctx context.Context, gtin, lot string) (record.Batch, bool, error) {
	return readDoc[record.Batch](
		ctx,
		s,
		`select `+batchDoc+` from `+batches.from+` where b.gtin = $1 and b.lot = $2`,
		gtin,
		lot,
	)
}

// seenBy are the batches that party $1 made, has, had, or is being sent.
const seenBy = `select gtin, lot from ledger.handled where party = $1
	union all select h.gtin, h.lot from ledger.holding h join ledger.shipment s on s.id = h.holder
	where h.state = 'in_transit' and s.receiver = $1`

// Batches lists batches, the newest first where nothing else is asked for.
func (s *Store) Batches(ctx context.Context, f record.BatchFilter, p record.Paging) (record.Page[record.Batch], error) {
	var w where
	if f.SeenBy != "" && f.SeenBy != f.Producer {
		// What somebody made is seen without a look at the rest.
		w.add("b.producer = ? or (b.gtin, b.lot) in ("+strings.ReplaceAll(seenBy, "$1", w.arg(f.SeenBy))+")", f.SeenBy)
	}
	w.given(f.GTIN, "b.gtin = ?")
	w.given(f.Producer, "b.producer = ?")
	w.given(string(f.Status), "b.status = ?")
	w.given(string(f.ExpiresBefore), "b.expires_on < ?")
	if f.Correcting {
		w.add("jsonb_exists(b.doc, 'correcting')") // the question mark of the operator is a place for an argument here
	}
	return listPage[record.Batch](ctx, s, batches, w, p)
}

// BatchSeenBy reports whether a party made a batch, or has or had units of it.
func (s *Store) BatchSeenBy(ctx context.Context, party, gtin, lot string) (bool, error) {
	var seen bool
	err := s.db.QueryRowContext(ctx, `select exists (select from (`+seenBy+`) b where b.gtin = $2 and b.lot = $3)`, party, gtin, lot).
		Scan(&seen)
	return seen, err
}

// LotsAlike gives the other lots of the product that differ from this one only in
// small and capital letters, or in the letter O and the figure 0, the oldest first.
func (s *Store) LotsAlike(ctx context.Context, gtin, lot string) (others []string, err error) {
	err = s.db.QueryRowContext(ctx, `select coalesce(array_agg(lot order by registered_at), '{}') from ledger.batch where gtin = $1 and lot <> $2
		and translate(upper(lot), 'O', '0') = translate(upper($2), 'O', '0')`, gtin, lot).
		Scan((*pq.StringArray)(&others))
	return others, err
}
