package record

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Account is a caller of the gateway: one party in one role, with one API key,
// of which only the SHA-256 is kept. RevokedAt is the zero time while it counts.
type Account struct {
	Name      string     `json:"account"`
	Role      trace.Role `json:"role"`
	Party     string     `json:"party"`
	CreatedAt time.Time  `json:"createdAt"`
	RevokedAt time.Time  `json:"revokedAt,omitzero"`
}

// Audit is one look at something secret, or its making. Detail names it and
// never holds it.
type Audit struct {
	Account string
	Party   string
	Action  string
	Detail  any
}
