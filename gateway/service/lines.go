package service

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// Normalise gives lines their 14-digit GTINs.
func Normalise(lines []trace.Line) {
	for i := range lines {
		lines[i].GTIN = GTIN14(lines[i].GTIN)
	}
}

// GTIN14 leaves what is no GTIN as it is: the ledger's rules refuse it by name.
func GTIN14(s string) string {
	if g, err := trace.ParseGTIN(s); err == nil {
		return g
	}
	return s
}
