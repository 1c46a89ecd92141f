package enrol

import (
	"bytes"
	"testing"
)

func TestBox(t *testing.T) {
	b, err := NewBox(bytes.Repeat([]byte{1}, KeySize))
	other, err2 := NewBox(bytes.Repeat([]byte{2}, KeySize))
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	sealed := b.Seal("document d1", []byte("licence"))
	if bytes.Contains(sealed, []byte("licence")) || bytes.Equal(sealed, b.Seal("document d1", []byte("licence"))) {
		t.Error("not sealed, or not with a nonce of its own")
	}
	if plain, err := b.Open("document d1", sealed); err != nil || string(plain) != "licence" {
		t.Errorf("%s %v", plain, err)
	}
	if _, err := b.Open("document d2", sealed); err == nil {
		t.Error("opens under another label")
	}
	if _, err := other.Open("document d1", sealed); err == nil {
		t.Error("opens with another key")
	}
	if _, err := NewBox([]byte("short")); err == nil {
		t.Error("a short key passes")
	}
}
