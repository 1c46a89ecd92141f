// Package notices tells parties what concerns them: in their inbox, and signed to
// servers of their own.
package notices

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Parties reads parties.
type Parties interface {
	Party(ctx context.Context, id string) (trace.Party, bool, error)
}

// Box seals the secrets that webhooks are signed with.
type Box interface {
	Seal(label string, plain []byte) []byte
	Open(label string, sealed []byte) ([]byte, error)
}

// Service answers for inboxes and webhooks. All fields are required.
type Service struct {
	Writer   *service.Writer // for the audit log
	Inbox    Inbox
	Webhooks Webhooks
	Parties  Parties
	Sender   Sender
	Box      Box
}
