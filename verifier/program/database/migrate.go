package database

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings all schemas up to date and gives the programs' roles their rights.
// Programs that start together take turns by an advisory lock. The owner does it;
// the programs wait until it is done (Migrated).
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
	if err := InTx(ctx, db, func(tx *sql.Tx) error { return grant(ctx, tx) }); err != nil {
		return fmt.Errorf("give the programs their rights: %w", err)
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
	return goose.NewProvider(
		goose.DialectPostgres, db, files, goose.WithSessionLocker(locker), goose.WithAllowOutofOrder(true),
	) // areas number theirs in ranges of their own, so that a lower one may come later
}

// Migrated reports by its error what keeps the schemas from being those that
// this program was built for.
func Migrated(ctx context.Context, db *sql.DB) error {
	p, err := stream(db)
	if err != nil {
		return err
	}
	var want pq.Int64Array
	for _, source := range p.ListSources() {
		want = append(want, source.Version)
	}
	var lacks sql.NullInt64
	err = db.QueryRowContext(ctx, `select min(want) from unnest($1::bigint[]) want
		where not exists (select from goose_db_version where version_id = want and is_applied)`, want).Scan(&lacks)
	if err == nil && lacks.Valid {
		err = fmt.Errorf("the database lacks migration %d: \"gateway migrate\" brings it up to date", lacks.Int64)
	}
	return err
}

// migrating lets programs that start together take turns at what goose does not lock.
const migrating = 7230165114

// adopt takes over what the verifier has run in a stream of its own, which ended
// with migration 258.
var adopt = fmt.Sprintf(`do $$ begin
	perform pg_advisory_xact_lock(%d);
	if to_regclass('scan.goose_db_version') is not null then
		insert into goose_db_version (version_id, is_applied)
			select n.now, true
			from (values (1, 250), (40, 251), (50, 252), (51, 253), (80, 254), (93, 255), (95, 256), (150, 257), (195, 258)) n (was, now)
			where exists (select 1 from scan.goose_db_version v where v.version_id = n.was and v.is_applied);
		drop table scan.goose_db_version;
	end if;
end $$`, int64(migrating))
