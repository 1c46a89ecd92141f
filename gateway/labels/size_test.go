package labels

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// lots are of every kind of character that changes how a code packs its text.
var lots = []string{
	"202610A01",
	"1",
	"a",
	"a1b2c3",
	"Lot-A",
	"A/b",
	"LOT-2026-10-A-000123",
	"a1b2c3d4e5f6g7h8i9j0",
	"00000000000000000000",
	"É",
}

// hardSerials are serials that make an encoder change its mode as often as can be, and random ones.
func hardSerials(n int) []string {
	const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	var all []string
	for digits := 1; digits <= 14; digits++ { // runs of digits about as long as a change of mode pays
		for letters := 1; letters <= 6; letters++ {
			pattern := strings.Repeat(strings.Repeat("8", digits)+strings.Repeat("Z", letters), 20)
			all = append(all, pattern[:20], pattern[letters:letters+20], pattern[1:21])
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range n {
		serial := make([]byte, 20)
		for i := range serial {
			serial[i] = alphabet[r.IntN(len(alphabet))]
		}
		all = append(all, string(serial))
	}
	return all
}

// The size that is chosen for the first unit holds every other: a file must not end at the one that it does not hold.
func TestTheSizeHoldsEverySerial(t *testing.T) {
	serials := hardSerials(200)
	for _, symbol := range []Symbol{QR, DataMatrix} {
		for _, lot := range lots {
			if gs1.ValidateLot(lot) != nil {
				continue
			}
			sample := Unit{Serial: serials[0], URI: gs1.UnitURI(testHost, testGTIN, lot, serials[0])}
			all := candidates(symbol, sample)
			if len(all) == 0 {
				t.Errorf("%s of lot %q: no code", symbol, lot)
			}
			for _, serial := range serials {
				u := Unit{Serial: serial, URI: gs1.UnitURI(testHost, testGTIN, lot, serial)}
				for _, c := range all {
					if bits, err := c.draw(u); err != nil || len(bits) > c.modules {
						t.Errorf(
							"%s of lot %q, serial %s: %d modules in a room of %d, %v", symbol, lot, serial,
							len(bits), c.modules, err,
						)
					}
				}
			}
		}
	}
}

// A factory's serials differ in length and characters: the size holds each of them, whichever comes
// first, and a file of them is whole.
func TestTheSizeHoldsFactorySerials(t *testing.T) {
	serials := []string{
		"1",
		"A7",
		"00000000000000000001",
		"ABCDEFGHJKMNPQRSTVWX",
		"a1-b2_c3",
		"x/y/z",
		`"%&'()*+,-./:;<=>?_!`,
		"abcdefghijklmnopqrst",
	}
	for first := range serials {
		var units []Unit
		for i := range serials {
			serial := serials[(first+i)%len(serials)]
			units = append(
				units, Unit{Index: int64(i), Serial: serial, URI: gs1.UnitURI(testHost, testGTIN, testLot, serial)},
			)
		}
		roomiest, err := Roomiest(each(units))
		if err != nil {
			t.Fatal(err)
		}
		for _, symbol := range []Symbol{QR, DataMatrix} {
			for _, c := range candidates(symbol, roomiest) {
				for _, u := range units {
					if bits, err := c.draw(u); err != nil || len(bits) > c.modules {
						t.Errorf(
							"%s of serial %s: %d modules in a room of %d, %v", symbol, u.Serial, len(bits),
							c.modules, err,
						)
					}
				}
			}
			j := job(ZPL, "roll-60x40", serum, units)
			j.Symbol, j.Roomiest, j.PIN = symbol, &roomiest, false
			write(t, j)
		}
	}
}

// Work that panics is an error of its file and not the end of the process.
func TestAPanicIsAnError(t *testing.T) {
	for _, err := range ordered(t.Context(), each([]Unit{{}}), func(Unit) (int, error) { panic("no") }) {
		if err == nil || !strings.Contains(err.Error(), "panic: no") {
			t.Errorf("got %v", err)
		}
	}
}
