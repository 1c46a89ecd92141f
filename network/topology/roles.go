package topology

// Roles of Postgres: each program has one of its own (decision 85). The owner
// migrates and runs no program; the projector is a part of the gateway's process
// with connections of its own.
const (
	OwnerRole     = "touchstone_owner"
	GatewayRole   = "touchstone_gateway"
	ProjectorRole = "touchstone_projector"
	VerifierRole  = "touchstone_verifier"
)

// DatabaseRoles are all of them.
var DatabaseRoles = []string{OwnerRole, GatewayRole, ProjectorRole, VerifierRole}
