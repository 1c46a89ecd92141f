package proofs

import (
	"context"
	"encoding/hex"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Log reads the entries of the logs that are anchored on the ledger.
type Log interface {
	LogEntry(ctx context.Context, log string, seq int64) (*feedback.LogEntry, error)
}

// Anchored proves that an entry of a log is the one that was anchored. What is
// public anyway, reviews, comes with its text; of the rest only the salted
// digest is shown. A row that was changed since proves nothing, and says so.
func (h *Handler) Anchored(c echo.Context) error {
	log := c.Param("log")
	seq, err := strconv.ParseInt(c.Param("seq"), 10, 64)
	if err != nil || seq < 0 {
		return page.Refuse(trace.FieldInvalid, "seq", "entry_number")
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.AnswerTime)
	defer cancel()
	row, err := h.Logs.LogEntry(ctx, log, seq)
	if err != nil {
		h.Log.Error("log entry not read", "error", err)
		return page.Refuse(problem.Unavailable, "", "log_not_now")
	}
	if row == nil {
		return page.Refuse(trace.AnchorUnknown, "seq", "no_entry")
	}
	if row.Lost {
		return page.Refuse(problem.EntryLost, "seq", "entry_lost")
	}
	e, err := proofOf(log, seq, row)
	if err != nil {
		h.Log.Error("log entry is not as it was anchored", "log", log, "seq", seq, "error", err)
		return page.Refuse(problem.EntryChanged, "seq", "entry_changed")
	}
	if log != trace.LogReviews {
		e.Salt, e.Text = "", ""
	}
	return c.JSON(http.StatusOK, e)
}

// proofOf builds an entry's proof and checks it before anybody sees it.
func proofOf(log string, seq int64, row *feedback.LogEntry) (proof.Entry, error) {
	e := proof.Entry{
		Log:    log,
		Seq:    seq,
		Digest: hex.EncodeToString(row.Digest),
		Salt:   hex.EncodeToString(row.Salt),
		Text:   row.Text,
		From:   row.From,
		To:     row.To,
		Root:   hex.EncodeToString(row.Root),
		TxID:   row.TxID,
		Block:  row.Block,
	}
	if int64(len(row.Digests)) != row.To-row.From {
		return e, proof.ErrMismatch
	}
	e.Path = proof.Path(row.Digests, int(seq-row.From))
	return e, e.Check()
}
