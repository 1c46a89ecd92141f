package postgres

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// Each role has a password of its own and its own rights; what the superuser made
// before there were roles becomes the owner's, and making them again changes nothing.
func TestRoles(t *testing.T) {
	dir := t.TempDir()
	t.Cleanup(func() { Remove(dir) })
	cluster, _ := start(t, dir)
	for _, statement := range []string{`create schema old`, `create table old.kept (n integer generated always as identity)`,
		`create view old.shown as select n from old.kept`, `create function old.two() returns integer language sql as 'select 2'`} {
		if err := query(t, cluster.DSN(), statement); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := cluster.Roles(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, role := range topology.DatabaseRoles {
			if err := query(t, cluster.As(role), `select 1 / (current_user = '`+role+`')::integer`); err != nil {
				t.Errorf("%s: %v", role, err)
			}
			if info, err := os.Stat(filepath.Join(dir, role+".password")); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the password of %s: %v, %v", role, info, err)
			}
			err := query(t, cluster.As(role), `alter table old.kept add column c`+role+` integer`)
			if (err == nil) != (role == topology.OwnerRole) && !strings.Contains(err.Error(), "already exists") {
				t.Errorf("%s changes what is there: %v", role, err)
			}
			if role != topology.OwnerRole {
				for _, statement := range []string{`set role ` + topology.OwnerRole, `create table public.mine (n integer)`, `create schema mine`, `select * from old.kept`} {
					if err := query(t, cluster.As(role), statement); err == nil {
						t.Errorf("%s may %s", role, statement)
					}
				}
			}
		}
	}
	for _, statement := range []string{`drop view old.shown`, `drop function old.two()`, `create schema more`, `create database beside`} {
		if err := query(t, cluster.As(topology.OwnerRole), statement); err != nil {
			t.Errorf("the owner: %s: %v", statement, err)
		}
	}
	if cluster.passwords[topology.GatewayRole] == cluster.passwords[topology.VerifierRole] {
		t.Error("two roles share a password")
	}
}
