package seal

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

const (
	testGTIN gs1.GTIN = "06998801000012"
	testLot  string   = "202610A01"
)

func testKey(fill byte) (key [keySize]byte) {
	for i := range key {
		key[i] = fill + byte(i)
	}
	return key
}

// testRing has a retired, a current and an old but valid key.
func testRing(t testing.TB) *Keyring {
	t.Helper()
	ring, err := NewKeyring(
		Epoch{Number: 1, MasterKey: testKey(1)},
		Epoch{Number: 3, MasterKey: testKey(3), Retired: true},
		Epoch{Number: 2, MasterKey: testKey(2)},
	)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func testBatch(t testing.TB, epoch uint32) *Batch {
	t.Helper()
	b, err := testRing(t).Batch(epoch, testGTIN, testLot)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func mustUnit(t testing.TB, b *Batch, index int64) Unit {
	t.Helper()
	u, err := b.Unit(index)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestCheckRecognisesEveryEpoch(t *testing.T) {
	ring := testRing(t)
	if ring.Current() != 2 {
		t.Errorf("the current epoch is %d, want 2: 3 is retired", ring.Current())
	}
	for _, epoch := range []uint32{1, 2, 3} {
		u := mustUnit(t, testBatch(t, epoch), 41)
		got, ok := ring.Check(testGTIN, testLot, u.Serial)
		if want := (Issued{41, epoch, epoch == 3}); !ok || got != want {
			t.Errorf("epoch %d: %v, %t; want %v", epoch, got, ok, want)
		}
	}
}

func TestCheckIsBoundToTheBatch(t *testing.T) {
	ring, serial := testRing(t), mustUnit(t, testBatch(t, 2), 7).Serial
	for name, c := range map[string]struct {
		gtin        gs1.GTIN
		lot, serial string
	}{
		"another product":        {"16998801000019", testLot, serial},
		"another lot":            {testGTIN, "202610A02", serial},
		"lot in another case":    {testGTIN, "202610a01", serial},
		"digits moved over":      {testGTIN, "0" + testLot, serial},
		"small letters":          {testGTIN, testLot, strings.ToLower(serial)},
		"empty":                  {testGTIN, testLot, ""},
		"short":                  {testGTIN, testLot, serial[1:]},
		"long":                   {testGTIN, testLot, serial + "0"},
		"all zeros":              {testGTIN, testLot, strings.Repeat("0", SerialLength)},
		"outside the alphabet":   {testGTIN, testLot, serial[:19] + "U"},
		"GTIN of another length": {"6998801000012", testLot, serial},
		"no lot":                 {testGTIN, "", serial},
	} {
		if got, ok := ring.Check(c.gtin, c.lot, c.serial); ok || got != (Issued{}) {
			t.Errorf("%s is accepted as %v", name, got)
		}
	}
}

func TestSerialRoundTrip(t *testing.T) {
	ring := testRing(t)
	rapid.Check(t, func(t *rapid.T) {
		index := rapid.Int64Range(0, MaxUnits-1).Draw(t, "index")
		lot := rapid.StringMatching(`[A-Za-z0-9/.-]{1,20}`).Draw(t, "lot")
		b, err := ring.Batch(2, testGTIN, lot)
		if err != nil {
			t.Fatal(err)
		}
		u, err := b.Unit(index)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := ring.Check(testGTIN, lot, u.Serial); !ok || got.Index != index {
			t.Fatalf("unit %d reads back as %v, %t", index, got, ok)
		}
	})
}

func TestFlippedCharacterIsNeverAccepted(t *testing.T) {
	ring, b := testRing(t), testBatch(t, 2)
	for index := range int64(50) {
		serial := mustUnit(t, b, index).Serial
		for at := range SerialLength {
			for _, c := range []byte(alphabet) {
				forged := serial[:at] + string(c) + serial[at+1:]
				if _, ok := ring.Check(testGTIN, testLot, forged); ok != (forged == serial) {
					t.Fatalf("%s made from %s: %t", forged, serial, ok)
				}
			}
		}
	}
}

func TestSerialsAndPINsOfABatchDiffer(t *testing.T) {
	b := testBatch(t, 2)
	serials, pins := map[string]bool{}, map[string]bool{}
	const n = 20000
	for index := range int64(n) {
		u := mustUnit(t, b, index)
		if serials[u.Serial] || len(u.Serial) != SerialLength || len(u.PIN) != PINLength {
			t.Fatalf("unit %d: %v", index, u)
		}
		serials[u.Serial], pins[u.PIN] = true, true
	}
	if len(pins) < n-2 { // 40 bits: two equal PINs among 20,000 happen once in 5,000 keys, and this key is fixed
		t.Errorf("%d different PINs among %d", len(pins), n)
	}
}

func TestUnitIndexIsBounded(t *testing.T) {
	for _, index := range []int64{-1, MaxUnits} {
		if _, err := testBatch(t, 2).Unit(index); !errors.Is(err, ErrIndex) {
			t.Errorf("unit %d: %v", index, err)
		}
	}
}

// TestListedSerials: of a batch with a factory's serials, the units between the first
// and the last of them can be asked for, and no others.
func TestListedSerials(t *testing.T) {
	listed := testBatch(t, 2).WithSerials(5, []string{"A", "B"})
	for index, want := range map[int64]string{0: "", 4: "", 5: "A", 6: "B", 7: ""} {
		u, err := listed.Unit(index)
		if u.Serial != want || (err == nil) != (want != "") {
			t.Errorf("unit %d: %q, %v", index, u.Serial, err)
		}
	}
}

func TestNormalise(t *testing.T) {
	for typed, want := range map[string]string{
		"o1il-2abc": "01112ABC", "OIL 7": "0117", "u": "U", "批": "批", "": "", "ABCDEFGH": "ABCDEFGH",
		strings.Repeat("o", 65): strings.Repeat("o", 65),
	} {
		if got := Normalise(typed); got != want {
			t.Errorf("%q becomes %q, want %q", typed, got, want)
		}
	}
}

func TestKeyringRefusesBadKeys(t *testing.T) {
	zero := [keySize]byte{}
	for name, epochs := range map[string][]Epoch{
		"none": {}, "all zeros": {{Number: 1, MasterKey: zero}},
		"only retired ones": {{Number: 1, MasterKey: testKey(1), Retired: true}},
		"a number twice":    {{Number: 1, MasterKey: testKey(1)}, {Number: 1, MasterKey: testKey(2)}},
	} {
		if _, err := NewKeyring(epochs...); !errors.Is(err, ErrKeyring) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := testRing(t).Batch(9, testGTIN, testLot); !errors.Is(err, ErrKeyring) {
		t.Errorf("an unknown epoch: %v", err)
	}
	if _, err := testRing(t).Batch(2, testGTIN, ""); !errors.Is(err, ErrBatch) {
		t.Errorf("no lot: %v", err)
	}
}

func TestParseEpochs(t *testing.T) {
	key := strings.Repeat("0a", keySize)
	epochs, err := ParseEpochs("1:" + key + ":retired, 2:" + key)
	if err != nil || len(epochs) != 2 || !epochs[0].Retired || epochs[1].Retired || epochs[1].Number != 2 {
		t.Errorf("%v, %v", epochs, err)
	}
	lettered, err := ParseEpochs("1:" + key + ":lettered:retired,2:" + key + ":lettered")
	if err != nil || !lettered[0].Lettered || !lettered[0].Retired || !lettered[1].Lettered || lettered[1].Retired ||
		epochs[0].Lettered {
		t.Errorf("%v, %v", lettered, err)
	}
	for _, text := range []string{"", "1", key, "1:" + key + ":retired:lettered", "1:" + key[1:], "x:" + key, "1:" + key + ":old", "4294967296:" + key, "1:" + key + ",", "1:zz" + key[2:]} {
		_, err := ParseEpochs(text)
		if !errors.Is(err, ErrKeyring) || strings.Contains(err.Error(), "0a0a") {
			t.Errorf("%.12q: %v", text, err)
		}
	}
	for _, form := range []string{"%v", "%s", "%+v", "%#v"} {
		if text := fmt.Sprintf(form, epochs); strings.Contains(text, "10, 10") || strings.Contains(text, "10 10") ||
			strings.Contains(text, "0xa, 0xa") {
			t.Errorf("%s prints the key: %s", form, text)
		}
	}
}

func TestCacheIsBoundedAndKeepsWhatIsUsed(t *testing.T) {
	ring := testRing(t)
	used, _ := ring.Batch(2, testGTIN, testLot)
	for i := range 5 * cacheSize {
		ring.Check(testGTIN, fmt.Sprint("FORGED", i), "00000000000000000000")
		ring.Check(testGTIN, testLot, "00000000000000000000")
		if n := len(ring.cache.young) + len(ring.cache.old); n > 2*cacheSize {
			t.Fatalf("the cache holds %d batches", n)
		}
	}
	if again, _ := ring.Batch(2, testGTIN, testLot); again != used {
		t.Error("a batch in use was derived anew")
	}
}

func TestCheckAllocatesNothing(t *testing.T) {
	if raceDetector {
		t.Skip("allocations are not counted under the race detector")
	}
	ring, serial := testRing(t), mustUnit(t, testBatch(t, 2), 7).Serial
	if n := testing.AllocsPerRun(1000, func() { ring.Check(testGTIN, testLot, serial) }); n > 0 {
		t.Errorf("%g allocations a check", n)
	}
}

func BenchmarkCheck(b *testing.B) {
	ring, unit := testRing(b), mustUnit(b, testBatch(b, 2), 7)
	for name, c := range map[string][2]string{"right": {testLot, unit.Serial}, "forged": {testLot, "0123456789ABCDEFGHJK"}, "malformed": {testLot, "x"}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ring.Check(testGTIN, c[0], c[1])
			}
		})
	}
	b.Run("unseen lot", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			ring.Check(testGTIN, fmt.Sprint(i), unit.Serial)
		}
	})
}
