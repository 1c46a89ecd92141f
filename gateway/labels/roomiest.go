package labels

import (
	"iter"
	"strings"

	"rsc.io/qr/coding"
)

// Roomiest answers a unit that needs as much room as any of those given: factories' serials differ in
// length and in their characters, and a file's codes share one size. Its serial and its address are made
// up, each for itself.
func Roomiest(units iter.Seq2[Unit, error]) (Unit, error) {
	var stem, sign string
	var serial, end int // their most
	for u, err := range units {
		if err != nil {
			return Unit{}, err
		}
		head, tail := splitAddress(u.URI)
		stem, serial, end = head, max(serial, len(u.Serial)), max(end, len(tail))
		if sign != "z" {
			sign = "Z"
			if coding.Alpha(tail).Check() != nil {
				sign = "z" // small letters are bytes in a QR code
			}
		}
	}
	return Unit{Serial: strings.Repeat("Z", serial), URI: stem + strings.Repeat(sign, end)}, nil
}

// splitAddress cuts an address before its serial, which stands in it as URIs write it.
func splitAddress(uri string) (stem, serial string) {
	at := strings.LastIndexByte(uri, '/') + 1
	return uri[:at], uri[at:]
}
