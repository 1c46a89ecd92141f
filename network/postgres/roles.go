package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// Roles makes the roles of topology.DatabaseRoles in the running cluster, each with
// a password of its own, and gives the owner the database and all that is in it: in
// a cluster of before it belongs to the superuser. It may be repeated.
func (c *Cluster) Roles(ctx context.Context) error {
	db, err := sql.Open("postgres", c.DSN())
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	var statements []string
	for _, role := range topology.DatabaseRoles {
		statements = append(statements,
			fmt.Sprintf("do $$ begin create role %s; exception when duplicate_object then null; end $$", role),
			fmt.Sprintf("alter role %s login password %s", role, pq.QuoteLiteral(c.passwords[role])))
	}
	statements = append(
		statements,
		"alter role "+topology.OwnerRole+" createdb", // gateway check compares with a database of its own
		"alter database "+name+" owner to "+topology.OwnerRole,
		"revoke create on schema public from public",
		"grant create on schema public to "+topology.OwnerRole, // as Postgres 15 has it
		fmt.Sprintf(handOver, topology.OwnerRole),
	)
	for _, statement := range statements {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("make the roles of the database: %w", err)
		}
	}
	return auditDatabases(ctx, db)
}

// auditDatabases makes the auditor's own, which no other role may connect to.
func auditDatabases(ctx context.Context, db *sql.DB) error {
	for _, name := range topology.AuditDatabases {
		var there bool
		err := db.QueryRowContext(ctx, `select exists (select from pg_database where datname = $1)`, name).Scan(&there)
		if err == nil && !there {
			_, err = db.ExecContext(ctx, "create database "+name+" owner "+topology.AuditorRole)
		}
		if err == nil {
			_, err = db.ExecContext(ctx, "revoke connect on database "+name+" from public")
		}
		if err != nil {
			return fmt.Errorf("make the auditor's databases: %w", err)
		}
	}
	return nil
}

// handOver gives a role what the superuser owns.
const handOver = `do $$
declare
	statement text;
begin
	for statement in
		with own as (select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'),
			me as (select oid from pg_roles where rolname = current_user)
		select format('alter schema %%I owner to %[1]s', nspname) from pg_namespace join own using (oid, nspname), me where nspowner = me.oid and nspname <> 'public'
		union all
		select format('alter table %%I.%%I owner to %[1]s', nspname, relname) from pg_class c join own on own.oid = relnamespace, me
			where relowner = me.oid and relkind in ('r', 'p', 'v', 'm')
		union all
		select format('alter routine %%s owner to %[1]s', p.oid::regprocedure) from pg_proc p join own on own.oid = pronamespace, me where proowner = me.oid
	loop
		execute statement;
	end loop;
end $$`

// As is the address of the database for one of the roles, password included.
func (c *Cluster) As(role string) string { return c.address(role, c.passwords[role]) }

// Audit is the address of one of the auditor's own databases, for the auditor.
func (c *Cluster) Audit(database string) string {
	return c.addressOf(topology.AuditorRole, c.passwords[topology.AuditorRole], database)
}

func (c *Cluster) address(user, password string) string { return c.addressOf(user, password, name) }

func (c *Cluster) addressOf(user, password, database string) string {
	dsn := url.URL{
		Scheme: "postgres", User: url.UserPassword(user, password), Host: topology.Address(c.port), Path: database,
		RawQuery: "sslmode=disable", // it does not leave this machine
	}
	return dsn.String()
}
