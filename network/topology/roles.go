package topology

// Roles of Postgres: each program has one of its own (decision 85). The owner
// migrates and runs no program; the projector is a part of the gateway's process
// with connections of its own.
const (
	OwnerRole     = "touchstone_owner"
	GatewayRole   = "touchstone_gateway"
	ProjectorRole = "touchstone_projector"
	VerifierRole  = "touchstone_verifier"
	AuditorRole   = "touchstone_auditor" // reads what blocks decide, and owns the auditor's own databases
)

// DatabaseRoles are all of them.
var DatabaseRoles = []string{OwnerRole, GatewayRole, ProjectorRole, VerifierRole, AuditorRole}

// AuditDatabases are the auditor's own, in which blocks are replayed: one for the monitor, one for reconciling by hand.
var AuditDatabases = []string{"touchstone_monitor", "touchstone_reconcile"}
