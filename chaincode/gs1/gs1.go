// Package gs1 is the part of the GS1 system that unit codes need: check digits and keys (GTIN, GLN, SSCC), application
// identifiers (AIs), element strings, and GS1 Digital Link URIs.
//
// The rules come from GS1's own machine-readable syntax dictionary (data/gs1-syntax-dictionary.txt, Apache-2.0,
// unchanged) and follow the GS1 General Specifications and the Digital Link URI syntax standard 1.5. The package
// imports the standard library alone and knows nothing of parties, batches, ledgers, files or the network. Everything
// here is a pure function of its arguments: no clock and no randomness, so that the ledger's endorsers agree. All
// parsers run in linear time and refuse input longer than MaxLength before they look at it.
//
// Input is taken as it is: full-width digits, spaces and numbers written as 6.9E+12 are mended
// where files are imported.
package gs1

import "errors"

// MaxLength bounds, in bytes, every element string and URI that this package reads.
const MaxLength = 8192

// maxElements bounds the application identifiers in one message.
const maxElements = 64

// Kinds of error, for errors.Is. Each error of this package is an *Error that wraps one of them.
var (
	ErrLength      = errors.New("wrong length")
	ErrCharacter   = errors.New("character not allowed")
	ErrCheckDigit  = errors.New("wrong check digit")
	ErrValue       = errors.New("value not allowed")
	ErrUnknownAI   = errors.New("unknown application identifier")
	ErrSyntax      = errors.New("malformed")
	ErrAssociation = errors.New("application identifiers do not go together")
)

// Error names the part of the input that is wrong and says how to mend it.
type Error struct {
	Kind  error  // one of the Err values above
	Field string // "GTIN", "lot", "AI (17)", "URI"
	Fix   string // what is wrong and what would be right; a sentence without its full stop
}

func (e *Error) Error() string { return e.Field + ": " + e.Fix }

// Unwrap makes errors.Is(err, ErrCheckDigit) and the like work.
func (e *Error) Unwrap() error { return e.Kind }

// fault is the way errors are made here.
func fault(kind error, field, fix string) error { return &Error{Kind: kind, Field: field, Fix: fix} }
