package record

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Duty is what somebody does within a party. The party's role on the ledger says
// what the party may do; the duty, which of that he does for it.
type Duty string

// The duties. Accounts and keys that were made without one have the owner's.
const (
	DutyOwner     Duty = "owner"
	DutyGoods     Duty = "goods"
	DutyWarehouse Duty = "warehouse"
	DutyReadOnly  Duty = "read_only"
)

// Duties lists them all.
var Duties = []Duty{DutyOwner, DutyGoods, DutyWarehouse, DutyReadOnly}

// Person is somebody who signs in. Account is the name he acts under; Login what
// he types; PasswordHash is an argon2id hash in PHC form, empty where he signs
// in otherwise only. Pending is true while his party is not on the ledger yet.
type Person struct {
	Account      string    `json:"account"`
	Login        string    `json:"login"`
	Name         string    `json:"name"`
	Party        string    `json:"party"`
	Duty         Duty      `json:"duty"`
	CreatedAt    time.Time `json:"createdAt"`
	SeenAt       time.Time `json:"seenAt,omitzero"`
	SecondFactor bool      `json:"secondFactor"`

	PasswordHash string `json:"-"`
	TOTPSecret   []byte `json:"-"` // sealed; nil without TOTP
	Pending      bool   `json:"-"`
}

// Session is one browser in which somebody is signed in.
type Session struct {
	ID          string    `json:"id"`
	Account     string    `json:"-"`
	Device      string    `json:"device"`
	CreatedAt   time.Time `json:"createdAt"`
	SeenAt      time.Time `json:"seenAt"`
	ExpiresAt   time.Time `json:"expiresAt"`
	ConfirmedAt time.Time `json:"-"` // when he last showed who he is
	Current     bool      `json:"current"`
}

// Key is an API key as its party sees it: never the key itself.
type Key struct {
	Account    string    `json:"account"`
	Label      string    `json:"label"`
	Duty       Duty      `json:"duty"`
	MadeBy     string    `json:"madeBy"`
	CreatedAt  time.Time `json:"createdAt"`
	LastUsedAt time.Time `json:"lastUsedAt,omitzero"`
	RevokedAt  time.Time `json:"revokedAt,omitzero"`
}

// Invitation lets one person in, once. With Account it lets him in again who
// has that account and lost his password.
type Invitation struct {
	ID        string    `json:"id"`
	Party     string    `json:"party"`
	Duty      Duty      `json:"duty"`
	Name      string    `json:"name"`
	Account   string    `json:"account,omitempty"`
	MadeBy    string    `json:"madeBy"`
	CreatedAt time.Time `json:"createdAt"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// Passkey is a WebAuthn credential; Credential is the library's own JSON.
type Passkey struct {
	ID         string    `json:"id"`
	Account    string    `json:"-"`
	Name       string    `json:"name"`
	CreatedAt  time.Time `json:"createdAt"`
	LastUsedAt time.Time `json:"lastUsedAt,omitzero"`
	Credential []byte    `json:"-"`
}

// Ceremony is a sign-in or a change of security that has begun and waits for its
// next step.
type Ceremony struct {
	Kind    string
	Account string
	Data    []byte
}

// AuditEntry is a line of the audit log. Status is the HTTP status that came of
// it, 0 where that was not seen.
type AuditEntry struct {
	ID        int64             `json:"id"`
	At        time.Time         `json:"at"`
	Account   string            `json:"account"`
	Person    string            `json:"person"`
	Party     string            `json:"party"`
	Action    string            `json:"action"`
	Operation string            `json:"operation"`
	Target    map[string]string `json:"target"`
	TxID      string            `json:"txId,omitempty"`
	Status    int               `json:"status"`
}

// AuditFilter narrows the log; empty fields do not.
type AuditFilter struct {
	Party, Account, Operation string
	From, To                  trace.Date
}
