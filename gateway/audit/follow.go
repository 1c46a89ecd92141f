package audit

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"

	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Peer is one organisation's peer, and no other in its place.
type Peer interface {
	Height(ctx context.Context) (uint64, error)
	Block(ctx context.Context, number uint64) (*common.Block, error)
}

// Said is what peers have said of blocks: of each number, what the first one said. It remembers the newest only.
type Said struct {
	mu  sync.Mutex
	all map[uint64]saying
}

type saying struct {
	who   string
	head  proof.Head
	marks proof.Hash
}

const remembered = 10_000

// NewSaid remembers nothing yet.
func NewSaid() *Said { return &Said{all: map[uint64]saying{}} }

// say notes what a peer says of a block, and gives whom it contradicts.
func (s *Said) say(who string, j *proof.Judged) (other, what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first, known := s.all[j.Head.Number]
	switch {
	case !known:
		s.all[j.Head.Number] = saying{who, j.Head, j.Marks()}
		delete(s.all, j.Head.Number-remembered)
	case first.head != j.Head:
		return first.who, "another block"
	case first.marks != j.Marks():
		return first.who, "other transactions of it marked valid"
	}
	return "", ""
}

// Follower follows one peer: what it says later must follow from what it said before, and be what others say. It
// believes a peer's blocks only from where it began to follow it.
type Follower struct {
	Who       string
	Peer      Peer
	Authority *proof.Authority
	Said      *Said
	Alarms    *Alarms
	Head      *proof.Head            // the last block that follows from the ones before; nil at first
	Keep      func(proof.Head) error // keeps Head
	Seen      func(height uint64)    // after each look
	earlier   []proof.Head           // some of those before, which must stay as they are
}

// Look looks at the peer once.
func (f *Follower) Look(ctx context.Context) error {
	height, err := f.Peer.Height(ctx)
	if err != nil {
		return err
	}
	if f.Head == nil {
		return f.begin(ctx, height)
	}
	if height <= f.Head.Number {
		f.Alarms.Raise(ctx, RolledBack, f.Who, "it has %d blocks, and had number %d", height, f.Head.Number)
		return nil
	}
	f.Alarms.Clear(RolledBack, f.Who)
	same, err := f.same(ctx)
	if err != nil || !same {
		return err
	}
	for number := f.Head.Number + 1; number < height; number++ {
		if follows, err := f.next(ctx, number); err != nil || !follows {
			return err
		}
	}
	f.Alarms.Clear(Forked, f.Who)
	f.Seen(height)
	return nil
}

// begin begins with the peer's last block.
func (f *Follower) begin(ctx context.Context, height uint64) error {
	if height == 0 {
		return nil
	}
	block, err := f.Peer.Block(ctx, height-1)
	if err != nil {
		return err
	}
	f.adopt(ctx, f.Authority.Judge(block, time.Now()))
	return f.Keep(*f.Head)
}

// same looks whether the last block, and some earlier one, are still what they were.
func (f *Follower) same(ctx context.Context) (bool, error) {
	check := []proof.Head{*f.Head}
	if n := len(f.earlier); n > 0 {
		check = append(check, f.earlier[rand.IntN(n)]) // any will do
	}
	for _, head := range check {
		block, err := f.Peer.Block(ctx, head.Number)
		if err != nil {
			return false, err
		}
		if proof.HeadOf(block.GetHeader()) != head {
			f.Alarms.Raise(ctx, Forked, f.Who, "its block %d is another one than it was", head.Number)
			return false, nil
		}
	}
	return true, nil
}

func (f *Follower) next(ctx context.Context, number uint64) (follows bool, err error) {
	block, err := f.Peer.Block(ctx, number)
	if err != nil {
		return false, err
	}
	j := f.Authority.Judge(block, time.Now())
	if !j.Follows(*f.Head) {
		f.Alarms.Raise(ctx, Forked, f.Who, "its block %d does not follow block %d that it had", number, f.Head.Number)
		return false, nil
	}
	f.adopt(ctx, j)
	return true, f.Keep(*f.Head)
}

// adopt takes a block as the last one, and alarms where it is unsound or others have said otherwise.
func (f *Follower) adopt(ctx context.Context, j *proof.Judged) {
	found, err := j.Alone()
	if err != nil {
		f.Alarms.Raise(ctx, Unsound, fmt.Sprintf("block %d of %s", j.Head.Number, f.Who), "%v", err)
	}
	for _, finding := range found {
		f.Alarms.Raise(ctx, Unsound, fmt.Sprintf("block %d of %s", j.Head.Number, f.Who), "%s", finding)
	}
	if other, what := f.Said.say(f.Who, j); other != "" {
		f.Alarms.Raise(ctx, PeersDisagree, f.Who, "at block %d it has %s than %s", j.Head.Number, what, other)
	}
	if f.Head != nil {
		if len(f.earlier) < remembered {
			f.earlier = append(f.earlier, *f.Head)
		} else {
			f.earlier[rand.IntN(remembered)] = *f.Head // any will do
		}
	}
	f.Head = &j.Head
}
