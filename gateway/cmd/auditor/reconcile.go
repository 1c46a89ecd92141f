package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/audit"
	"github.com/touchstone-trace/touchstone/gateway/projector"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

type reconcileCommand struct {
	From   uint64 `help:"Walk from this block on; from another one than 0 nothing can be replayed or compared."`
	After  string `help:"Hash of the block before it that you know, 64 hexadecimal digits."`
	Blocks uint64 `help:"Walk this many blocks at most, and the rest another time: a piece."`
	Export string `help:"Compare with this file, which \"auditor export\" wrote, not with a database."          type:"existingfile"`
	JSON   bool   `help:"Print findings and differences as lines of JSON."                                                          name:"json"`
}

// Run exits with an error where anything was found, so that whoever started it knows.
func (r reconcileCommand) Run(ctx context.Context) error {
	c, log, err := readConfig()
	if err != nil {
		return err
	}
	work, err := r.prepare(ctx, c, log)
	if err != nil {
		return err
	}
	defer work.close()
	whole, err := work.walk(ctx, r.Blocks)
	if err != nil || !whole {
		return errors.Join(err, work.verdict())
	}
	if err := work.compare(ctx, r.Export); err != nil {
		return err
	}
	return work.verdict()
}

// reconciliation is one run of the command.
type reconciliation struct {
	config
	log     *slog.Logger
	out     printer
	peer    source
	walked  *audit.Walk
	scratch *store.Store // nil: blocks are walked only
	replay  *projector.Projector
	found   int
}

func (r reconcileCommand) prepare(ctx context.Context, c config, log *slog.Logger) (*reconciliation, error) {
	authority, trust, err := c.authority()
	if err != nil {
		return nil, err
	}
	after, err := r.after()
	if err != nil {
		return nil, err
	}
	chain, err := c.chain(authority, r.From, after)
	if err != nil {
		return nil, err
	}
	peer, err := c.sources(log, c.Peer)
	if err != nil {
		return nil, err
	}
	work := &reconciliation{config: c, log: log, peer: peer[0], out: printer{os.Stdout, r.JSON}}
	work.walked = audit.NewWalk(work.peer.client, authority, chain, work.tell)
	progress := &progress{began: time.Now()}
	work.walked.Walked = progress.walked
	if r.From > 0 || c.ScratchURL == "" {
		return work, nil
	}
	if work.scratch, err = store.Open(c.ScratchURL); err != nil {
		return nil, fmt.Errorf("TOUCHSTONE_SCRATCH_DATABASE_URL: %w", err)
	}
	work.replay = projector.New(projector.Options{
		Channel: trust.Channel, Chaincode: trust.Chaincode,
		Source: work.walked, ReadModel: work.scratch, Log: log,
	})
	return work, work.scratch.Migrate(ctx)
}

func (r reconcileCommand) after() (*proof.Head, error) {
	if r.After == "" {
		return nil, nil
	}
	if r.From == 0 {
		return nil, errors.New("--after: nothing is before block 0")
	}
	head := &proof.Head{Number: r.From - 1}
	return head, head.Hash.UnmarshalText([]byte(r.After))
}

func (w *reconciliation) close() {
	_ = w.peer.client.Close()
	if w.scratch != nil {
		_ = w.scratch.Close()
	}
}

// savedEvery is how often it is kept how far the chain was walked; pieceMost bounds what is walked between looks at that.
const (
	savedEvery = time.Minute
	pieceMost  = 1000
)

// walk walks and replays what the peer has, in pieces after which the walk can go on another time, and reports whether
// that was all.
func (w *reconciliation) walk(ctx context.Context, most uint64) (whole bool, err error) {
	height, err := w.peer.client.Height(ctx)
	if err != nil {
		return false, err
	}
	next := w.walked.Chain().Next()
	if next > height {
		return false, fmt.Errorf("rolled back: the peer has %d blocks, of which %d were walked before", height, next)
	}
	stop := height
	if most > 0 {
		stop = min(height, next+most)
	}
	saved := time.Now()
	for next < stop {
		next = min(next+pieceMost, stop)
		if err := w.piece(ctx, next); err != nil {
			return false, err
		}
		if time.Since(saved) > savedEvery || next == stop {
			if err := w.save(w.walked.Chain()); err != nil {
				return false, err
			}
			saved = time.Now()
		}
	}
	w.out.summary(w.walked.Chain())
	return stop == height, nil
}

// piece walks and replays up to a block.
func (w *reconciliation) piece(ctx context.Context, stop uint64) error {
	if w.replay == nil {
		return w.walked.To(ctx, stop)
	}
	w.walked.Until(stop)
	err := w.replay.To(ctx, stop)
	return errors.Join(w.walked.Err(), err)
}

// compare compares the replayed model with the live one, or with an export, both up to the same block.
func (w *reconciliation) compare(ctx context.Context, export string) error {
	if w.scratch == nil || export == "" && w.ReadModelURL == "" {
		fmt.Fprintln(os.Stderr, "walked only: without a scratch database and a read model nothing is compared")
		return nil
	}
	if export != "" {
		return w.compareExport(ctx, export)
	}
	live, err := store.OpenForReading(w.ReadModelURL)
	if err != nil {
		return fmt.Errorf("TOUCHSTONE_READ_MODEL_DATABASE_URL: %w", err)
	}
	defer func() { _ = live.Close() }()
	theirs, at, err := level(ctx, live, w.walked.Chain().Next())
	if err != nil {
		return err
	}
	defer func() { _ = theirs.Close() }()
	return w.compareAt(ctx, at, theirs)
}

// levelTime is how long a read model may take to get the blocks that its ledger has.
const levelTime = 10 * time.Second

// level waits a moment for a read model that lacks blocks, and gives it as it is then.
func level(ctx context.Context, live *store.Store, next uint64) (*store.Snapshot, record.Checkpoint, error) {
	for until := time.Now().Add(levelTime); ; {
		s, err := live.Snapshot(ctx)
		if err != nil {
			return nil, record.Checkpoint{}, err
		}
		at, err := s.Checkpoint(ctx)
		if err != nil || at.NextBlock >= next || time.Now().After(until) {
			return s, at, err
		}
		_ = s.Close()
		select {
		case <-ctx.Done():
			return nil, at, ctx.Err()
		case <-time.After(250 * time.Millisecond):
		}
	}
}

func (w *reconciliation) compareExport(ctx context.Context, name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	export, err := audit.ReadExport(file)
	if err != nil {
		return err
	}
	at := record.Checkpoint{Channel: export.Head.Channel, NextBlock: export.Head.Next, LastHash: export.Head.LastHash}
	return errors.Join(w.compareAt(ctx, at, export), export.Rest())
}

// compareAt replays up to the block that the read model is at. One that is behind what was replayed lacks blocks: that
// shows as differences, too.
func (w *reconciliation) compareAt(ctx context.Context, at record.Checkpoint, theirs audit.Model) error {
	if next := w.walked.Chain().Next(); at.NextBlock > next {
		if err := w.piece(ctx, at.NextBlock); err != nil {
			return err
		}
		if err := w.save(w.walked.Chain()); err != nil {
			return err
		}
	}
	ours, err := w.scratch.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = ours.Close() }()
	n, err := audit.Compare(ctx, store.Compared(), ours, theirs, w.out.difference)
	w.found += n
	return err
}

func (w *reconciliation) tell(f proof.Finding) {
	w.found++
	w.out.finding(f)
}

func (w *reconciliation) verdict() error {
	if w.found > 0 {
		return fmt.Errorf("%d findings and differences", w.found)
	}
	return nil
}

// printer prints what was found, for people or for programs.
type printer struct {
	io.Writer
	json bool
}

func (p printer) line(v any, text string) {
	if p.json {
		content, err := json.Marshal(v)
		if err != nil {
			content = []byte(err.Error())
		}
		text = string(content)
	}
	fmt.Fprintln(p, text)
}

func (p printer) finding(f proof.Finding) {
	p.line(map[string]any{"finding": f, "why": f.Reason.Error()}, "ledger: "+f.String())
}

func (p printer) difference(d record.Difference) {
	p.line(map[string]any{"difference": d}, audit.Text(d))
}

func (p printer) summary(c *proof.Chain) {
	head := c.Head()
	if head == nil {
		return
	}
	s := c.Seen()
	p.line(map[string]any{"walked": s, "head": head}, fmt.Sprintf(
		"walked: %d blocks up to number %d (%s), %d transactions, %d of them valid, %d not to be judged, channel configured in blocks %v",
		s.Blocks,
		head.Number,
		hex.EncodeToString(head.Hash[:]),
		s.Transactions,
		s.Valid,
		s.Unjudged,
		s.Configurations,
	))
}

// progress says every now and then how far the walk is.
type progress struct {
	began, told time.Time
	first       int64
}

const toldEvery = 2 * time.Second

func (p *progress) walked(c *proof.Chain) {
	s, now := c.Seen(), time.Now()
	if p.told.IsZero() {
		p.first, p.told = s.Transactions, now
	}
	if now.Sub(p.told) < toldEvery {
		return
	}
	p.told = now
	fmt.Fprintf(os.Stderr, "block %d, %d transactions, %.0f a second\n",
		c.Head().Number, s.Transactions, float64(s.Transactions-p.first)/now.Sub(p.began).Seconds())
}
