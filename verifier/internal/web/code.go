package web

import (
	"context"
	"encoding/hex"
	"regexp"
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/label"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// code is what a unit's URI turned out to be.
type code struct {
	state  verdict.CodeState
	unit   verdict.Unit
	serial string
	epoch  uint32
}

// readPath reads the path of a unit's URI, still percent-encoded.
func (h *handler) readPath(path string) code { return h.check(label.Code("https://x" + path)) }

// readURI reads a unit's code, as a scanner gives it or somebody copies it. Any
// host will do: it is the code that counts.
func (h *handler) readURI(text string) code { return h.check(label.Code(text)) }

// check checks a code without asking any database, but for batches that list
// their serials. Of several units that it can mean, and of the ways in which its
// lot may have been spelt, its tag tells the right one. What is no whole code is
// incomplete and not unknown.
func (h *handler) check(l label.Label) code {
	if r, issued, ok := l.Issued(h.Codes, h.likeLots); ok {
		return issuedCode(r, issued)
	}
	if c, listed := h.checkListed(l); listed {
		return c
	}
	if !slices.ContainsFunc(l.Readings, func(r label.Reading) bool { return seal.IsSerial(r.Serial) }) {
		return code{state: verdict.CodeIncomplete}
	}
	return code{state: verdict.CodeNotIssued}
}

func issuedCode(r label.Reading, issued seal.Issued) code {
	c := code{state: verdict.CodeIssued, serial: r.Serial, epoch: issued.Epoch,
		unit: verdict.Unit{GTIN: string(r.GTIN), Lot: r.Lot, Index: issued.Index}}
	if issued.Retired {
		c.state = verdict.CodeRetired
	}
	return c
}

// notIssued says why a code that was not issued is refused.
func (asked code) notIssued() error {
	if asked.state == verdict.CodeIncomplete {
		return problem.New(problem.CodeIncomplete, "uri", "the code is not whole; scan the label again or type all of it")
	}
	return problem.New(problem.NotIssued, "uri", "no unit has this code")
}

var partyForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,39}$`)

// place is where a question comes from: the party in whose shop, and the
// country. Either is empty where it is not known.
type place struct{ seller, market string }

// levelTime bounds what a verdict waits for records that are a few blocks behind.
const levelTime = 700 * time.Millisecond

// judge answers for a code. Only a verdict that has nothing against the unit but
// the age of its records waits for newer ones.
func (h *handler) judge(ctx context.Context, c code, asked place) verdict.Answer {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	for patience := time.After(levelTime); ; {
		newer := h.newer()
		e := h.gather(ctx, c, asked)
		a := verdict.Judge(e)
		if newer == nil || a.Verdict != verdict.Unavailable || !stale(e) {
			return h.vouched(ctx, e, a, func() verdict.Evidence { return h.gather(ctx, c, asked) })
		}
		select {
		case <-newer:
		case <-patience:
			return a
		case <-ctx.Done():
			return a
		}
	}
}

func (h *handler) vouched(ctx context.Context, e verdict.Evidence, a verdict.Answer, anew func() verdict.Evidence) verdict.Answer {
	if h.Voucher == nil || !a.NeedsSignatures() {
		return a
	}
	return h.Voucher.Vouch(ctx, e, anew)
}

func (h *handler) newer() <-chan struct{} {
	if h.Level == nil {
		return nil
	}
	return h.Level.Newer()
}

// dated puts the peers' word for when records were level with the ledger in place of their own.
func (h *handler) dated(at *verdict.Ledger) {
	if h.Level != nil && at != nil {
		at.CheckedAt = h.Level.Since(uint64(at.Height))
	}
}

func stale(e verdict.Evidence) bool {
	return e.Records != nil && e.Records.Ledger != nil && e.Now.Sub(e.Records.Ledger.CheckedAt) > e.MaxAge
}

// gather collects the evidence about a code. Whatever cannot be had in time
// stays missing, and the verdict says so.
func (h *handler) gather(ctx context.Context, c code, asked place) verdict.Evidence {
	e := verdict.Evidence{Now: h.Now(), Code: c.state, Unit: c.unit, Serial: c.serial, Epoch: c.epoch, Seller: asked.seller, Market: asked.market, MaxAge: h.MaxAge, Claims: h.Activator != nil}
	if c.state != verdict.CodeIssued {
		return e
	}
	records, err := h.Records.Records(ctx, c.unit)
	if err != nil {
		h.Log.Error("no records for a verdict", "error", err)
		return e
	}
	h.dated(records.Ledger)
	e.Records = records
	if records.Batch != nil {
		_, e.Membership = h.membership(ctx, c, *records.Batch)
	}
	return e
}

// membership proves that the code is a leaf under the root that the ledger
// holds for its batch, and gives the proof's path.
func (h *handler) membership(ctx context.Context, c code, b trace.Batch) ([][]byte, verdict.Membership) {
	keys, err := h.Codes.Batch(c.epoch, gs1.GTIN(c.unit.GTIN), c.unit.Lot)
	if err != nil {
		return nil, verdict.MembershipUnknown
	}
	tree, err := h.trees.get(ctx, b)
	if err != nil {
		h.Log.Error("no tree for a verdict", "gtin", b.GTIN, "lot", b.Lot, "error", err)
		return nil, verdict.MembershipUnknown
	}
	if b.Listed && h.Serials != nil {
		from, count := tree.Around(c.unit.Index)
		serials, err := h.listedAround(ctx, b, from, count)
		if err != nil {
			h.Log.Error("no listed serials for a verdict", "gtin", b.GTIN, "lot", b.Lot, "error", err)
			return nil, verdict.MembershipUnknown
		}
		keys = keys.WithSerials(from, serials)
		if u, err := keys.Unit(c.unit.Index); err != nil || u.Serial != c.serial {
			return nil, verdict.MembershipRefuted
		}
	}
	path, err := tree.Proof(keys, c.unit.Index)
	if err != nil {
		return nil, verdict.MembershipRefuted
	}
	return path, verdict.MembershipProved
}

func unitsRoot(b trace.Batch) (root [32]byte, err error) {
	_, err = hex.Decode(root[:], []byte(b.UnitsRoot))
	return root, err
}

// secretsOf gives a unit's PIN and salt. Neither is ever shown.
func (h *handler) secretsOf(c code) (seal.Unit, error) {
	keys, err := h.Codes.Batch(c.epoch, gs1.GTIN(c.unit.GTIN), c.unit.Lot)
	if err != nil {
		return seal.Unit{}, err
	}
	u, err := keys.Unit(c.unit.Index)
	u.Serial = c.serial // as printed, where the batch lists its serials
	return u, err
}
