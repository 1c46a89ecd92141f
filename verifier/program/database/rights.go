package database

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// The roles have the rights that their programs need and no others (decision 85).
const (
	Owner     = topology.OwnerRole
	Gateway   = topology.GatewayRole
	Projector = topology.ProjectorRole
	Verifier  = topology.VerifierRole
	Auditor   = topology.AuditorRole
)

// Programs are the roles that programs run as.
var Programs = []string{Gateway, Projector, Verifier, Auditor}

// What a program may do with a table, in the words of GRANT; none is "".
const (
	reads  = "select"
	adds   = "select, insert" // and never changes what is there
	writes = "select, insert, update, delete"
)

// rule is what the programs may do with some tables of a schema, or with all of it.
type rule struct {
	schema, tables               string
	gateway, projector, verifier string
}

// rules give every table its place. Each table has one program that writes it,
// but for the notices of a block, which leave in the block's transaction. What a
// program must tell another is a function (see calls).
var rules = []rule{
	{"public", "goose_db_version", reads, reads, reads},
	{"ledger", "*", reads, writes + ", truncate", reads},

	// What the gateway alone has to do with: who gets in, with which keys, what is under way.
	{"app", `account ceremony device identity invitation passkey person recovery_code session sign_in_tries sso_link
		idempotency submission job job_piece import_heading import_row reconciliation saved_view document label_kit label_logo
		picture_owner presentation_picture report_closing untold voiding delivery_attempt`, writes, "", ""},
	// What the verifier's pages and verdicts are made of.
	{"app", "acting_creator", "", "", reads},
	{"app", `alert_decision badge buy_link complaint_ground complaint_task creator label_print listed_serial
		log_gap picture presentation presentation_look publication unit_commitment unit_tree`, writes, "", reads},
	// The notices of a block, and where they are sent.
	{"app", "notice delivery", writes, adds, ""},
	{"app", "notice_mark", writes, "select, update (next_block)", ""},
	{"app", "webhook", writes, "select (id, party, events, deleted_at)", ""},
	// Entries of anchored logs, which nobody changes.
	{"app", "complaint_statement endorsement_end review_answer", adds, "", reads},
	{"app", "log_entry", reads, "", reads}, // made by the triggers of the logged tables, numbered by app.seal_log
	// A line of the audit log gains what came of it, once (app.audit_settled).
	{"app", "audit", adds + ", update (action, detail, tx_id, status)", "", ""},

	// What shoppers and creators gave: entries of anchored logs, and the pictures that a complaint's hash is over.
	{"scan", "scan pin_entry complaint complaint_photo review endorsement", reads, "", adds},
	{"scan", "alert click complaint_pin report reported_code", reads, "", writes},
	{
		"scan",
		"batch_usual complaint_network device_habit disputed_facts generation pin_tries seen unit unit_risk visit",
		"",
		"",
		writes,
	},
}

// calls are the functions that run with the owner's rights, with the programs that may call them.
var calls = map[string][]string{
	"app.ask_ledger": {
		Verifier,
	},
	"app.creator_with_key": {Verifier},
	"app.reopen_alert":     {Verifier},
	"app.tell":             {Verifier},
	"app.log_row":          nil,
	"app.log_rows":         nil, // triggers
	"app.seal_log":         {Gateway, Verifier},
	"scan.close_reports":   {Gateway},
}

// schemas are those that the rules speak of beside public.
const schemas = "app, ledger, scan"

// grant gives the programs' roles what the rules say and takes everything else. A
// role that this server does not have gets nothing, for nobody can be it; nor does
// the owner, where a role of a program owns the schemas because it has no other.
func grant(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock($1)`, int64(migrating)); err != nil {
		return err
	}
	var roles pq.StringArray
	err := tx.QueryRowContext(ctx, `select array_agg(rolname::text) from pg_roles where rolname = any ($1) and rolname <> current_user`,
		pq.Array(Programs)).
		Scan(&roles)
	if err != nil || len(roles) == 0 {
		return err
	}
	have, err := inventory(ctx, tx)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, strings.Join(statements(have, roles), ";\n"))
	return err
}

// object is a table, a view, or a function with its owner's rights.
type object struct {
	schema, name string
	signature    string // of a function: the types of its arguments, in brackets
}

func (o object) String() string {
	if o.signature != "" {
		return "function " + o.schema + "." + o.name + o.signature
	}
	return o.schema + "." + o.name
}

// inventory lists what the rules are about.
func inventory(ctx context.Context, tx *sql.Tx) (all []object, err error) {
	rows, err := tx.QueryContext(ctx, `
		select table_schema, table_name, '' from information_schema.tables where table_schema in ('app', 'ledger', 'scan') or table_name = 'goose_db_version'
		union all
		select n.nspname, p.proname, '(' || pg_get_function_identity_arguments(p.oid) || ')' from pg_proc p join pg_namespace n on n.oid = p.pronamespace
			where n.nspname in ('app', 'ledger', 'scan') and p.prosecdef
		order by 1, 2`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var o object
		if err := rows.Scan(&o.schema, &o.name, &o.signature); err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, rows.Err()
}

// statements take all rights from the roles and give them what the rules say.
func statements(have []object, roles []string) []string {
	all := strings.Join(roles, ", ")
	list := []string{
		"revoke all on schema " + schemas + " from public, " + all,
		"grant usage on schema " + schemas + " to " + all,
		"revoke all on all tables in schema " + schemas + " from public, " + all,
	}
	for _, o := range have {
		if o.signature != "" {
			list = append(list, "revoke all on "+o.String()+" from public, "+all)
		}
		for role, rights := range allowed(o) {
			if rights != "" && slices.Contains(roles, role) {
				list = append(list, fmt.Sprintf("grant %s on %s to %s", rights, o, role))
			}
		}
	}
	return list
}

// allowed says what each program may do with an object; nil where it has no place in the rules.
func allowed(o object) map[string]string {
	if o.signature != "" {
		callers, known := calls[o.schema+"."+o.name]
		if !known {
			return nil
		}
		may := map[string]string{}
		for _, role := range callers {
			may[role] = "execute"
		}
		return may
	}
	for _, r := range rules {
		if r.schema == o.schema && (r.tables == "*" || slices.Contains(strings.Fields(r.tables), o.name)) {
			return map[string]string{
				Gateway: r.gateway, Projector: r.projector, Verifier: r.verifier, Auditor: audited(o),
			}
		}
	}
	return nil
}

// audited is what an auditor, who is none of the platform's programs, may do: read what blocks decide, and the digests
// that were anchored, which tell nothing of what they are of.
func audited(o object) string {
	if o.schema == "ledger" || o.schema+"."+o.name == "app.log_entry" || o.schema == "public" {
		return reads
	}
	return ""
}
