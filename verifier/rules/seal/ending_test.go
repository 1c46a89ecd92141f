package seal

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// Every unit is found by the end of its serial, and nothing else is.
func TestFindEndings(t *testing.T) {
	const quantity = 3 * searchStep
	keys, err := NewKeyring(Epoch{Number: 1, MasterKey: [32]byte{1}}, Epoch{Number: 2, MasterKey: [32]byte{2}})
	if err != nil {
		t.Fatal(err)
	}
	for _, epoch := range []uint32{1, 2} {
		b, err := keys.Batch(epoch, "06998801000036", "202610A")
		if err != nil {
			t.Fatal(err)
		}
		var endings []string
		at := []int64{0, 1, searchStep - 1, searchStep, quantity - 1, quantity}
		for _, i := range at {
			u, _ := b.Unit(i)
			typed := strings.ToLower(u.Serial[SerialLength-EndingLength:])
			ending, ok := Ending(strings.ReplaceAll(typed[:3]+" - "+typed[3:], "0", "o"))
			if !ok {
				t.Fatalf("%q is no ending", typed)
			}
			endings = append(endings, ending)
		}
		found, err := b.FindEndings(context.Background(), endings, 0, quantity)
		if err != nil {
			t.Fatal(err)
		}
		for i, index := range at {
			if slices.Contains(found[endings[i]], index) != (index < quantity) {
				t.Errorf("epoch %d: unit %d by %s: %v", epoch, index, endings[i], found[endings[i]])
			}
		}
		if found, _ = b.FindEndings(context.Background(), endings, 1, 1); len(found) != 0 {
			t.Errorf("found among no units: %v", found)
		}
	}
}

func TestEnding(t *testing.T) {
	for typed, want := range map[string]string{"7f3k2m": "7F3K2M", "7F3 K2O": "7F3K20", "7F3K2": "", "7F3K2MM": "", "7F3K2U": "", "": "", "批号一": ""} {
		if got, ok := Ending(typed); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q %v, want %q", typed, got, ok, want)
		}
	}
}

// A search that nobody waits for any more ends.
func TestFindEndingsStops(t *testing.T) {
	keys, _ := NewKeyring(Epoch{Number: 1, MasterKey: [32]byte{1}})
	b, _ := keys.Batch(1, "06998801000036", "202610A")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := b.FindEndings(ctx, []string{"7F3K2M"}, 0, MaxUnits); err == nil {
		t.Error("it searched 2^40 units")
	}
}

func BenchmarkFindEndings(b *testing.B) {
	keys, _ := NewKeyring(Epoch{Number: 1, MasterKey: [32]byte{1}})
	batch, _ := keys.Batch(1, "06998801000036", "202610A")
	for b.Loop() {
		batch.FindEndings(context.Background(), []string{"7F3K2M"}, 0, 1_000_000)
	}
}
