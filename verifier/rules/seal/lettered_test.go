package seal

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// spoiled is what Excel, LibreOffice and WPS make of text on opening a CSV file: numbers, powers of ten, days.
var spoiled = regexp.MustCompile(`^\d+$|^\d+E\d+$|^\d*(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\d*$`)

// letteredBatch is of a key epoch of today.
func letteredBatch(t testing.TB, ring *Keyring, lot string) *Batch {
	t.Helper()
	b, err := ring.Batch(1, testGTIN, lot)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// No code of a lettered epoch is a number to a spreadsheet; some of any other are, and stay valid.
func TestNoCodeIsANumberToASpreadsheet(t *testing.T) {
	const units = 300_000
	lettered, err := NewKeyring(Epoch{Number: 1, MasterKey: testKey(1), Lettered: true})
	if err != nil {
		t.Fatal(err)
	}
	old, err := NewKeyring(Epoch{Number: 1, MasterKey: testKey(1)})
	if err != nil {
		t.Fatal(err)
	}
	b, before := letteredBatch(t, lettered, testLot), letteredBatch(t, old, testLot)
	redrawn := 0
	for i := range int64(units) {
		u, was := mustUnit(t, b, i), mustUnit(t, before, i)
		if spoiled.MatchString(u.PIN) || spoiled.MatchString(u.Serial) {
			t.Errorf("unit %d: serial %s, PIN %s", i, u.Serial, u.PIN)
		}
		if u.PIN != was.PIN || u.Serial != was.Serial {
			redrawn++
			if got, ok := old.Check(testGTIN, testLot, was.Serial); !ok || got.Index != i {
				t.Errorf("unit %d of the old epoch is not recognised", i)
			}
		}
		if got, ok := lettered.Check(testGTIN, testLot, u.Serial); !ok || got.Index != i {
			t.Errorf("unit %d is not recognised", i)
		}
	}
	if redrawn < 20 || redrawn > 150 { // (11/32)^8 of them, 58
		t.Errorf("%d of %d codes were drawn again", redrawn, units)
	}
}

// Drawn again or not, a serial is checked and found by its ending. A minter whose every tag needs another draw is rare
// (one in 370,000), so they are looked for.
func TestASerialThatWasDrawnAgainIsChecked(t *testing.T) {
	ring, err := NewKeyring(Epoch{Number: 1, MasterKey: testKey(1), Lettered: true})
	if err != nil {
		t.Fatal(err)
	}
	b := letteredBatch(t, ring, testLot)
	m := b.minters.Get().(*minter)
	found := 0
	for i := uint64(0); found < 2 && i < 5_000_000; i++ {
		m.lettered = false
		first := m.tagOf(i)
		m.lettered = true
		if lettered(first, tagChars) {
			continue
		}
		found++
		u := mustUnit(t, b, int64(i))
		if got, ok := ring.Check(testGTIN, testLot, u.Serial); !ok || got.Index != int64(i) ||
			spoiled.MatchString(u.Serial[:tagChars]) {
			t.Errorf("unit %d, %s: %v %t", i, u.Serial, got, ok)
		}
		ending := u.Serial[SerialLength-EndingLength:]
		if all, err := b.FindEndings(t.Context(), []string{ending}, int64(i)-1, int64(i)+1); err != nil ||
			len(all[ending]) != 1 {
			t.Errorf("by its ending: %v %v", all, err)
		}
	}
	if found < 2 {
		t.Errorf("only %d serials were drawn again", found)
	}
}

func TestLettered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.Uint64Range(0, 1<<40-1).Draw(t, "bits")
		var pin [PINLength]byte
		putBase32(pin[:], bits)
		if (lettered(bits, PINLength) && !dated(pin)) && spoiled.Match(pin[:]) {
			t.Errorf("%s", pin)
		}
	})
	for pin, want := range map[string]bool{"36547E83": true, "00012345": true, "1DEC2024": true, "12MAR024": true, "DEC00001": true, "3654AE83": false, "E0000000": true, "12DECA24": false} {
		bits, _ := base32(pin)
		if got := !lettered(bits, PINLength) || dated([PINLength]byte([]byte(pin))); got != want {
			t.Errorf("%s: %t", pin, got)
		}
	}
}

// TestDated: a month's short name between digits is a day to a spreadsheet.
func TestDated(t *testing.T) {
	for pin, want := range map[string]bool{
		"12DEC024": true, "99DEC999": true, "00000MAY": true, "JAN00000": true,
		"12DEC0A4": false, "A2DEC024": false, "12DE0024": false, "12345678": false,
	} {
		if got := dated([PINLength]byte([]byte(pin))); got != want {
			t.Errorf("%s: %t", pin, got)
		}
	}
}
