package record

// Anchored is what an anchor covers of a log, and how much of that is here:
// Here entries of To - From, the last of them Last (below From for none).
type Anchored struct {
	Log      string
	From, To int64
	Root     []byte
	Here     int64
	Last     int64
}

// Gap is entries From to To (exclusive) of a log that were anchored and are lost,
// or were anchored together with lost ones.
type Gap struct {
	Log      string
	From, To int64
}

// LostDocument is a file that the ledger knows by its hash and that is not here.
type LostDocument struct {
	Party  string
	SHA256 string
}
