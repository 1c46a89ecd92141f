package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
)

// keptVersions is how many versions of a presentation are kept; what was shown
// once is kept as well.
const keptVersions = 30

// Presentation gives the versions of a product's presentation, the newest first.
// The preview of each is the name of its link only.
func (s *Store) Presentation(ctx context.Context, gtin string) (record.Presentation, error) {
	p := record.Presentation{GTIN: gtin}
	err := s.db.QueryRowContext(ctx, `select coalesce(version, 0), coalesce(reason, '') from app.publication
		where gtin = $1 order by id desc limit 1`, gtin).Scan(&p.Shown, &p.HiddenWhy)
	if ignoreNone(err) != nil {
		return p, err
	}
	rows, err := s.db.QueryContext(ctx, `select version, created_at, account, preview, doc from app.presentation
		where gtin = $1 order by version desc limit $2`, gtin, keptVersions)
	if err != nil {
		return p, err
	}
	p.Versions, err = collect(rows, func(row scanner) (v record.PresentationVersion, err error) {
		var doc []byte
		if err := row.Scan(&v.Version, &v.SavedAt, &v.Account, &v.Preview, &doc); err != nil {
			return v, err
		}
		return v, json.Unmarshal(doc, &v.Content)
	})
	return p, err
}

// lookDays is for how long what was not saved is found again.
const lookDays = 7

// PresentationLook gives what an account has written of a product's presentation
// since the newest version and not saved; nil for nothing.
func (s *Store) PresentationLook(ctx context.Context, gtin, account string) (*record.PresentationLook, error) {
	var v record.PresentationLook
	var doc []byte
	err := s.db.QueryRowContext(ctx, `select made_at, preview, doc from app.presentation_look where gtin = $1 and account = $2
		and made_at > now() - make_interval(days => $3) and made_at > coalesce((select max(created_at) from app.presentation where gtin = $1), '-infinity')`,
		gtin, account, lookDays).
		Scan(&v.At, &v.Preview, &doc)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &v, json.Unmarshal(doc, &v.Content)
}

// LookAtPresentation keeps what an account is writing, in place of what it wrote
// before, and gives the name of its preview: preview, or the one that it has. It is
// empty where one of the pictures is not the party's.
func (s *Store) LookAtPresentation(
	ctx context.Context, gtin, party, account, preview string, p content.Presentation,
) (name string, err error) {
	doc, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	if _, err := s.db.ExecContext(
		ctx,
		`delete from app.presentation_look where made_at < now() - make_interval(days => $1)`,
		lookDays,
	); err != nil {
		return "", err
	}
	err = s.db.QueryRowContext(ctx, `insert into app.presentation_look (gtin, account, party, doc, preview)
		select $1, $2, $3, $4::jsonb, $5 where not exists (
			select from jsonb_path_query($4::jsonb, '$.pictures[*].id') id
			where not exists (select from app.picture_owner o where o.party = $3 and o.picture_id = decode(id #>> '{}', 'hex')))
		on conflict (gtin, account) do update set party = excluded.party, doc = excluded.doc, made_at = now() returning preview`,
		gtin, account, party, string(doc), preview).Scan(&name)
	return name, ignoreNone(err)
}

// ForgetPresentationLook forgets what an account has written and not saved.
func (s *Store) ForgetPresentationLook(ctx context.Context, gtin, account string) error {
	_, err := s.db.ExecContext(ctx, `delete from app.presentation_look where gtin = $1 and account = $2`, gtin, account)
	return err
}

// SavePresentation keeps the next version of a product's presentation and, where
// publish is set, shows it; false where one of its pictures is not the party's.
// Errors: *record.Changed where there is a newer version than after, unless that is 0.
func (s *Store) SavePresentation(
	ctx context.Context, gtin, party, account, preview string, p content.Presentation, publish bool, after int,
) (bool, error) {
	doc, err := json.Marshal(p)
	if err != nil {
		return false, err
	}
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(
			ctx,
			`select pg_advisory_xact_lock(hashtextextended('presentation ' || $1, 0))`,
			gtin,
		); err != nil {
			return err
		}
		if err := newestPresentation(ctx, tx, gtin, after); err != nil {
			return err
		}
		if _, err := tx.ExecContext(
			ctx,
			`delete from app.presentation_look where gtin = $1 and account = $2`,
			gtin,
			account,
		); err != nil {
			return err
		}
		var version int
		err := tx.QueryRowContext(ctx, `insert into app.presentation (gtin, version, party, account, doc, preview)
			select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 from app.presentation where gtin = $1 returning version`,
			gtin, party, account, string(doc), preview).Scan(&version)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `insert into app.presentation_picture (gtin, version, party, picture_id)
			select $1, $2, $3, decode(id #>> '{}', 'hex') from jsonb_path_query($4::jsonb, '$.pictures[*].id') id`, gtin, version, party, string(doc)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `delete from app.presentation p where gtin = $1 and version <= $2
			and not exists (select 1 from app.publication u where u.gtin = p.gtin and u.version = p.version)`, gtin, version-keptVersions); err != nil {
			return err
		}
		if publish {
			_, err = tx.ExecContext(
				ctx,
				`insert into app.publication (gtin, version, account) values ($1, $2, $3)`,
				gtin,
				version,
				account,
			)
		}
		return err
	})
	if database.IsForeignKey(err) {
		return false, nil
	}
	return err == nil, err
}

func newestPresentation(ctx context.Context, tx *sql.Tx, gtin string, after int) error {
	if after == 0 {
		return nil
	}
	changed := &record.Changed{}
	err := tx.QueryRowContext(ctx, `select `+nameOfAccount("v.account")+`, v.created_at from app.presentation v
		where v.gtin = $1 and v.version > $2 order by v.version desc limit 1`, gtin, after).Scan(&changed.By, &changed.At)
	if err == nil {
		return changed
	}
	return ignoreNone(err)
}

// Publish shows a version of a product's presentation; false where there is no
// such version, or the platform has taken it down.
func (s *Store) Publish(ctx context.Context, gtin string, version int, account string) (bool, error) {
	return one(s.db.ExecContext(ctx, `insert into app.publication (gtin, version, account)
		select gtin, version, $3 from app.presentation where gtin = $1 and version = $2
		and version > coalesce((select max(hidden_to) from app.publication where gtin = $1), 0)`, gtin, version, account))
}

// HidePresentation takes a product's presentation down; false where none is shown.
func (s *Store) HidePresentation(ctx context.Context, gtin, reason, account string) (bool, error) {
	return one(s.db.ExecContext(ctx, `insert into app.publication (gtin, reason, hidden_to, account)
		select $1, $2, (select max(version) from app.presentation where gtin = $1), $3
		where (select version from app.publication where gtin = $1 order by id desc limit 1) is not null`, gtin, reason, account))
}

// BuyLinks gives where a party says that it sells a product.
func (s *Store) BuyLinks(ctx context.Context, gtin, party string) ([]content.BuyLink, error) {
	links, _, err := readDoc[[]content.BuyLink](ctx, s, `select links from app.buy_link
		where gtin = $1 and party = $2 order by id desc limit 1`, gtin, party)
	return links, err
}

// SaveBuyLinks keeps where a party says that it sells a product, unless it said so last.
func (s *Store) SaveBuyLinks(ctx context.Context, gtin, party, account string, links []content.BuyLink) error {
	doc, err := json.Marshal(links)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, `insert into app.buy_link (gtin, party, account, links) select $1, $2, $3, $4::jsonb
		where $4::jsonb is distinct from (select links from app.buy_link where gtin = $1 and party = $2 order by id desc limit 1)`, gtin, party, account, string(doc))
	return err
}
