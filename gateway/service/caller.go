package service

import (
	"crypto/rand"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Caller is who asks. Ref names the request where its sender gave it an
// Idempotency-Key, and is empty otherwise; Hold is its claim on that key; Resumed
// says that an earlier attempt at it began and its end was not seen. A person has a Session, in which he last
// showed at ConfirmedAt who he is; a key has none. Trail is where the audit log's
// line of this request is gathered; nil outside requests.
type Caller struct {
	Account string
	Role    trace.Role
	Party   string
	Duty    record.Duty
	Ref     string
	Hold    record.Hold
	Resumed bool

	Session     string
	ConfirmedAt time.Time
	Trail       *Trail
}

// Trail is a request's line in the audit log: the operation, what it is about,
// and the transaction that it wrote. Noted says that the line is there.
type Trail struct {
	Request   string
	Operation string
	Target    map[string]string
	TxID      string
	Noted     bool
}

// SeesAll reports whether the caller may read what other parties did.
func (c Caller) SeesAll() bool { return c.Role == trace.RolePlatform || c.Role == trace.RoleAuditor }

// Within is the party that the caller is held to; empty for those who see all.
func (c Caller) Within() string {
	if c.SeesAll() {
		return ""
	}
	return c.Party
}

// Handle is a creator's name on other sites, without the sign before it.
func (c Caller) Handle() string { return strings.TrimPrefix(c.Party, "@") }

// Entry is the caller's line in the audit log.
func (c Caller) Entry(action string, detail any) record.Audit {
	e := record.Audit{
		Request:   rand.Text(),
		Account:   c.Account,
		Party:     c.Party,
		Operation: action,
		Action:    action,
		Detail:    detail,
	}
	if c.Trail != nil {
		e.Request, e.Operation, e.Target = c.Trail.Request, c.Trail.Operation, c.Trail.Target
	}
	return e
}

// leave notes the transaction that a request wrote.
func (c Caller) leave(txID string) {
	if c.Trail != nil {
		c.Trail.TxID = txID
	}
}
