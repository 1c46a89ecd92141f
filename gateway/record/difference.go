package record

import "encoding/json"

// Row is a row of the read model: Key is its primary key, a JSON array, by which rows are in order.
type Row struct {
	Key     string                     `json:"key"`
	Columns map[string]json.RawMessage `json:"columns"`
}

// Difference is one value of a read model that is not what the blocks give. Values are JSON; both are the whole row
// where Column is empty, and empty where there is none. TxID is the transaction that decided what the blocks give, empty
// where none did.
type Difference struct {
	Table  string `json:"table"`
	Row    string `json:"row"`
	Column string `json:"column,omitempty"`
	Blocks string `json:"blocks,omitempty"`
	Model  string `json:"readModel,omitempty"`
	TxID   string `json:"txId,omitempty"`
}
