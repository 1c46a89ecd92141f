package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
)

func checkpoint(next uint64, hash string) record.Checkpoint {
	return record.Checkpoint{Channel: "trace", NextBlock: next, LastHash: []byte(hash)}
}

func block(number uint64) func([]record.Placed) (record.Changes, error) {
	return func([]record.Placed) (record.Changes, error) {
		b := record.Block{Number: number, Hash: []byte{1}, PrevHash: []byte{}, DataHash: []byte{3},
			Txs: []record.Tx{{ID: "", Code: record.Valid, Function: "config", At: noon, Endorsers: []string{}}}}
		return record.Changes{Blocks: []record.Block{b}}, nil
	}
}

// A projector that is not at the checkpoint writes nothing, lock or no lock.
func TestProjectOnlyFromTheCheckpoint(t *testing.T) {
	s, ctx := storetest.Projecting(t), t.Context()
	if err := s.Project(ctx, record.Checkpoint{Channel: "trace"}, checkpoint(1, "a"), nil, block(0)); err != nil {
		t.Fatal(err)
	}
	before, err := s.Fingerprint(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for name, from := range map[string]record.Checkpoint{
		"an earlier block": {Channel: "trace"},
		"a later block":    checkpoint(2, "a"),
		"another history":  checkpoint(1, "b"),
		"another channel":  {Channel: "other", NextBlock: 1, LastHash: []byte("a")},
	} {
		if err := s.Project(ctx, from, checkpoint(9, "x"), nil, block(8)); !errors.Is(err, store.ErrMoved) {
			t.Errorf("from %s: %v", name, err)
		}
	}
	if after, err := s.Fingerprint(ctx); err != nil || after != before {
		t.Errorf("something was written: %v", err)
	}
}

func TestHaltIsSeenAndEndsWithProgress(t *testing.T) {
	s, ctx := storetest.Projecting(t), t.Context()
	h := store.NewHorizon(s)
	run, stop := context.WithCancel(ctx)
	defer stop()
	go h.Run(run)
	if err := s.Halt(ctx, "trace", "fork"); err != nil {
		t.Fatal(err)
	}
	wait, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if err := h.WaitFor(wait, 0); err == nil || !strings.Contains(err.Error(), "halted: fork") {
		t.Errorf("waiting on a halted projection: %v", err)
	}
	if err := s.Project(ctx, record.Checkpoint{Channel: "trace"}, checkpoint(1, "a"), nil, block(0)); err != nil {
		t.Fatal(err)
	}
	for at, _ := h.At(); at.NextBlock == 0; at, _ = h.At() {
		time.Sleep(time.Millisecond)
	}
	if err := h.WaitFor(wait, 0); err != nil {
		t.Error(err)
	}
}
