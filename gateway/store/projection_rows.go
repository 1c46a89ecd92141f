package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Rows go to Postgres as one JSON array a table, which json_to_recordset turns
// back into rows: one statement however many blocks are projected at once.

// bytea is bytes in Postgres' hex form.
type bytea []byte

// MarshalText gives the hex form.
func (b bytea) MarshalText() ([]byte, error) { return []byte(`\x` + hex.EncodeToString(b)), nil }

type blockRow struct {
	Number   uint64 `json:"number"`
	Hash     bytea  `json:"hash"`
	PrevHash bytea  `json:"prev_hash"`
	DataHash bytea  `json:"data_hash"`
	TxCount  int    `json:"tx_count"`
}

type txRow struct {
	ID        string          `json:"tx_id"`
	Block     uint64          `json:"block"`
	Position  int             `json:"position"`
	Code      string          `json:"code"`
	Function  string          `json:"function"`
	Party     *string         `json:"party"`
	MSP       string          `json:"msp"`
	Identity  string          `json:"identity"`
	Endorsers []string        `json:"endorsers"`
	At        time.Time       `json:"at"`
	Event     json.RawMessage `json:"event,omitempty"`
}

func blockRows(blocks []record.Block) ([]blockRow, []txRow) {
	var heads []blockRow
	var txs []txRow
	for _, b := range blocks {
		heads = append(heads, blockRow{b.Number, b.Hash, b.PrevHash, b.DataHash, len(b.Txs)})
		for _, t := range b.Txs {
			row := txRow{
				t.ID,
				b.Number,
				t.Position,
				t.Code,
				t.Function,
				nil,
				t.MSP,
				t.Identity,
				t.Endorsers,
				t.At,
				t.EventJSON,
			}
			if t.Event != nil {
				row.Party = &t.Event.By
			}
			txs = append(txs, row)
		}
	}
	return heads, txs
}

// docRow is an object of the ledger: the columns are taken out of doc by SQL.
type docRow struct {
	Doc       json.RawMessage `json:"doc"`
	TxID      string          `json:"tx_id"`
	Block     uint64          `json:"block"`
	LastTxID  string          `json:"last_tx_id"`
	LastBlock uint64          `json:"last_block"`
}

// lineRow is units of a batch, with whatever a table says of them.
type lineRow struct {
	GTIN      string    `json:"gtin"`
	Lot       string    `json:"lot"`
	Start     int64     `json:"start"`
	Stop      int64     `json:"stop"`
	Holder    string    `json:"holder,omitempty"`
	State     string    `json:"state,omitempty"`
	Reason    string    `json:"reason"`
	Container string    `json:"container"`
	TxID      string    `json:"tx_id,omitempty"`
	Block     uint64    `json:"block"`
	Position  int       `json:"position"`
	Recall    string    `json:"recall_id,omitempty"`
	Type      string    `json:"type,omitempty"`
	At        time.Time `json:"at,omitzero"`
}

func unitsOf(l trace.Line) lineRow {
	return lineRow{GTIN: l.GTIN, Lot: l.Lot, Start: l.From, Stop: l.To()}
}

func rowsOf[T any](values []T, row func(T) lineRow) []lineRow {
	rows := make([]lineRow, len(values))
	for i, v := range values {
		rows[i] = row(v)
	}
	return rows
}

func lineRows(lines []trace.Line) []lineRow { return rowsOf(lines, unitsOf) }

func runRow(r record.Placed) lineRow {
	return lineRow{GTIN: r.GTIN, Lot: r.Lot, Start: r.Start, Stop: r.Stop, Holder: r.Holder,
		State: string(r.State), Reason: string(r.Reason), Container: r.Container, TxID: r.TxID}
}

func recalledRow(r record.RecalledUnits) lineRow {
	row := unitsOf(r.Line)
	row.Recall = r.Recall
	return row
}

func eventLineRow(e record.EventLine) lineRow {
	row := unitsOf(e.Line)
	row.Block, row.Position, row.TxID = e.Block, e.Position, e.TxID
	return row
}

func unitRow(u record.UnitFact) lineRow {
	return lineRow{GTIN: u.GTIN, Lot: u.Lot, Start: u.Index, Type: string(u.Type), At: u.At, TxID: u.TxID}
}

// exec runs a statement over rows, its only parameter, if there are any.
func exec[T any](ctx context.Context, tx *sql.Tx, rows []T, statement string) error {
	if len(rows) == 0 {
		return nil
	}
	data, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, statement, data)
	return err
}
