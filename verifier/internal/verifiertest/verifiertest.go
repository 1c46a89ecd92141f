// Package verifiertest gives tests of the verifier a real Postgres with a read
// model in it, which the gateway's own projector wrote from ledger events, and
// the codes of the units that the read model is about.
package verifiertest

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/store"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Main runs a package's tests with a Postgres behind them.
func Main(m *testing.M) int {
	defer stopReadModel()
	return databasetest.Main(m)
}

// World is a database of the test's own, with parties, one product and the
// batches that the test adds.
type World struct {
	URL   string
	DB    *sql.DB
	Store *store.Store
	Codes *seal.Keyring // as who makes codes has them

	Checking *seal.Keyring // as a verifier has them

	t      testing.TB
	blocks int64
	places map[string]trace.Place // of each lot, all of whose units move together
}

// GTIN is the product's; the parties are a producer, a distributor and two sellers.
const (
	GTIN        = "06998801000036"
	Producer    = "chengyan"
	Distributor = "nanlu"
	Seller      = "heyu"
	OtherSeller = "qingshi"
)

// New gives a database that is filled with what every unit's story needs. The
// read model is level with the ledger as of now.
func New(t testing.TB) *World {
	t.Helper()
	return NewAt(t, databasetest.URL(t))
}

// NewAt does so in a database that has been migrated.
func NewAt(t testing.TB, databaseURL string) *World {
	t.Helper()
	return empty(t, databaseURL).fill()
}

func empty(t testing.TB, databaseURL string) *World {
	t.Helper()
	w := &World{t: t, URL: databaseURL, places: map[string]trace.Place{}}
	w.Codes, w.Checking = keyring(t, MasterKeys), keyring(t, CheckingKeys())
	t.Cleanup(func() { _ = ask(change{Database: databaseURL, Close: true}) })
	var err error
	if w.DB, err = sql.Open("postgres", databaseURL); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.DB.Close() })
	if w.Store, err = store.Open(databasetest.As(databaseURL, database.Verifier)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Store.Close() })
	return w
}

// fill adds what every unit's story needs.
func (w *World) fill() *World {
	w.party(Producer, trace.Text{ZhCN: "澄岩食品", En: "Chengyan Foods"}, trace.RoleProducer)
	w.party(Distributor, trace.Text{ZhCN: "南麓供应链", En: "Nanlu Supply"}, trace.RoleDistributor)
	w.party(Seller, trace.Text{ZhCN: "禾屿便利", En: "Heyu Stores"}, trace.RoleSeller)
	w.party(OtherSeller, trace.Text{ZhCN: "青石商行", En: "Qingshi Trading"}, trace.RoleSeller)
	w.project(trace.Event{Type: trace.EventProductRegistered, At: time.Now(), By: Producer, Product: &trace.Product{
		GTIN: GTIN, Name: trace.Text{ZhCN: "澄岩冻干咖啡 3g×24", En: "Freeze-dried coffee 3 g x 24"}, Brand: "澄岩",
		Category: "食品", Specification: "3g×24", Origin: "广东广州", Owner: Producer,
	}})
	return w
}

// project writes a block of one event into the read model and gives the
// transaction's id.
func (w *World) project(e trace.Event) string {
	w.t.Helper()
	payload, err := trace.Marshal(e)
	if err != nil {
		w.t.Fatal(err)
	}
	w.blocks++
	id := fmt.Sprintf("%064x", w.blocks)
	write(w.t, change{Database: w.URL, TxID: id, Event: payload})
	return id
}

// Height is the number of blocks that the read model knows.
func (w *World) Height() int64 { return w.blocks }

// MasterKeys are the keys that the world's codes hang on, as a gateway has them.
var MasterKeys = "1:" + strings.Repeat("01", 32) + ":retired,2:" + strings.Repeat("02", 32) +
	"+" + strings.Repeat("0a", 32)

// CheckingKeys are those that a verifier has.
func CheckingKeys() string {
	text, err := seal.CheckingForm(MasterKeys)
	if err != nil {
		panic(err)
	}
	return text
}

func keyring(t testing.TB, text string) *seal.Keyring {
	k, err := seal.ReadKeyring(text)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Exec runs a statement, or fails the test.
func (w *World) Exec(query string, args ...any) {
	w.t.Helper()
	if _, err := w.DB.Exec(query, args...); err != nil {
		w.t.Fatalf("%v\n%s", err, query)
	}
}

func (w *World) party(id string, name trace.Text, role trace.Role) {
	p := trace.Party{
		ID:       id,
		Name:     name,
		MSP:      "ProducerMSP",
		Identity: id,
		Roles:    []trace.Role{role},
		Status:   trace.StatusQualified,
	}
	w.project(trace.Event{Type: trace.EventPartyRegistered, At: time.Now(), By: "platform", Party: &p})
}

// Batch registers a batch of 100 units of the current key, in the producer's
// hands. Fields of b that are empty get values; the day is ten days ago.
func (w *World) Batch(b trace.Batch) Batch { return w.BatchOf(b, nil) }

// BatchOf registers a batch as Batch does, whose factory brought its units' serials.
func (w *World) BatchOf(b trace.Batch, serials []string) Batch {
	w.t.Helper()
	ago := time.Now().Add(-10 * 24 * time.Hour).UTC().Truncate(time.Second)
	b.GTIN, b.Producer, b.KeyEpoch, b.RegisteredAt = GTIN, Producer, int(w.Codes.Current()), ago
	if b.Quantity == 0 {
		b.Quantity = 100
	}
	if b.ProducedOn == "" {
		b.ProducedOn = trace.DayOf(ago)
	}
	if b.Status == "" {
		b.Status = trace.BatchRegistered
	}
	b.Origin = "广东广州"
	keys, err := w.Codes.Batch(w.Codes.Current(), GTIN, b.Lot)
	if err != nil {
		w.t.Fatal(err)
	}
	if b.Listed = serials != nil; b.Listed {
		b.Quantity = int64(len(serials))
		keys = keys.WithSerials(0, serials)
	}
	tree, err := seal.Commit(context.Background(), keys, b.Quantity, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	root := tree.Root()
	b.UnitsRoot = hex.EncodeToString(root[:])
	made := &units{Root: root, Quantity: b.Quantity, Row: tree.Row(), Serials: serials}
	for _, run := range keys.Commitments(b.Quantity) {
		made.Commitments = append(made.Commitments, slices.Clone(run))
	}
	write(w.t, change{Database: w.URL, Units: made})
	batch := Batch{Batch: b, w: w, keys: keys}
	batch.Tx = batch.Happens(
		trace.Event{Type: trace.EventBatchRegistered, At: ago, By: Producer, Batch: &b},
		trace.Place{Holder: Producer, State: trace.Held},
	)
	return batch
}

// Batch is a batch in the read model, registered by transaction Tx. All its
// units move together.
type Batch struct {
	trace.Batch
	Tx   string
	w    *World
	keys *seal.Batch
}

// Happens adds an event about the whole batch and gives its transaction. Where
// to is not the zero Place, the units are there afterwards.
func (b Batch) Happens(e trace.Event, to trace.Place) string {
	b.w.t.Helper()
	line := trace.Line{GTIN: b.GTIN, Lot: b.Lot, Count: b.Quantity}
	e.Lines = []trace.Line{line}
	if to != (trace.Place{}) {
		e.Moves = []trace.Move{{Line: line, Source: b.w.places[b.Lot], Target: to}}
		b.w.places[b.Lot] = to
	}
	return b.w.project(e)
}

// Complaint adds a complaint, which the platform has looked at, about a unit against whoever sells the batch: open,
// or decided with outcomes, of which the last one counts.
func (b Batch) Complaint(id string, index int64, outcomes ...trace.Outcome) trace.Complaint {
	c := trace.Complaint{
		ID:           id,
		GTIN:         b.GTIN,
		Lot:          b.Lot,
		Index:        index,
		Respondent:   Seller,
		EvidenceHash: strings.Repeat("0", 64),
		Status:       trace.ComplaintOpen,
		OpenedAt:     b.Day(8),
		AnswerBy:     time.Now().Add(time.Hour).UTC(),
		DecideBy:     time.Now().Add(2 * time.Hour).UTC(),
	}
	for i, o := range outcomes {
		c.Status = trace.ComplaintDecided
		c.Decisions = append(
			c.Decisions,
			trace.Decision{Kind: trace.FirstDecision, Outcome: o, Officer: "li", By: "platform", At: b.Day(8 + i),
				Reason: trace.Text{ZhCN: "包装印刷与真品不符", En: "the print differs from the genuine article's"}},
		)
	}
	e := trace.Event{Type: trace.EventComplaintOpened, At: c.OpenedAt, By: "platform", Complaint: &c}
	if len(outcomes) > 0 {
		e.Type = trace.EventComplaintDecided
	}
	b.w.project(e)
	b.w.Exec(`insert into app.complaint_ground (complaint) values ('` + id + `') on conflict do nothing`)
	return c
}

// Anchor puts the anchor of a log's entries from to to (exclusive) into the read
// model, with the root that the ledger would hold.
func (w *World) Anchor(log string, from, to int64) {
	w.t.Helper()
	rows, err := w.DB.Query(
		`select digest from app.log_entry where log = $1 and seq >= $2 and seq < $3 order by seq`,
		log,
		from,
		to,
	)
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	r := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	for rows.Next() {
		var digest []byte
		if err := rows.Scan(&digest); err != nil {
			w.t.Fatal(err)
		}
		if err := r.Append(rfc6962.DefaultHasher.HashLeaf(digest), nil); err != nil {
			w.t.Fatal(err)
		}
	}
	root, err := r.GetRootHash(nil)
	if err = errors.Join(err, rows.Err()); err != nil {
		w.t.Fatal(err)
	}
	w.project(trace.Event{
		Type: trace.EventAnchored,
		At:   time.Now(),
		By:   "platform",
		Anchor: &trace.Anchor{
			Log:  log,
			From: from,
			To:   to,
			Root: hex.EncodeToString(root),
			By:   "platform",
			At:   time.Now(),
		},
	})
}

// Day gives the time n days after the batch was registered.
func (b Batch) Day(n int) time.Time { return b.RegisteredAt.Add(time.Duration(n) * 24 * time.Hour) }

// ShipTo sends the batch on a day, and receives it a day later.
func (b Batch) ShipTo(from, to string, day int) {
	s := b.Send(from, to, day)
	s.ReceivedAt = b.Day(day + 1)
	b.Happens(
		trace.Event{Type: trace.EventReceived, At: b.Day(day + 1), By: to, Shipment: &s},
		trace.Place{Holder: to, State: trace.Held},
	)
}

// Send only sends it.
func (b Batch) Send(from, to string, day int) trace.Shipment {
	s := trace.Shipment{ID: fmt.Sprintf("SHIP-%s-%d", b.Lot, day), From: from, To: to, DispatchedAt: b.Day(day),
		Lines: []trace.Line{{GTIN: b.GTIN, Lot: b.Lot, Count: b.Quantity}}}
	b.Happens(
		trace.Event{Type: trace.EventDispatched, At: b.Day(day), By: from, Shipment: &s},
		trace.Place{Holder: s.ID, State: trace.InTransit},
	)
	return s
}

// OnSale takes the batch from its producer through a distributor to a seller.
func (b Batch) OnSale() Batch {
	b.ShipTo(Producer, Distributor, 2)
	b.ShipTo(Distributor, Seller, 4)
	return b
}

// Unit gives a unit's codes.
func (b Batch) Unit(index int64) seal.Unit {
	u, err := b.keys.Unit(index)
	if err != nil {
		b.w.t.Fatal(err)
	}
	return u
}

// Path is the path of a unit's page.
func (b Batch) Path(index int64) string {
	return gs1.UnitURI("X", gs1.GTIN(b.GTIN), b.Lot, b.Unit(index).Serial)[len("HTTPS://X"):]
}
