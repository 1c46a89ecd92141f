package record

import "github.com/touchstone-trace/touchstone/verifier/rules/proof"

// Header is a block's header as the read model keeps it. The channel's first block names none before it; its Previous
// is zero.
type Header struct {
	Number         uint64
	Previous, Data proof.Hash
}
