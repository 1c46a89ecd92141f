package proofs

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/singleflight"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/facts"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Blocks fetches blocks from the ledger, as a peer keeps them.
type Blocks interface {
	// BlockOf gives the block, common.Block in protobuf, that holds a transaction.
	BlockOf(ctx context.Context, txID string) ([]byte, error)
}

// Countersigner has facts signed by peers of different organisations.
type Countersigner interface {
	Countersign(ctx context.Context, f trace.Facts) (proof.Signed, error)
	// Recent gives what was signed of these facts some seconds ago, such as for the page whose proof is asked for now.
	Recent(f trace.Facts) (proof.Signed, bool)
}

// proofTime bounds what a proof may wait for a peer.
const proofTime = 10 * time.Second

// maxBlockBytes bounds the blocks that are kept for proofs.
const maxBlockBytes = 64 << 20

// blocks keeps what proofs need of blocks, by transaction. A block never
// changes; when the bound is reached, all are dropped.
type blocks struct {
	mu    sync.Mutex
	kept  map[string]proof.Block
	bytes int
	loads singleflight.Group
}

func (b *blocks) get(ctx context.Context, source Blocks, txID string) (proof.Block, error) {
	b.mu.Lock()
	block, found := b.kept[txID]
	b.mu.Unlock()
	if found {
		return block, nil
	}
	loaded, err, _ := b.loads.Do(txID, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), proofTime) // others may wait for it too
		defer cancel()
		data, err := source.BlockOf(ctx, txID)
		if err != nil {
			return nil, err
		}
		block, err := proof.ReadBlock(data, txID)
		if err == nil {
			b.keep(txID, block, len(data))
		}
		return block, err
	})
	if err != nil {
		return proof.Block{}, err
	}
	return loaded.(proof.Block), nil
}

func (b *blocks) keep(txID string, block proof.Block, bytes int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.kept == nil || b.bytes+bytes > maxBlockBytes {
		b.kept, b.bytes = map[string]proof.Block{}, 0
	}
	b.kept[txID] = block
	b.bytes += bytes
}

// Prove answers with the proof bundle of a unit, after checking it as its
// readers will.
func (h *Handler) Prove(c echo.Context) error {
	asked := h.Codes.ReadURI(c.QueryParam("uri"))
	if asked.State != verdict.CodeIssued {
		return asked.NotIssued()
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), proofTime)
	defer cancel()
	bundle, err := h.prove(ctx, asked)
	if trace.CodeOf(err) != "" {
		return err
	}
	if err != nil {
		h.Log.Error("no proof", "gtin", asked.Unit.GTIN, "lot", asked.Unit.Lot, "error", err)
		return page.Refuse(problem.Unavailable, "", "proof_not_now")
	}
	return c.JSONBlob(http.StatusOK, bundle)
}

func (h *Handler) prove(ctx context.Context, asked codes.Code) ([]byte, error) {
	if h.Blocks == nil || h.Trust == nil {
		return nil, errors.New("this verifier is not connected to the ledger, or has no trust file")
	}
	records, err := h.Records.Records(ctx, asked.Unit)
	if err != nil {
		return nil, err
	}
	if records.Batch == nil {
		return nil, page.Refuse(trace.BatchUnknown, "uri", "lot_not_there")
	}
	member, membership := h.Codes.Membership(ctx, asked, *records.Batch)
	switch membership {
	case verdict.MembershipRefuted:
		return nil, page.Refuse(trace.UnitProof, "uri", "not_in_tree")
	case verdict.MembershipUnknown:
		return nil, errors.New("the unit's path is not known")
	}
	block, err := h.blocks.get(ctx, h.Blocks, records.BatchTx)
	if err != nil {
		return nil, err
	}
	unit := provable(asked, records.Batch.Quantity, member)
	bundle, err := proof.Build(block, unit, h.signed(ctx, records, asked.Unit))
	if err != nil {
		return nil, err
	}
	_, err = proof.Verify(bundle, *h.Trust, unit.UnitID, h.FactsAge)
	return bundle, err
}

// signed gives what organisations signed of the unit; nil where nothing can be had, which leaves
// the registration to prove.
func (h *Handler) signed(ctx context.Context, records *verdict.Records, unit verdict.Unit) *proof.Signed {
	if h.Countersigner == nil {
		return nil
	}
	stated := facts.Of(records, unit)
	if signed, found := h.Countersigner.Recent(stated); found {
		return &signed
	}
	signed, err := h.Countersigner.Countersign(ctx, stated)
	if err != nil {
		h.Log.Warn("a proof without facts", "gtin", unit.GTIN, "lot", unit.Lot, "error", err)
		return nil
	}
	return &signed
}

// provable is the unit as a bundle names it.
func provable(asked codes.Code, quantity int64, p codes.Proof) proof.Unit {
	unit := proof.Unit{UnitID: proof.UnitID{GTIN: asked.Unit.GTIN, Lot: asked.Unit.Lot, Serial: asked.Serial},
		Index: asked.Unit.Index, Quantity: quantity, Commitment: p.Commitment}
	for _, step := range p.Path {
		unit.Path = append(unit.Path, proof.Hash(step))
	}
	return unit
}

// ShowTrust answers with what this verifier's proofs are checked against. Who wants
// to be sure gets it another way, and compares.
func (h *Handler) ShowTrust(c echo.Context) error {
	if h.Trust == nil {
		return page.Refuse(problem.Unavailable, "", "no_trust_file")
	}
	return c.JSON(http.StatusOK, h.Trust)
}
