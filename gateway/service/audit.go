package service

import (
	"context"
	"crypto/rand"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// audit notes in the log what a caller does before it is done: what is secret is
// not answered unnoted. Within a request it completes that request's own line.
func (s *Service) audit(ctx context.Context, c Caller, action string, detail any) error {
	if c.Trail != nil {
		c.Trail.Noted = true
	}
	return s.Secrets.Audit(ctx, c.Entry(action, detail))
}

// Entry is the caller's line in the audit log.
func (c Caller) Entry(action string, detail any) record.Audit {
	e := record.Audit{Request: rand.Text(), Account: c.Account, Party: c.Party, Operation: action, Action: action, Detail: detail}
	if c.Trail != nil {
		e.Request, e.Operation, e.Target = c.Trail.Request, c.Trail.Operation, c.Trail.Target
	}
	return e
}
