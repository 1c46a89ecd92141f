package database

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings all schemas up to date. Programs that start together take turns
// by an advisory lock. The gateway does it; verifiers wait until it is done.
func Migrate(ctx context.Context, db *sql.DB) error {
	p, err := stream(db)
	if err != nil {
		return err
	}
	if _, err := p.GetDBVersion(ctx); err != nil { // makes the table of versions where there is none
		return fmt.Errorf("migrate the database: %w", err)
	}
	if _, err := db.ExecContext(ctx, adopt); err != nil {
		return fmt.Errorf("take over the verifier's migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

func stream(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db, files, goose.WithSessionLocker(locker),
		goose.WithAllowOutofOrder(true)) // areas number theirs in ranges of their own, so that a lower one may come later
}

// Migrated reports by its error what keeps the schemas from being those that
// this program was built for.
func Migrated(ctx context.Context, db *sql.DB) error {
	p, err := stream(db)
	if err != nil {
		return err
	}
	sources := p.ListSources()
	want := sources[len(sources)-1].Version
	var there bool
	if err := db.QueryRowContext(ctx, `select exists (select 1 from goose_db_version where version_id = $1 and is_applied)`, want).Scan(&there); err != nil {
		return err
	}
	if !there {
		return fmt.Errorf("the database lacks migration %d: a gateway of this version brings it up to date when it starts", want)
	}
	return nil
}

// adopt takes over what the verifier has run in a stream of its own, which ended
// with migration 258. The lock makes programs that start together take turns.
const adopt = `do $$ begin
	perform pg_advisory_xact_lock(7230165114);
	if to_regclass('scan.goose_db_version') is not null then
		insert into goose_db_version (version_id, is_applied)
			select n.now, true
			from (values (1, 250), (40, 251), (50, 252), (51, 253), (80, 254), (93, 255), (95, 256), (150, 257), (195, 258)) n (was, now)
			where exists (select 1 from scan.goose_db_version v where v.version_id = n.was and v.is_applied);
		drop table scan.goose_db_version;
	end if;
end $$`
