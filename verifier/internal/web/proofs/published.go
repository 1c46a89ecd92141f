package proofs

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/translog"
)

// Anchors reads the ledger's anchors of all logs, in the order of their transactions.
type Anchors interface {
	AnchorsAfter(ctx context.Context, block int64, position, most int) ([]feedback.Anchored, error)
}

// Published is the anchors as a transparency log. It only ever adds to what it has published: anchors that
// disappear from the database, or come where some are already, do not change it.
type Published struct {
	Log    *translog.Log
	Source Anchors
	Now    func() time.Time

	mu     sync.Mutex
	looked time.Time
	last   feedback.Anchored
}

const (
	publishedEvery = 2 * time.Second // how often it is looked for new anchors, however many ask
	publishedMost  = 1000            // that are read at once
)

// entry is what an entry of the log says, in canonical JSON.
type entry struct {
	Anchor trace.Anchor `json:"anchor"`
	TxID   string       `json:"txId"`
	Block  int64        `json:"block"`
}

// refresh adds what is new on the ledger.
func (p *Published) refresh(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.Now()
	if !p.looked.IsZero() && now.Sub(p.looked) < publishedEvery {
		return nil
	}
	for {
		position := p.last.Position
		if p.Log.Size() == 0 {
			position = -1
		}
		all, err := p.Source.AnchorsAfter(ctx, p.last.Block, position, publishedMost)
		if err != nil {
			return err
		}
		entries := make([][]byte, len(all))
		for i, a := range all {
			if entries[i], err = trace.Marshal(entry{a.Anchor, a.TxID, a.Block}); err != nil {
				return err
			}
		}
		if len(entries) > 0 {
			if err := p.Log.Add(entries...); err != nil {
				return err
			}
			p.last = all[len(all)-1]
		}
		if len(all) < publishedMost {
			p.looked = now
			return nil
		}
	}
}

func (h *Handler) published(c echo.Context) error {
	if h.Published == nil {
		return page.Refuse(problem.Unavailable, "", "log_not_now")
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.AnswerTime)
	defer cancel()
	if err := h.Published.refresh(ctx); err != nil {
		h.Log.Error("the anchors are not read", "error", err)
		return page.Refuse(problem.Unavailable, "", "log_not_now")
	}
	return nil
}

// Checkpoint answers with the signed note that names the log's size and root (C2SP tlog-checkpoint).
func (h *Handler) Checkpoint(c echo.Context) error {
	if err := h.published(c); err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=2")
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", h.Published.Log.Checkpoint())
}

// CheckpointKey answers with the key that checkpoints are signed with, as signed notes write it.
func (h *Handler) CheckpointKey(c echo.Context) error {
	if h.Published == nil {
		return page.Refuse(problem.Unavailable, "", "log_not_now")
	}
	return c.String(http.StatusOK, h.Published.Log.Key()+"\n")
}

// Tile answers with a tile of the log's tree, or of its entries (C2SP tlog-tiles).
func (h *Handler) Tile(c echo.Context) error {
	if err := h.published(c); err != nil {
		return err
	}
	content, whole := h.Published.Log.Tile(c.Param("*"))
	if content == nil {
		return page.Refuse(trace.AnchorUnknown, "", "no_entry")
	}
	keep := "public, max-age=60"
	if whole {
		keep = "public, max-age=31536000, immutable"
	}
	c.Response().Header().Set("Cache-Control", keep)
	return c.Blob(http.StatusOK, "application/octet-stream", content)
}
