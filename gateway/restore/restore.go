// Package restore holds a database against the ledger after it was restored from
// a backup, or wiped: it makes again what follows from the ledger and the keys,
// names what does not, and lets the logs go on where the ledger's anchors of them
// end. Everything may be repeated, and changes nothing where nothing is missing.
//
// It knows nothing of SQL or Fabric.
package restore

import (
	"context"
	"fmt"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Database is what was restored.
type Database interface {
	Trees
	Logs
	PartiesWithoutIdentity(ctx context.Context) ([]trace.Party, error)
	PartiesWithoutAccount(ctx context.Context) ([]string, error)
	LostComplaints(ctx context.Context) ([]string, error)
	LostDocuments(ctx context.Context) ([]record.LostDocument, error)
}

// Enroller gives a party the certificate that it has lost.
type Enroller interface {
	EnrolAgain(ctx context.Context, p trace.Party) error
}

// Check is one look at a database whose read model is level with the ledger.
// Tell is told each finding as it is made.
type Check struct {
	Database Database
	Enroller Enroller
	Keys     *seal.Keyring
	Tell     func(Finding)
}

// Finding is something that was missing. Lost says why it cannot be made again
// and what to do; it is empty for what was made again. Perhaps says that it may
// never have been there.
type Finding struct {
	What    string
	Lost    string
	Perhaps bool
}

func (f Finding) String() string {
	switch {
	case f.Lost == "":
		return "made again: " + f.What
	case f.Perhaps:
		return "not here: " + f.What + ": " + f.Lost
	}
	return "LOST: " + f.What + ": " + f.Lost
}

func lost(what, why string) Finding { return Finding{What: what, Lost: why} }

// Run looks at everything, even where one part cannot be made again. It answers
// how many things are lost.
func (c *Check) Run(ctx context.Context) (losses int, err error) {
	tell := c.Tell
	defer func() { c.Tell = tell }()
	c.Tell = func(f Finding) {
		if f.Lost != "" && !f.Perhaps {
			losses++
		}
		tell(f)
	}
	for _, part := range []func(context.Context) error{c.trees, c.identities, c.logs, c.accounts, c.complaints, c.documents} {
		if err := part(ctx); err != nil {
			return losses, err
		}
	}
	return losses, nil
}

func (c *Check) trees(ctx context.Context) error {
	_, err := MakeTrees(ctx, c.Database, c.Keys, c.Tell)
	return err
}

// identities enrols parties anew: who a party is stands on the ledger, and its CA
// certifies a new key for the same name.
func (c *Check) identities(ctx context.Context) error {
	parties, err := c.Database.PartiesWithoutIdentity(ctx)
	if err != nil {
		return err
	}
	for _, p := range parties {
		what := "the certificate of " + p.ID
		if err := c.Enroller.EnrolAgain(ctx, p); err != nil {
			c.Tell(
				lost(
					what,
					fmt.Sprintf(
						"its CA gives no new one (%v); nothing can be written for this party until it does, then run this again",
						err,
					),
				),
			)
			continue
		}
		c.Tell(Finding{What: what})
	}
	return nil
}

func (c *Check) accounts(ctx context.Context) error {
	parties, err := c.Database.PartiesWithoutAccount(ctx)
	for _, p := range parties {
		c.Tell(
			Finding{
				"accounts of " + p,
				"if it had any, the platform makes a new one (POST /api/v1/parties/" + p + "/accounts); keys and passwords are kept as hashes only",
				true,
			},
		)
	}
	return err
}

func (c *Check) complaints(ctx context.Context) error {
	ids, err := c.Database.LostComplaints(ctx)
	for _, id := range ids {
		c.Tell(
			lost(
				"the text and photos of complaint "+id,
				"the ledger has their hash only; ask the shopper, and decide with what there is",
			),
		)
	}
	return err
}

func (c *Check) documents(ctx context.Context) error {
	documents, err := c.Database.LostDocuments(ctx)
	for _, d := range documents {
		c.Tell(
			lost(
				"a document of "+d.Party+" with SHA-256 "+d.SHA256,
				"the ledger has its hash only; "+d.Party+" uploads the same file again (POST /api/v1/documents)",
			),
		)
	}
	return err
}
