package restore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// database is a database as a restored one may be.
type database struct {
	batches  []trace.Batch
	serials  map[[32]byte][]string
	rows     map[[32]byte][]byte
	parties  []trace.Party
	anchors  []record.Anchored
	digests  map[int64][]byte
	gaps     []record.Gap
	accounts []string

	commitments map[[32]byte][]byte
}

func (d *database) BatchesWithoutTree(context.Context) (left []trace.Batch, err error) {
	for _, b := range d.batches {
		if d.rows[rootOf(b)] == nil {
			left = append(left, b)
		}
	}
	return left, nil
}

func (d *database) Serials(_ context.Context, root [32]byte, _, _ int64) ([]string, error) {
	return d.serials[root], nil
}

func (d *database) SaveUnitTree(_ context.Context, root [32]byte, _ int64, row []byte) error {
	d.rows[root] = row
	return nil
}

func (d *database) SaveCommitments(_ context.Context, root [32]byte, first int64, run []byte) error {
	d.commitments[root] = append(d.commitments[root][:first*32], run...)
	return nil
}

func (d *database) PartiesWithoutIdentity(context.Context) ([]trace.Party, error) {
	return d.parties, nil
}
func (d *database) PartiesWithoutAccount(context.Context) ([]string, error)      { return d.accounts, nil }
func (d *database) LostComplaints(context.Context) ([]string, error)             { return nil, nil }
func (d *database) LostDocuments(context.Context) ([]record.LostDocument, error) { return nil, nil }
func (d *database) Anchored(context.Context) ([]record.Anchored, error)          { return d.anchors, nil }

func (d *database) Digests(_ context.Context, _ string, from, to int64) (all [][]byte, err error) {
	for seq := from; seq < to; seq++ {
		all = append(all, d.digests[seq])
	}
	return all, nil
}

func (d *database) SaveGap(_ context.Context, g record.Gap) error {
	d.gaps = append(d.gaps, g)
	return nil
}

func rootOf(b trace.Batch) (root [32]byte) {
	hex.Decode(root[:], []byte(b.UnitsRoot))
	return root
}

func keys(t *testing.T, numbers ...uint32) *seal.Keyring {
	t.Helper()
	var epochs []seal.Epoch
	for _, n := range numbers {
		epochs = append(epochs, seal.Epoch{Number: n, MasterKey: sha256.Sum256([]byte{byte(n)}),
			PINKey: sha256.Sum256([]byte{byte(n), 1})})
	}
	k, err := seal.NewKeyring(epochs...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// registered is a batch as it is on the ledger, and its tree's row.
func registered(t *testing.T, k *seal.Keyring, epoch uint32, lot string, serials []string) (trace.Batch, []byte) {
	t.Helper()
	codes, err := k.Batch(epoch, "06998801000036", lot)
	if err != nil {
		t.Fatal(err)
	}
	if serials != nil {
		codes = codes.WithSerials(0, serials)
	}
	tree, err := seal.Commit(t.Context(), codes, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	root := tree.Root()
	return trace.Batch{
		GTIN:      "06998801000036",
		Lot:       lot,
		Quantity:  3,
		KeyEpoch:  int(epoch),
		UnitsRoot: hex.EncodeToString(root[:]),
		Listed:    serials != nil,
	}, tree.Row()
}

// A tree is made again where the keys give the ledger's root, and only there.
func TestTreesAreMadeAgain(t *testing.T) {
	all, own := keys(t, 1, 2), []string{"A1", "A2", "A3"}
	plain, plainRow := registered(t, all, 1, "PLAIN", nil)
	listed, listedRow := registered(t, all, 1, "LISTED", own)
	gone, _ := registered(t, all, 1, "GONE", []string{"B1", "B2", "B3"})
	later, _ := registered(t, all, 2, "LATER", nil)
	other := plain
	other.Lot = "OTHER" // whose root its keys do not give
	other.UnitsRoot = strings.Repeat("ab", 32)
	d := &database{
		batches: []trace.Batch{plain, listed, gone, later, other},
		rows:    map[[32]byte][]byte{},
		serials: map[[32]byte][]string{rootOf(listed): own},

		commitments: map[[32]byte][]byte{},
	}
	told := map[string]string{}
	left, err := MakeTrees(t.Context(), d, keys(t, 1), func(f Finding) { told[strings.Fields(f.What)[5]] = f.Lost })
	if err != nil || left != 3 {
		t.Fatalf("%d left, %v", left, err)
	}
	for lot, reason := range map[string]string{"PLAIN": "", "LISTED": "", "GONE": "serials that its factory brought", "LATER": "do not have epoch 2", "OTHER": "give other codes"} {
		if got := told[lot]; (reason == "") != (got == "") || !strings.Contains(got, reason) {
			t.Errorf("%s: %q, want %q", lot, got, reason)
		}
	}
	if diff := cmp.Diff(map[[32]byte][]byte{rootOf(plain): plainRow, rootOf(listed): listedRow}, d.rows); diff != "" {
		t.Error(diff)
	}
	for _, b := range []trace.Batch{plain, listed} {
		if n := len(d.commitments[rootOf(b)]); n != 3*32 {
			t.Errorf("%s has %d bytes of commitments: verifiers cannot prove its units", b.Lot, n)
		}
	}
}

// Only what ends too early, as a backup does, is taken for lost with one.
func TestLogsGoOnBehindWhatWasLost(t *testing.T) {
	digests := map[int64][]byte{}
	for seq := range int64(12) {
		d := sha256.Sum256([]byte{byte(seq)})
		digests[seq] = d[:]
	}
	anchor := func(from, to, here, last int64) record.Anchored {
		all, _ := (&database{digests: digests}).Digests(t.Context(), "scans", from, to)
		return record.Anchored{Log: "scans", From: from, To: to, Here: here, Last: last, Root: proof.Root(all)}
	}
	changed := anchor(0, 4, 4, 3)
	changed.Root = digests[0]
	for _, c := range []struct {
		name    string
		anchors []record.Anchored
		gaps    []record.Gap
		told    []string
	}{
		{"whole", []record.Anchored{anchor(0, 4, 4, 3), anchor(4, 8, 4, 7)}, nil, nil},
		{"restored in the middle of an anchor", []record.Anchored{anchor(0, 4, 4, 3), anchor(4, 8, 2, 5), anchor(8, 12, 0, 7)},
			[]record.Gap{{Log: "scans", From: 4, To: 12}}, []string{"entries 6 to 11"}},
		{"restored, and gone on with since", []record.Anchored{anchor(0, 4, 0, -1), anchor(4, 8, 4, 7)},
			[]record.Gap{{Log: "scans", From: 0, To: 4}}, []string{"entries 0 to 3"}},
		{"wiped", []record.Anchored{anchor(0, 4, 0, -1), anchor(4, 8, 0, 3)}, []record.Gap{{Log: "scans", From: 0, To: 8}}, []string{"entries 0 to 7"}},
		{"one removed", []record.Anchored{anchor(0, 4, 3, 3), anchor(4, 8, 4, 7)}, nil, []string{"find out who removed them"}},
		{"one removed before others", []record.Anchored{anchor(0, 4, 3, 2), anchor(4, 8, 3, 7)}, nil, []string{"find out who removed them"}},
		{"changed", []record.Anchored{changed}, nil, []string{"LOG_ENTRY_CHANGED"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &database{anchors: c.anchors, digests: digests}
			var told []string
			check := &Check{
				Database: d,
				Enroller: nobody{},
				Keys:     keys(t, 1),
				Tell:     func(f Finding) { told = append(told, f.String()) },
			}
			losses, err := check.Run(t.Context())
			if err != nil || losses != len(c.told) || len(told) != len(c.told) {
				t.Fatalf("%d losses, %v, told %q", losses, err, told)
			}
			for i, words := range c.told {
				if !strings.Contains(told[i], words) {
					t.Errorf("%q does not say %q", told[i], words)
				}
			}
			if diff := cmp.Diff(c.gaps, d.gaps); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// nobody's CA certifies only those whose name is known to it.
type nobody struct{}

func (nobody) EnrolAgain(_ context.Context, p trace.Party) error {
	if p.ID == "stranger" {
		return errors.New("authentication failure")
	}
	return nil
}

// A party without a certificate gets a new one, and one without an account is
// named without being counted: it may never have had one.
func TestPartiesCanWriteAgain(t *testing.T) {
	d := &database{parties: []trace.Party{{ID: "maker"}, {ID: "stranger"}}, accounts: []string{"maker"}}
	var told []string
	check := &Check{
		Database: d,
		Enroller: nobody{},
		Keys:     keys(t, 1),
		Tell:     func(f Finding) { told = append(told, f.String()) },
	}
	losses, err := check.Run(t.Context())
	if err != nil || losses != 1 || len(told) != 3 {
		t.Fatalf("%d losses, %v, told %q", losses, err, told)
	}
	for i, words := range []string{"made again: the certificate of maker", "LOST: the certificate of stranger: its CA gives no new one (authentication failure)", "not here: accounts of maker"} {
		if !strings.HasPrefix(told[i], words) {
			t.Errorf("%q, want %q", told[i], words)
		}
	}
}
