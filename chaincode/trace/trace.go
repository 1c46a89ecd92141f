// Package trace is the vocabulary of the ledger: parties, products, batches,
// custody, recalls and unit events, the rules each value must satisfy on its
// own, the requests that transactions carry, the events they emit, and the one
// list of reason codes.
//
// It holds no rule that needs the ledger's state (those are in
// chaincode/contract) and knows nothing of Fabric, HTTP or SQL. Everything that
// crosses a boundary between the parts of the system is a type of this package.
package trace

import (
	"bytes"
	"encoding/json"
	"io"
)

// Marshal gives the canonical JSON of a value: struct fields in declaration
// order, map keys sorted, no HTML escaping, no trailing newline. The same value
// always gives the same bytes, which endorsers need to agree.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Unmarshal reads exactly one JSON value into v and refuses unknown fields, so
// that a misspelt field is an error and never a silent default.
func Unmarshal(data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return Refuse(RequestMalformed, "", "no_json", "why", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return Refuse(RequestMalformed, "", "after_json")
	}
	return nil
}
