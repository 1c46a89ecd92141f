package share

import (
	"errors"
	"io"
	"testing"
)

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

// Who sends much has his share of the memory, others have theirs, and a small
// body always has room.
func TestBodiesAreShared(t *testing.T) {
	bodies := NewBodies()
	read := func(who string, bytes int64) (*Body, error) {
		in := bodies.Of(who, io.LimitReader(zeros{}, bytes))
		_, err := io.Copy(io.Discard, in)
		return in, err
	}
	var held []*Body
	for i, want := range []error{nil, nil, nil, ErrOwn} {
		in, err := read("greedy", 20<<20)
		if !errors.Is(err, want) {
			t.Errorf("body %d: %v", i, err)
		}
		held = append(held, in)
	}
	in, err := read("other", 20<<20)
	if held = append(held, in); err != nil {
		t.Errorf("another: %v", err)
	}
	if _, err := read("greedy", bodyPiece); err != nil {
		t.Errorf("a small body: %v", err)
	}
	for _, in := range held {
		in.GiveBack()
		in.GiveBack() // giving back twice changes nothing
	}
	wantEmpty(t, bodies.pool)
}
