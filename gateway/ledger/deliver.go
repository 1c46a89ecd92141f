package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hyperledger/fabric-gateway/pkg/client"
	fabric "github.com/hyperledger/fabric-protos-go-apiv2/peer"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

// commit sends a journalled envelope, waits for its block and settles it.
func (c *Client) commit(
	ctx context.Context, id peers.Identity, txID string, envelope []byte,
) (block uint64, err error) {
	s, err := c.deliver(ctx, id, txID, envelope)
	if err != nil {
		return 0, &record.OutcomeUnknown{TxID: txID, Err: err}
	}
	if s.Code == fabric.TxValidationCode_DUPLICATE_TXID {
		return 0, &record.OutcomeUnknown{TxID: txID, Err: errors.New("the envelope is in two blocks; the first counts")}
	}
	outcome := record.Outcome{Block: s.BlockNumber, Code: s.Code.String()}
	if err := c.Journal.Settle(ctx, txID, outcome); err != nil {
		c.Log.Warn("outcome not journalled; the resolver will", "tx", txID, "error", err)
	}
	return s.BlockNumber, commitError(txID, s.Code)
}

// askAgain is after how long without a block an envelope is sent again: the
// orderer that took it may have hung, or handed it to a leader that did.
const askAgain = 6 * time.Second

// deliver sends an envelope and waits for its block, and sends it again where none
// comes, until CommitTimeout is over.
func (c *Client) deliver(ctx context.Context, id peers.Identity, txID string, envelope []byte) (*client.Status, error) {
	request, err := c.send(ctx, id, envelope)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.CommitTimeout)
	defer cancel()
	for {
		s, err := c.await(ctx, id, request, askAgain)
		if err == nil || ctx.Err() != nil || !peers.Elsewhere(err) {
			return s, err
		}
		c.Log.Info("no block yet; sending the transaction again", "tx", txID)
		if _, err := c.send(ctx, id, envelope); err != nil && ctx.Err() != nil {
			return nil, err
		}
	}
}

func commitError(txID string, code fabric.TxValidationCode) error {
	invalid := &record.Unavailable{Phase: Commit, TxID: txID, Err: fmt.Errorf("the peers found it invalid: %s", code)}
	switch code {
	case fabric.TxValidationCode_VALID:
		return nil
	case fabric.TxValidationCode_MVCC_READ_CONFLICT, fabric.TxValidationCode_PHANTOM_READ_CONFLICT:
		invalid.Err = fmt.Errorf("%w: %s", record.ErrConflict, code)
		return &conflict{invalid}
	default:
		return invalid
	}
}

// send hands an envelope to the orderers, trying until one takes it or
// SubmitTimeout is over. Any error leaves open whether one has it. The answer is
// the signed question for its status.
func (c *Client) send(ctx context.Context, id peers.Identity, envelope []byte) (status []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.SubmitTimeout)
	defer cancel()
	for attempt := 1; ; attempt++ {
		err = c.Ask(ctx, id, func(ctx context.Context, _ topology.OrgProfile, gw *client.Gateway) error {
			tx, err := gw.NewTransaction(envelope)
			if err != nil {
				return err
			}
			commit, err := tx.SubmitWithContext(ctx)
			if err == nil {
				status, err = commit.Bytes()
			}
			return err
		})
		if err == nil || !peers.Elsewhere(err) || !pause(ctx, attempt) {
			return status, err
		}
	}
}

// await waits a while for the block of a transaction that was sent.
func (c *Client) await(
	ctx context.Context, id peers.Identity, request []byte, while time.Duration,
) (s *client.Status, err error) {
	ctx, cancel := context.WithTimeout(ctx, while)
	defer cancel()
	for attempt := 1; ; attempt++ {
		err = c.Ask(ctx, id, func(ctx context.Context, _ topology.OrgProfile, gw *client.Gateway) error {
			commit, err := gw.NewCommit(request)
			if err == nil {
				s, err = commit.StatusWithContext(ctx)
			}
			return err
		})
		if err == nil || !peers.Elsewhere(err) || !pause(ctx, attempt) {
			return s, err
		}
	}
}
