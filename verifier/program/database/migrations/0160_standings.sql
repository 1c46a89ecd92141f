-- The day after which a party is lapsed, unless something is mended before.

-- +goose Up

-- The first of its check, its licences and its corrective actions to be due;
-- null where nothing ends. trace.Party, StandingOn, is the rule.
create function ledger.lapses_on(party jsonb) returns text language sql immutable as $$
    select min(nullif(due, '')) from (
        select party ->> 'nextCheckDue'
        union all select l ->> 'validTo' from jsonb_array_elements(party -> 'licences') l
        union all select a ->> 'due' from jsonb_array_elements(party -> 'openActions') a
    ) as dues (due)
$$;
create index on ledger.party ((coalesce(ledger.lapses_on(doc), '9999-12-31')), id);

-- +goose Down
drop function ledger.lapses_on cascade;
