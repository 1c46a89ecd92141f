package database_test

import (
	"database/sql"
	"os"
	"sync"
	"testing"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

func TestMain(m *testing.M) { os.Exit(databasetest.Main(m)) }

func pool(t *testing.T, databaseURL string) *sql.DB {
	t.Helper()
	db, err := database.Pool(databaseURL, 10, 10)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// Programs that start together migrate once; until then they say what is missing.
func TestMigrateAtOnce(t *testing.T) {
	db := pool(t, databasetest.Empty(t))
	if err := database.Migrated(t.Context(), db); err == nil {
		t.Error("an empty database is called migrated")
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if err := database.Migrate(t.Context(), db); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := database.Migrated(t.Context(), db); err != nil {
		t.Error(err)
	}
}

// What verifiers of before have migrated in their own stream is not run again.
func TestTheVerifiersStreamIsTakenOver(t *testing.T) {
	db := pool(t, databasetest.URL(t))
	for _, statement := range []string{
		`insert into scan.scan (nonce, gtin, lot, unit_index, at, device) values ('\x01', '1', 'L', 0, now(), '\x01')`,
		`delete from goose_db_version where version_id between 250 and 258`,
		`create table scan.goose_db_version (version_id bigint, is_applied boolean)`,
		`insert into scan.goose_db_version select unnest(array[0, 1, 40, 50, 51, 80, 93, 95, 150, 195]), true`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := database.Migrate(t.Context(), db); err != nil {
			t.Fatal(err)
		}
	}
	var scans, streams int
	err := db.QueryRow(`select (select count(*) from scan.scan), (select count(*) from pg_tables where tablename = 'goose_db_version')`).
		Scan(&scans, &streams)
	if err != nil || scans != 1 || streams != 1 {
		t.Errorf("%d scans, %d streams, %v", scans, streams, err)
	}
}
