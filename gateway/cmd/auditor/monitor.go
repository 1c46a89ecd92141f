package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"golang.org/x/sync/errgroup"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/audit"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

type monitorCommand struct {
	Exit bool `help:"End with an error at the first alarm."`
}

// Looks at peers are so often; the read model is compared so often, and at most a fifth of the time.
const (
	lookEvery    = time.Second
	compareEvery = 2 * time.Second
	compareShare = 4 // pauses of so many times what the last comparison took
)

var errAlarm = errors.New("an alarm")

// Run watches until ctx ends.
func (m monitorCommand) Run(ctx context.Context) error {
	c, log, err := readConfig()
	if err != nil {
		return err
	}
	if c.State == "" {
		return errors.New("TOUCHSTONE_AUDIT_STATE must name the folder in which the monitor keeps what it has seen")
	}
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	w := &watcher{config: c, log: log, alarms: audit.NewAlarms(log, c.AlarmURL, metrics), numbers: newNumbers(metrics)}
	numbers, err := door.Open("TOUCHSTONE_METRICS_LISTEN", c.MetricsListen, door.Numbers(metrics))
	if err != nil {
		return err
	}
	defer numbers.Close()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return door.Serve(ctx, log, numbers) })
	if err := w.followAll(ctx, g); err != nil {
		return err
	}
	if c.ScratchURL != "" {
		g.Go(func() error { return w.compareAlways(ctx) })
	}
	if m.Exit {
		g.Go(func() error { return w.untilAlarm(ctx) })
	}
	return g.Wait()
}

// watcher is the running monitor.
type watcher struct {
	config
	log     *slog.Logger
	alarms  *audit.Alarms
	numbers numbers
}

type numbers struct {
	height     *prometheus.GaugeVec
	compared   prometheus.Gauge
	comparison prometheus.Gauge
}

func newNumbers(metrics prometheus.Registerer) numbers {
	gauge := func(name, help string) prometheus.GaugeOpts {
		return prometheus.GaugeOpts{Namespace: "touchstone", Subsystem: "monitor", Name: name, Help: help}
	}
	n := numbers{
		height: prometheus.NewGaugeVec(
			gauge("peer_height", "Number of blocks that a peer had when it was looked at last."), []string{"peer"},
		),
		compared: prometheus.NewGauge(
			gauge("compared_timestamp_seconds", "When the read model was last compared with the blocks."),
		),
		comparison: prometheus.NewGauge(gauge("comparison_seconds", "How long that took.")),
	}
	metrics.MustRegister(n.height, n.compared, n.comparison)
	n.compared.SetToCurrentTime()
	return n
}

// peer is a source as a Follower looks at it.
type peer struct{ source }

func (p peer) Height(ctx context.Context) (uint64, error) { return p.client.Height(ctx) }

func (p peer) Block(ctx context.Context, number uint64) (*common.Block, error) {
	return p.client.BlockAt(ctx, p.msp, number)
}

// followAll follows every organisation's peer, from the last block on that is kept of it.
func (w *watcher) followAll(ctx context.Context, g *errgroup.Group) error {
	sources, err := w.sources(w.log)
	if err != nil {
		return err
	}
	if len(sources) < 2 {
		return errors.New("a monitor needs peers of at least two organisations in its connection profile")
	}
	authority, _, err := w.authority()
	if err != nil {
		return err
	}
	said := audit.NewSaid()
	for _, s := range sources {
		kept := filepath.Join(w.State, "head-"+s.msp+".json")
		head, err := keptHead(kept)
		if err != nil {
			return err
		}
		f := &audit.Follower{
			Who: s.msp, Peer: peer{s}, Authority: authority, Said: said, Alarms: w.alarms, Head: head,
			Keep: func(h proof.Head) error { return keepHead(kept, h) },
			Seen: func(height uint64) { w.numbers.height.WithLabelValues(s.msp).Set(float64(height)) },
		}
		g.Go(func() error {
			wait.Every(ctx, lookEvery, func() {
				if err := f.Look(ctx); err != nil && ctx.Err() == nil {
					w.log.Warn("a peer could not be looked at", "peer", s.msp, "error", err)
				}
			})
			return ctx.Err()
		})
	}
	return nil
}

func keptHead(file string) (*proof.Head, error) {
	content, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var head proof.Head
	if err == nil {
		err = json.Unmarshal(content, &head)
	}
	return &head, err
}

func keepHead(file string, head proof.Head) error {
	content, err := json.Marshal(head)
	if err != nil {
		return err
	}
	return write(file, append(content, '\n'))
}

// untilAlarm ends with the first alarm.
func (w *watcher) untilAlarm(ctx context.Context) error {
	for wait.For(ctx, lookEvery) {
		if all := w.alarms.Standing(); len(all) > 0 {
			return fmt.Errorf("%w: %s: %s: %s", errAlarm, all[0].Kind, all[0].Who, all[0].Text)
		}
	}
	return ctx.Err()
}

// compareAlways compares the read model with the blocks again and again.
func (w *watcher) compareAlways(ctx context.Context) error {
	var work *reconciliation
	for ctx.Err() == nil {
		var err error
		began := time.Now()
		if work == nil {
			work, err = w.reconciliation(ctx)
		}
		if err == nil {
			err = w.compareOnce(ctx, work)
		}
		took := time.Since(began)
		if err != nil && ctx.Err() == nil {
			w.log.Warn("the read model could not be compared", "error", err)
			if work != nil {
				work.close()
				work = nil
			}
		} else {
			w.numbers.compared.SetToCurrentTime()
			w.numbers.comparison.Set(took.Seconds())
		}
		wait.For(ctx, max(compareEvery, compareShare*took))
	}
	return ctx.Err()
}

func (w *watcher) reconciliation(ctx context.Context) (*reconciliation, error) {
	work, err := reconcileCommand{}.prepare(ctx, w.config, w.log)
	if err != nil {
		return nil, err
	}
	work.walked.Found = func(f proof.Finding) {
		w.alarms.Raise(ctx, audit.Unsound, fmt.Sprintf("block %d", f.Block), "%s", f)
	}
	return work, nil
}

const model = "read model"

// compareOnce walks and replays up to where the read model is, and compares: what blocks decide, and the logs' entries
// with their anchors.
func (w *watcher) compareOnce(ctx context.Context, work *reconciliation) error {
	live, err := store.OpenForReading(w.ReadModelURL)
	if err != nil {
		return fmt.Errorf("TOUCHSTONE_READ_MODEL_DATABASE_URL: %w", err)
	}
	defer func() { _ = live.Close() }()
	theirs, at, err := level(ctx, live, 0)
	if err != nil {
		return err
	}
	defer func() { _ = theirs.Close() }()
	if err := w.advance(ctx, work, at); err != nil {
		return err
	}
	ours, err := work.scratch.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = ours.Close() }()
	var told []string
	n, err := audit.Compare(ctx, store.Compared(), ours, theirs, func(d record.Difference) {
		if len(told) < 5 {
			told = append(told, audit.Text(d))
		}
	})
	if err != nil {
		return err
	}
	if n > 0 {
		w.alarms.Raise(ctx, audit.ModelDiffers, model, "%d differences, the first: %s", n, strings.Join(told, "; "))
	} else {
		w.alarms.Clear(audit.ModelDiffers, model)
	}
	return w.anchors(ctx, ours, theirs)
}

// advance walks and replays up to the block that the read model is at. A read model that went back shows as
// differences.
func (w *watcher) advance(ctx context.Context, work *reconciliation, at record.Checkpoint) error {
	next := work.walked.Chain().Next()
	for ; next < at.NextBlock; next = work.walked.Chain().Next() {
		if err := work.piece(ctx, min(next+pieceMost, at.NextBlock)); err != nil {
			if broken := work.walked.Err(); broken != nil {
				w.alarms.Raise(ctx, audit.Forked, w.Peer, "the chain that is walked ends: %v", broken)
			}
			return err
		}
		if err := w.save(work.walked.Chain()); err != nil {
			return err
		}
	}
	return nil
}

// anchors compares every log's entries with what the blocks say was anchored.
func (w *watcher) anchors(ctx context.Context, ours, theirs *store.Snapshot) error {
	wrong := map[string]trace.Anchor{}
	var all []trace.Anchor
	for row, err := range ours.Rows(ctx, "anchor") {
		if err != nil {
			return err
		}
		var a trace.Anchor
		if err := json.Unmarshal(row.Columns["doc"], &a); err != nil {
			return err
		}
		all = append(all, a)
	}
	for _, a := range all {
		same, err := audit.CheckAnchor(ctx, a, theirs)
		if err != nil {
			return err
		}
		if !same {
			wrong[a.Log] = a
		}
	}
	for _, log := range []string{trace.LogScans, trace.LogReviews, trace.LogComplaints} {
		if a, is := wrong[log]; is {
			w.alarms.Raise(
				ctx, audit.AnchorRewritten, log, "entries %d to %d are not those that were anchored", a.From,
				a.To-1,
			)
		} else {
			w.alarms.Clear(audit.AnchorRewritten, log)
		}
	}
	return nil
}
