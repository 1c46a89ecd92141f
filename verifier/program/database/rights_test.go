package database_test

import (
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

// table is a table or view as the schema has it.
type table struct {
	schema, name string
	columns      []string
	written      bool // else it is a view that only shows
}

func (t table) String() string { return t.schema + "." + t.name }

func tables(t *testing.T, db *sql.DB) (all []table) {
	t.Helper()
	rows, err := db.Query(
		`select t.table_schema, t.table_name, t.is_insertable_into = 'YES', array_agg(c.column_name::text order by c.ordinal_position)
		from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
		where t.table_schema not in ('pg_catalog', 'information_schema') group by 1, 2, 3 order by 1, 2`,
	)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var x table
		if err := rows.Scan(&x.schema, &x.name, &x.written, (*pq.StringArray)(&x.columns)); err != nil {
			t.Fatal(err)
		}
		all = append(all, x)
	}
	if err := rows.Err(); err != nil || len(all) < 80 {
		t.Fatalf("%d tables, %v", len(all), err)
	}
	return all
}

// may says whether rights, in the words of GRANT, cover an operation on a column.
func may(rights, operation, column string) bool {
	for _, right := range regexp.MustCompile(`(\w+)(?: \(([^)]*)\))?`).FindAllStringSubmatch(rights, -1) {
		if right[1] == operation && (right[2] == "" || slices.Contains(strings.Split(right[2], ", "), column)) {
			return true
		}
	}
	return false
}

// attempt is one thing that a role may try with a column of a table.
type attempt struct{ operation, column, statement string }

func attempts(x table) (all []attempt) {
	for _, c := range x.columns {
		all = append(all, attempt{"select", c, fmt.Sprintf(`select %q from %s limit 0`, c, x)})
		if x.written {
			all = append(all, attempt{"update", c, fmt.Sprintf(`update %s set %q = default where false`, x, c)})
		}
	}
	if x.written {
		all = append(
			all,
			attempt{"insert", "", fmt.Sprintf(`insert into %s default values`, x)},
			attempt{
				"delete",
				"",
				fmt.Sprintf(`delete from %s where false`, x),
			},
			attempt{"truncate", "", fmt.Sprintf(`truncate %s`, x)},
		)
	}
	return all
}

// Every role tries everything with every column of every table that there is.
func TestEveryRoleMayWhatTheRulesSay(t *testing.T) {
	url := databasetest.URL(t)
	all := tables(t, pool(t, url))
	for _, role := range database.Programs {
		t.Run(role, func(t *testing.T) {
			tx, err := pool(t, databasetest.As(url, role)).Begin()
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback()
			for _, x := range all {
				rights := database.Allowed(x.schema, x.name, false)
				if rights == nil {
					t.Errorf("%s has no place in the rules: add it to rights.go", x)
				}
				for _, try := range attempts(x) {
					if got, want := permitted(t, tx, try.statement), may(
						rights[role], try.operation, try.column,
					); got != want {
						t.Errorf("%s %s.%s: permitted %t, want %t", try.operation, x, try.column, got, want)
					}
				}
			}
			for _, statement := range []string{`create table public.mine (n integer)`, `create table app.mine (n integer)`,
				`create schema mine`, `alter table app.audit disable trigger settled`} {
				if permitted(t, tx, statement) {
					t.Errorf("may %s", statement)
				}
			}
		})
	}
}

// permitted tries a statement and takes it back.
func permitted(t *testing.T, tx *sql.Tx, statement string) bool {
	t.Helper()
	if _, err := tx.Exec(`savepoint before`); err != nil {
		t.Fatal(err)
	}
	_, err := tx.Exec(statement)
	if _, err := tx.Exec(`rollback to before`); err != nil {
		t.Fatal(err)
	}
	var refused *pq.Error
	return !errors.As(err, &refused) || refused.Code != "42501"
}

// What the rules may never say, held against the schema itself.
func TestTheRulesKeepThePromises(t *testing.T) {
	db := pool(t, databasetest.URL(t))
	logged := map[string]bool{"app.log_entry": true, "app.audit": true}
	rows, err := db.Query(
		`select distinct t.tgrelid::regclass::text from pg_trigger t join pg_proc p on p.oid = t.tgfoid
		where p.proname in ('log_row', 'log_rows')`,
	)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		logged[name] = true
	}
	if err := rows.Err(); err != nil || len(logged) < 9 {
		t.Fatalf("%d logs, %v", len(logged), err)
	}
	home := map[string]string{database.Gateway: "app", database.Projector: "ledger", database.Verifier: "scan"}
	shared := []string{"app.notice", "app.notice_mark", "app.delivery"} // the projector's, in its block's transaction
	secret := regexp.MustCompile(`key|secret|password|token|sealed|certificate`)
	for _, x := range tables(t, db) {
		for role, rights := range database.Allowed(x.schema, x.name, false) {
			wrote := false
			for _, o := range []string{"insert", "update", "delete", "truncate"} {
				does := regexp.MustCompile(`\b` + o + `\b`).MatchString(rights)
				wrote = wrote || does
				if does && o != "insert" && logged[x.String()] && (x.name != "audit" || o != "update") {
					t.Errorf("%s may %s %s, whose rows are a log", role, o, x)
				}
			}
			if wrote && x.schema != home[role] && (role != database.Projector || !slices.Contains(shared, x.String())) {
				t.Errorf("%s writes %s", role, x)
			}
			reads := strings.Contains(rights, "select")
			if role != database.Gateway && reads && x.schema == "app" && !strings.Contains(rights, "select (") &&
				(slices.ContainsFunc(x.columns, secret.MatchString) || slices.Contains([]string{"account", "identity", "session", "submission"}, x.name)) {
				t.Errorf("%s reads %s", role, x)
			}
		}
	}
}

// Functions that run with their owner's rights are called by those whom the rules name.
func TestCallsAreTheirCallersAlone(t *testing.T) {
	url := databasetest.URL(t)
	rows, err := pool(
		t, url,
	).Query(`select n.nspname, p.proname, p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var schema, name, signature string
		if err := rows.Scan(&schema, &name, &signature); err != nil {
			t.Fatal(err)
		}
		rights := database.Allowed(schema, name, true)
		if rights == nil {
			t.Errorf("%s.%s has no place among the calls: add it to rights.go", schema, name)
		}
		for _, role := range database.Programs {
			var can bool
			if err := pool(
				t, databasetest.As(url, role),
			).QueryRow(`select has_function_privilege($1, 'execute')`, signature).
				Scan(&can); err != nil {
				t.Fatal(err)
			}
			if can != (rights[role] == "execute") {
				t.Errorf("%s calls %s: %t", role, signature, can)
			}
		}
	}
	if err := rows.Err(); err != nil {
		t.Error(err)
	}
}

// A line of the audit log gains what came of it, and is closed by that.
func TestALineOfTheAuditLogIsClosedOnce(t *testing.T) {
	db := pool(t, databasetest.As(databasetest.URL(t), database.Gateway))
	for _, step := range []struct {
		statement string
		changed   int64
		refused   bool
	}{
		{`insert into app.audit (request, account, party, operation, action, target, detail, status) values ('r', 'a', 'p', 'sell', 'sell', '{}', '{}', 0)`, 1, false},
		{`update app.audit set action = 'sell more' where request = 'r'`, 1, false},
		{`update app.audit set account = 'somebody else' where request = 'r'`, 0, true},
		{`update app.audit set tx_id = 't', status = 201 where request = 'r'`, 1, false},
		{`update app.audit set tx_id = 'u' where request = 'r'`, 0, true},
		{`update app.audit set status = 0 where request = 'r'`, 0, true},
	} {
		result, err := db.Exec(step.statement)
		if (err != nil) != step.refused {
			t.Errorf("%s: %v", step.statement, err)
		}
		if err == nil {
			if n, _ := result.RowsAffected(); n != step.changed {
				t.Errorf("%s: %d rows", step.statement, n)
			}
		}
	}
}
