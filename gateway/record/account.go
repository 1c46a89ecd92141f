package record

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Account is a caller of the gateway: an API key, of which only the SHA-256 is
// kept, or a person who signs in. Roles are all those that it acts in for its
// party, Role the first of them. MadeBy is the account that made it. RevokedAt is the zero time while it counts.
type Account struct {
	Name      string       `json:"account"`
	Role      trace.Role   `json:"role"`
	Roles     []trace.Role `json:"-"`
	Party     string       `json:"party"`
	Duty      Duty         `json:"-"`
	MadeBy    string       `json:"-"`
	CreatedAt time.Time    `json:"createdAt"`
	RevokedAt time.Time    `json:"revokedAt,omitzero"`
}

// Audit is something that somebody did. Detail names it and never holds what is
// secret. Request is its own key: a request has one line, however often it is written.
type Audit struct {
	Request   string
	Account   string
	Party     string
	Operation string
	Action    string
	Target    map[string]string
	Detail    any
	Status    int
}
