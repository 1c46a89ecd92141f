package seal

import (
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"
)

const splitQuantity = CommitmentRun + 130 // a run, two blocks and two units

// making and checking are the keys of who makes codes, and of who only checks them.
func making(t *testing.T) (k *Keyring, text string) {
	t.Helper()
	key := func(b byte) string { k := testKey(b); return hex.EncodeToString(k[:]) }
	text = "1:" + key(1) + ":retired,2:" + key(2) + "+" + key(9) + ":lettered"
	return ringOf(t, text), text
}

func checking(t *testing.T) *Keyring {
	t.Helper()
	_, text := making(t)
	text, err := CheckingForm(text)
	if err != nil {
		t.Fatal(err)
	}
	return ringOf(t, text)
}

func ringOf(t *testing.T, text string) *Keyring {
	t.Helper()
	epochs, err := ParseEpochs(text)
	if err != nil {
		t.Fatal(err)
	}
	k, err := NewKeyring(epochs...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func batchOf(t *testing.T, k *Keyring, epoch uint32) *Batch {
	t.Helper()
	b, err := k.Batch(epoch, testGTIN, testLot)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Who checks recognises every serial and proves every unit by the commitments that were kept, and
// has no PIN and no salt of any of them.
func TestCheckingKeysProveAndMakeNoPIN(t *testing.T) {
	full, _ := making(t)
	b, checks := batchOf(t, full, 2), checking(t)
	closed := batchOf(t, checks, 2)
	tree := mustCommit(t, b, splitQuantity)
	runs := map[int64][]byte{}
	for first, run := range b.Commitments(splitQuantity) {
		runs[first] = slices.Clone(run)
	}
	if !closed.Closed() || b.Closed() || len(runs) != 2 || len(runs[CommitmentRun]) != 130*32 {
		t.Fatalf("closed %v, %v, %d runs", closed.Closed(), b.Closed(), len(runs))
	}
	for _, index := range []int64{0, 63, 64, CommitmentRun - 1, CommitmentRun, splitQuantity - 1} {
		u := mustUnit(t, b, index)
		if issued, ok := checks.Check(testGTIN, testLot, u.Serial); !ok || issued.Index != index || issued.Epoch != 2 {
			t.Fatalf("unit %d: %+v, %v", index, issued, ok)
		}
		if _, err := closed.Unit(index); !errors.Is(err, ErrIndex) {
			t.Errorf("unit %d is given without its commitment: %v", index, err)
		}
		if _, err := tree.Proof(closed, index); !errors.Is(err, ErrIndex) {
			t.Errorf("unit %d is proved without its commitment: %v", index, err)
		}
		first := index / CommitmentRun * CommitmentRun
		with := closed.WithCommitments(first, runs[first])
		got := mustUnit(t, with, index)
		if got.Serial != u.Serial || got.PIN != "" || got.Salt != [16]byte{} || got.Commitment() != u.Commitment() {
			t.Errorf("unit %d: %+v", index, got)
		}
		want, err := tree.Proof(b, index)
		path, err2 := tree.Proof(with, index)
		if err != nil || err2 != nil || !slices.EqualFunc(path, want, slices.Equal) {
			t.Errorf("unit %d: %v, %v", index, err, err2)
		}
		wrong := slices.Clone(runs[first])
		wrong[32*(index-first)] ^= 1
		if _, err := tree.Proof(closed.WithCommitments(first, wrong), index); !errors.Is(err, ErrTree) {
			t.Errorf("unit %d is proved by another commitment: %v", index, err)
		}
	}
}

// Who has the key of PINs opens a unit's commitment with its PIN and no other; who has not cannot say.
func TestOpen(t *testing.T) {
	full, _ := making(t)
	for _, epoch := range []uint32{1, 2} {
		u, other := mustUnit(t, batchOf(t, full, epoch), 7), mustUnit(t, batchOf(t, full, epoch), 8)
		if salt, right, err := full.Open(epoch, testGTIN, testLot, 7, u.PIN); err != nil || !right || salt != u.Salt {
			t.Errorf("epoch %d: %v, %v", epoch, right, err)
		}
		for _, pin := range []string{other.PIN, "", strings.ToLower(u.PIN), u.PIN + "0", u.PIN[:7]} {
			if salt, right, err := full.Open(epoch, testGTIN, testLot, 7, pin); err != nil || right ||
				salt != [16]byte{} {
				t.Errorf("epoch %d, %q: %v, %v", epoch, pin, right, err)
			}
		}
	}
	for _, pin := range []string{"", mustUnit(t, batchOf(t, full, 2), 7).PIN} {
		if _, right, err := checking(t).Open(2, testGTIN, testLot, 7, pin); err == nil || right {
			t.Errorf("who only checks opens %q: %v, %v", pin, right, err)
		}
	}
}

// An epoch's serials follow from its first key alone: a key of PINs beside it changes PINs and salts only.
func TestAKeyOfPINsChangesNoSerial(t *testing.T) {
	full, text := making(t)
	key := testKey(9)
	one := ringOf(t, strings.Replace(text, "+"+hex.EncodeToString(key[:]), "", 1))
	for index := range int64(100) {
		a, b := mustUnit(t, batchOf(t, full, 2), index), mustUnit(t, batchOf(t, one, 2), index)
		if a.Serial != b.Serial || a.PIN == b.PIN || a.Salt == b.Salt {
			t.Fatalf("%+v, %+v", a, b)
		}
	}
}

// Of an epoch of one key nothing is kept: whoever checks has that key.
func TestOneKeyKeepsNoCommitments(t *testing.T) {
	full, _ := making(t)
	for range batchOf(t, full, 1).Commitments(10) {
		t.Error("commitments are kept")
	}
	for range batchOf(t, checking(t), 2).Commitments(10) {
		t.Error("commitments are made without a key")
	}
}

func TestCheckingForm(t *testing.T) {
	_, text := making(t)
	got, err := CheckingForm(text)
	one, two := testKey(1), testKey(2)
	want := "1:" + hex.EncodeToString(one[:]) + ":retired,2:" + hex.EncodeToString(two[:]) + ":checking:lettered"
	if err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
	if again, err := CheckingForm(got); err != nil || again != got {
		t.Errorf("again: %q, %v", again, err)
	}
	if _, err := CheckingForm("1:hunter2"); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("%v", err)
	}
}

func TestSplitKeysThatAreWrong(t *testing.T) {
	a, b := strings.Repeat("0a", keySize), strings.Repeat("0b", keySize)
	for name, text := range map[string]string{
		"one key twice":          "1:" + a + "+" + a,
		"no key of PINs":         "1:" + a + "+",
		"a short key of PINs":    "1:" + a + "+0b",
		"zeros":                  "1:" + a + "+" + strings.Repeat("00", keySize),
		"for checking, with one": "1:" + a + "+" + b + ":checking",
		"three":                  "1:" + a + "+" + b + "+" + a,
	} {
		epochs, err := ParseEpochs(text)
		if err == nil {
			_, err = NewKeyring(epochs...)
		}
		if !errors.Is(err, ErrKeyring) || strings.Contains(err.Error(), a) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkCommitments(b *testing.B) {
	key := testKey(9)
	keys, _ := NewKeyring(Epoch{Number: 1, MasterKey: [32]byte{1}, PINKey: key, Lettered: true})
	batch, _ := keys.Batch(1, testGTIN, testLot)
	for b.Loop() {
		for range batch.Commitments(1_000_000) { // all of them
		}
	}
}
