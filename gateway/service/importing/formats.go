package importing

import "github.com/touchstone-trace/touchstone/gateway/imports"

// What an import is asked for in; what it means is in gateway/imports.
type (
	// Kind is what a spreadsheet holds.
	Kind = imports.Kind
	// Format is how a spreadsheet is written.
	Format = imports.Format
	// Mapping says which column holds which field.
	Mapping = imports.Mapping
	// Values are the fields of a row as somebody filled them in.
	Values = imports.Values
)

// The formats.
const (
	CSV  = imports.CSV
	XLSX = imports.XLSX
)

// Kinds are all kinds of spreadsheets.
func Kinds() []Kind { return imports.Kinds }
