package seal

import (
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// FuzzCheck holds Check to accepting only what Unit gives: whatever it accepts is the serial of that very unit.
func FuzzCheck(f *testing.F) {
	f.Add(string(testGTIN), testLot, "0123456789ABCDEFGHJK")
	f.Add(string(testGTIN), testLot, mustUnit(f, testBatch(f, 2), 7).Serial)
	f.Fuzz(func(t *testing.T, gtin, lot, serial string) {
		ring := testRing(t)
		issued, ok := ring.Check(gs1.GTIN(gtin), lot, serial)
		if !ok {
			return
		}
		b, err := ring.Batch(issued.Epoch, gs1.GTIN(gtin), lot)
		if err != nil {
			t.Fatal(err)
		}
		if u := mustUnit(t, b, issued.Index); u.Serial != serial {
			t.Fatalf("%s is accepted as unit %d, whose serial is %s", serial, issued.Index, u.Serial)
		}
	})
}

func FuzzNormalise(f *testing.F) {
	f.Add("o1il-2abc")
	f.Fuzz(func(t *testing.T, typed string) {
		once := Normalise(typed)
		if len(typed) <= 64 && Normalise(once) != once {
			t.Fatalf("%q becomes %q and then %q", typed, once, Normalise(once))
		}
	})
}

func FuzzParseEpochs(f *testing.F) {
	f.Add("1:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f:retired,2:00")
	f.Fuzz(func(t *testing.T, text string) {
		if epochs, err := ParseEpochs(text); (err == nil) != (len(epochs) > 0) {
			t.Fatalf("%d epochs, %v", len(epochs), err)
		}
	})
}

func FuzzLoadTree(f *testing.F) {
	tree := mustCommit(f, testBatch(f, 2), 130)
	root := tree.Root()
	f.Add(int64(130), tree.Row(), root[:])
	f.Fuzz(func(t *testing.T, quantity int64, row, root []byte) {
		if len(root) != 32 {
			return
		}
		if tree, err := LoadTree(quantity, row, [32]byte(root)); err == nil && tree.Root() != [32]byte(root) {
			t.Fatal("loads a tree with another root")
		}
	})
}
