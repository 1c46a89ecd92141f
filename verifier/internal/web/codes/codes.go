// Package codes reads the codes of labels: whether one was issued and for which unit, the proof that the unit is in
// its batch, and the verdict on it. It asks a database only for the lists of serials that factories brought, for
// trees, and for what a verdict rests on.
package codes

import (
	"context"
	"encoding/hex"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/label"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Code is what a unit's URI turned out to be. Of one that was not issued only the state is known.
type Code struct {
	State  verdict.CodeState
	Unit   verdict.Unit
	Serial string
	Epoch  uint32
}

// Path is that of the unit's page.
func (asked Code) Path() string {
	return label.UnitPath(gs1.GTIN(asked.Unit.GTIN), asked.Unit.Lot, asked.Serial)
}

// Book is every code that was issued. It holds none of them: a code is told by its tag, and one
// that a factory brought by the list of its batch.
type Book struct {
	Keys    *seal.Keyring
	Serials *Serials // nil: no batch lists its serials
	Base    string   // what labels begin with: a host, or scheme and host
	Log     *slog.Logger
	Now     func() time.Time

	trees       *trees
	commitments *commitments
}

// Stored is what is stored of batches' units, by the roots of their trees; empty where nothing is.
type Stored interface {
	// TreeRow reads a row as seal.Tree has it.
	TreeRow(ctx context.Context, root [32]byte) ([]byte, error)
	// Commitments reads the PIN commitments of units, 32 bytes each.
	Commitments(ctx context.Context, root [32]byte, first, count int64) ([]byte, error)
}

// NewBook gives a book that reads what is stored.
func NewBook(b Book, s Stored) *Book {
	b.trees, b.commitments = &trees{read: s.TreeRow}, &commitments{read: s.Commitments}
	return &b
}

// URI is the unit's address, as its label has it.
func (b *Book) URI(asked Code) string {
	return gs1.UnitURI(b.Base, gs1.GTIN(asked.Unit.GTIN), asked.Unit.Lot, asked.Serial)
}

// Host is the host whose addresses are ours: the one on the labels, whatever
// host a request names.
func (b *Book) Host() string {
	_, host, found := strings.Cut(b.Base, "://")
	if !found {
		host = b.Base
	}
	return strings.ToLower(strings.TrimSuffix(host, "/"))
}

// Origin is that of the pages behind the labels, which begin with a
// host, or scheme and host, in any case.
func (b *Book) Origin() string {
	base := b.Base
	if !strings.Contains(base, "://") {
		base = "https://" + base
	}
	return strings.ToLower(base)
}

// ReadPath reads the path of a unit's URI, still percent-encoded.
func (b *Book) ReadPath(path string) Code { return b.Check(label.Code("https://x" + path)) }

// ReadURI reads a unit's code, as a scanner gives it or somebody copies it. Any
// host will do: it is the code that counts.
func (b *Book) ReadURI(text string) Code { return b.Check(label.Code(text)) }

// Check checks a code without asking any database, but for batches that list
// their serials. Of several units that it can mean, and of the ways in which its
// lot may have been spelt, its tag tells the right one. What is no whole code is
// incomplete and not unknown.
func (b *Book) Check(l label.Label) Code {
	if r, issued, ok := l.Issued(b.Keys, b.likeLots); ok {
		return issuedCode(r, issued)
	}
	if c, listed := b.checkListed(l); listed {
		return c
	}
	if !slices.ContainsFunc(l.Readings, func(r label.Reading) bool { return seal.IsSerial(r.Serial) }) {
		return Code{State: verdict.CodeIncomplete}
	}
	return Code{State: verdict.CodeNotIssued}
}

func issuedCode(r label.Reading, issued seal.Issued) Code {
	c := Code{State: verdict.CodeIssued, Serial: r.Serial, Epoch: issued.Epoch,
		Unit: verdict.Unit{GTIN: string(r.GTIN), Lot: r.Lot, Index: issued.Index}}
	if issued.Retired {
		c.State = verdict.CodeRetired
	}
	return c
}

// NotIssued says why a code that was not issued is refused.
func (asked Code) NotIssued() error {
	if asked.State == verdict.CodeIncomplete {
		return page.Refuse(problem.CodeIncomplete, "uri", "code_not_whole")
	}
	return page.Refuse(problem.NotIssued, "uri", "not_issued")
}

// Proof is that a code is a leaf under the root that the ledger holds for its batch.
type Proof struct {
	Path       [][]byte
	Commitment [32]byte // to the unit's PIN, in its leaf
}

// Membership proves that the code is a leaf under the root that the ledger
// holds for its batch.
func (b *Book) Membership(ctx context.Context, c Code, batch trace.Batch) (Proof, verdict.Membership) {
	tree, err := b.trees.get(ctx, batch)
	if err != nil {
		b.Log.Error("no tree for a verdict", "gtin", batch.GTIN, "lot", batch.Lot, "error", err)
		return Proof{}, verdict.MembershipUnknown
	}
	if c.Unit.Index >= tree.Quantity() {
		return Proof{}, verdict.MembershipRefuted
	}
	keys, err := b.proving(ctx, c, batch, tree)
	if err != nil {
		b.Log.Error("no leaves for a verdict", "gtin", batch.GTIN, "lot", batch.Lot, "error", err)
		return Proof{}, verdict.MembershipUnknown
	}
	u, err := keys.Unit(c.Unit.Index)
	if err != nil || u.Serial != c.Serial {
		return Proof{}, verdict.MembershipRefuted
	}
	path, err := tree.Proof(keys, c.Unit.Index)
	if err != nil && keys.Closed() {
		b.Log.Error("stored PIN commitments are not those of the tree", "gtin", batch.GTIN, "lot", batch.Lot)
		return Proof{}, verdict.MembershipUnknown // the code was issued: what is stored is wrong
	}
	if err != nil {
		return Proof{}, verdict.MembershipRefuted
	}
	return Proof{Path: path, Commitment: u.Commitment()}, verdict.MembershipProved
}

func unitsRoot(b trace.Batch) (root [32]byte, err error) {
	_, err = hex.Decode(root[:], []byte(b.UnitsRoot))
	return root, err
}

func (b *Book) keysOf(c Code) (*seal.Batch, error) {
	return b.Keys.Batch(c.Epoch, gs1.GTIN(c.Unit.GTIN), c.Unit.Lot)
}
