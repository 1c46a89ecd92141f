-- The read model: everything in schema "ledger" is derived from blocks by
-- gateway/projector, changes only together with ledger.checkpoint, and can be
-- dropped and rebuilt from block 0.

-- +goose Up
create schema ledger;

-- How far the read model has come. One row. checked_at is when it was last
-- known to be level with the channel's height; readers judge staleness by it.
create table ledger.checkpoint (
    only_one   boolean primary key default true check (only_one),
    channel    text not null,
    next_block bigint not null check (next_block >= 0),
    last_hash  bytea not null,
    checked_at timestamptz,
    halted     text
);

create table ledger.block (
    number    bigint primary key,
    hash      bytea not null,
    prev_hash bytea not null,
    data_hash bytea not null,
    tx_count  integer not null
);

-- Every transaction of every block, the refused ones too. code is Fabric's
-- validation code by name ("VALID", "MVCC_READ_CONFLICT"); event is null unless VALID.
-- An id belongs to its valid transaction, or else to the first that bears it; any
-- other one (a replay, a configuration) is kept as ID@BLOCK/POSITION.
create table ledger.tx (
    tx_id     text primary key,
    block     bigint not null references ledger.block,
    position  integer not null,
    code      text not null,
    function  text not null,
    party     text,
    msp       text not null,
    identity  text not null,
    endorsers text[] not null,
    at        timestamptz not null,
    event     jsonb,
    unique (block, position)
);

create table ledger.party (
    id       text primary key,
    msp      text not null,
    identity text not null,
    doc      jsonb not null,
    tx_id    text not null,
    unique (msp, identity)
);

create table ledger.product (
    gtin  text primary key,
    owner text not null,
    doc   jsonb not null,
    tx_id text not null
);
create index on ledger.product (owner, gtin);

create table ledger.batch (
    gtin          text not null,
    lot           text not null,
    quantity      bigint not null,
    units_root    bytea not null,
    producer      text not null,
    registered_at timestamptz not null,
    doc           jsonb not null,
    tx_id         text not null,
    block         bigint not null,
    primary key (gtin, lot)
);
create index on ledger.batch (producer, registered_at desc);

-- Who has which units now: runs [start, stop) of unit indexes that never
-- overlap and together cover each batch exactly. holder is a party, or a
-- shipment for units in transit; reason is empty unless state is removed.
create table ledger.holding (
    gtin   text not null,
    lot    text not null,
    start  bigint not null,
    stop   bigint not null check (stop > start),
    holder text not null,
    state  text not null,
    reason text not null default '',
    tx_id  text not null,
    primary key (gtin, lot, start)
);
create index on ledger.holding (holder, state);

create table ledger.shipment (
    id            text primary key,
    sender        text not null,
    receiver      text not null,
    dispatched_at timestamptz not null,
    received_at   timestamptz,
    doc           jsonb not null,
    tx_id         text not null
);
create index on ledger.shipment (sender, dispatched_at desc);
create index on ledger.shipment (receiver, dispatched_at desc);

create table ledger.recall (
    id        text primary key,
    gtin      text not null,
    closed_at timestamptz,
    doc       jsonb not null,
    tx_id     text not null
);

-- The units that a recall reaches.
create table ledger.recall_scope (
    recall_id text not null references ledger.recall on delete cascade,
    gtin      text not null,
    lot       text not null,
    start     bigint not null,
    stop      bigint not null,
    primary key (recall_id, gtin, lot, start)
);
create index on ledger.recall_scope (gtin, lot);

create table ledger.unit_event (
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    type       text not null,
    at         timestamptz not null,
    tx_id      text not null,
    primary key (gtin, lot, unit_index, type, tx_id)
);

-- Which units each event is about: the way from a unit to its story.
create table ledger.event_line (
    gtin     text not null,
    lot      text not null,
    start    bigint not null,
    stop     bigint not null,
    block    bigint not null,
    position integer not null,
    tx_id    text not null,
    primary key (gtin, lot, block, position, start)
);
-- Lines overlap, so no order of them alone leads to those that hold a unit. By
-- how many hexadecimal digits its length has, a line that holds unit u begins
-- after u - 16^digits: a few short ranges of this index hold every such line.
create index on ledger.event_line (gtin, lot, length(to_hex(stop - start)), start);

-- +goose Down
drop schema ledger cascade;
