package record

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// Relative is a batch that the units of a story were made from, or that was
// made from them, at any remove. Lines are its units that went in, or all of
// them. Depth is how many transformations lie between, one for the nearest,
// and Via the batch on the story's side of the nearest of them.
type Relative struct {
	GTIN   string            `json:"gtin"`
	Lot    string            `json:"lot"`
	Lines  []trace.Line      `json:"lines"`
	Depth  int               `json:"depth"`
	Via    BatchName         `json:"via"`
	Href   string            `json:"href,omitempty"`
	Events []ProvenanceEvent `json:"events"`
}

// BatchName names a batch.
type BatchName struct {
	GTIN string `json:"gtin"`
	Lot  string `json:"lot"`
}
