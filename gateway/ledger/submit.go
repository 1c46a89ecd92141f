package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hyperledger/fabric-gateway/pkg/client"
	"github.com/hyperledger/fabric-gateway/pkg/identity"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// Submit has a call endorsed, journals it, sends it and waits until it is in a block. A conflict
// with another writer is proposed anew for as long as the call has, a disagreement of peers a
// bounded number of times. Once a transaction is sent, ctx's end no longer stops it. Errors:
// *trace.Error where the contract refused, *Unavailable where nothing was written, *OutcomeUnknown.
func (c *Client) Submit(ctx context.Context, call record.Call) (record.Commit, error) {
	receipt, err := c.submit(ctx, call)
	c.metrics.outcome(call.Transaction, err)
	return receipt, err
}

func (c *Client) submit(ctx context.Context, call record.Call) (record.Commit, error) {
	request, err := trace.Marshal(call.Request)
	if err != nil {
		return record.Commit{}, trace.Refuse(trace.RequestMalformed, "", "no_json", "why", err)
	}
	id, err := c.signer(ctx, call.Party)
	if err != nil {
		return record.Commit{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.CallTimeout)
	defer cancel()
	var lost error // the last time against another writer
	for attempt := 1; ; attempt++ {
		receipt, err := c.attempt(ctx, id, call, string(request))
		if lost != nil && ctx.Err() != nil && phaseOf(err) == Endorse {
			return record.Commit{}, lost
		}
		var again *conflict
		if !errors.As(err, &again) {
			return receipt, err
		}
		if errors.Is(err, record.ErrConflict) {
			lost = again.error
		}
		if attempt >= c.Attempts && lost == nil || !pause(ctx, attempt) {
			return record.Commit{}, again.error
		}
		c.metrics.retries.Inc()
	}
}

// phaseOf says where a transaction stopped that was certainly not written.
func phaseOf(err error) record.Phase {
	var u *record.Unavailable
	if !errors.As(err, &u) {
		return ""
	}
	return u.Phase
}

// signer gives a party's identity; what keeps it away is not the caller's fault.
func (c *Client) signer(ctx context.Context, party string) (peers.Identity, error) {
	id, err := c.Signers(ctx, party)
	if err != nil && trace.CodeOf(err) == "" {
		err = &record.Unavailable{Phase: Signing, Err: err}
	}
	return id, err
}

// conflict is an attempt that wrote nothing and may succeed when it is proposed
// again, as when it lost against another writer. The error inside is what to answer when it is not to be tried again.
type conflict struct{ error }

// Of those who write one key, one wins in each block, so the pauses soon span
// several blocks.
var pauses = wait.BackOff{First: 50 * time.Millisecond, Longest: time.Second}

// pause waits for anything up to twice the pause of this attempt; false where ctx ended first.
func pause(ctx context.Context, attempt int) bool {
	return wait.For(ctx, wait.Spread(pauses.After(attempt), 1))
}

// attempt takes one proposal all the way.
func (c *Client) attempt(
	ctx context.Context, id peers.Identity, call record.Call, request string,
) (record.Commit, error) {
	tx, err := c.endorse(ctx, id, call.Transaction, request)
	if err != nil {
		return record.Commit{}, err
	}
	receipt := record.Commit{Position: record.Position{TxID: tx.TransactionID()}}
	if err := trace.Unmarshal(tx.Result(), &receipt.Event); err != nil {
		return record.Commit{}, &record.Unavailable{
			Phase: Endorse,
			TxID:  receipt.TxID,
			Err:   fmt.Errorf("the contract's answer is not one that this version knows: %w", err),
		}
	}
	envelope, err := tx.Bytes()
	if err != nil {
		return record.Commit{}, err
	}
	err = c.Journal.Prepare(ctx, record.Pending{TxID: receipt.TxID, Party: call.Party, Transaction: call.Transaction,
		Envelope: envelope, Ref: call.Ref, Note: call.Note, PreparedAt: time.Now().UTC(), Hold: call.Hold})
	if err != nil {
		return record.Commit{}, &record.Unavailable{Phase: Journalling, TxID: receipt.TxID, Err: err}
	}
	receipt.Block, err = c.commit(context.WithoutCancel(ctx), id, receipt.TxID, envelope)
	return receipt, err
}

// endorse gives a transaction that enough organisations have endorsed, signed.
func (c *Client) endorse(
	ctx context.Context, id peers.Identity, t trace.Transaction, request string,
) (*client.Transaction, error) {
	var signed *client.Transaction
	var asked, txID string
	err := c.Ask(ctx, id, func(ctx context.Context, org topology.OrgProfile, gw *client.Gateway) error {
		ctx, cancel := context.WithTimeout(ctx, c.EndorseTimeout)
		defer cancel()
		proposal, err := gw.GetNetwork(c.Profile.Channel).GetContract(c.Profile.Chaincode).
			NewProposal(string(t), client.WithArguments(request), client.WithEndorsingOrganizations(c.Endorsers()...))
		if err != nil {
			return err
		}
		asked, txID = org.MSPID, proposal.TransactionID()
		tx, err := proposal.EndorseWithContext(ctx)
		if err != nil {
			return err
		}
		signed, err = sign(gw, id, tx)
		return err
	})
	if err != nil {
		return nil, endorseError(err, asked, txID)
	}
	return signed, nil
}

// sign signs an endorsed transaction now, so that what is journalled is what is sent.
func sign(gw *client.Gateway, id peers.Identity, tx *client.Transaction) (*client.Transaction, error) {
	by, err := identity.NewPrivateKeySign(id.Key)
	if err != nil {
		return nil, err
	}
	signature, err := by(tx.Digest())
	if err != nil {
		return nil, err
	}
	content, err := tx.Bytes()
	if err != nil {
		return nil, err
	}
	return gw.NewSignedTransaction(content, signature)
}
