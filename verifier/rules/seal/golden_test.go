package seal

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// vector is one batch with some of its units and the roots of its first so many units.
type vector struct {
	MasterKey string            `json:"masterKey"`
	PINKey    string            `json:"pinKey,omitempty"`
	Epoch     uint32            `json:"epoch"`
	Lettered  bool              `json:"lettered,omitempty"`
	GTIN      gs1.GTIN          `json:"gtin"`
	Lot       string            `json:"lot"`
	Units     []unitVector      `json:"units"`
	Roots     map[string]string `json:"roots"`
}

type unitVector struct {
	Index      int64  `json:"index"`
	Serial     string `json:"serial"`
	PIN        string `json:"pin"`
	Salt       string `json:"salt"`
	Commitment string `json:"commitment"`
	LeafHash   string `json:"leafHash"`
}

// TestGoldenVectors holds the scheme to what has been printed: the vectors must never change. They were computed by a
// second implementation, testdata/vectors.py, from the package comment alone.
func TestGoldenVectors(t *testing.T) {
	const file = "testdata/vectors.json"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want []vector
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	got := make([]vector, len(want))
	for i, v := range want {
		got[i] = compute(t, v)
	}
	if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
		t.Error(diff)
	}
}

// compute fills in what follows from a vector's keys, unit indices and tree sizes.
func compute(t *testing.T, v vector) vector {
	key, err := hex.DecodeString(v.MasterKey)
	if err != nil {
		t.Fatal(err)
	}
	e := Epoch{Number: v.Epoch, MasterKey: [keySize]byte(key), Lettered: v.Lettered}
	if v.PINKey != "" {
		if e.PINKey, err = parseKey(v.PINKey); err != nil {
			t.Fatal(err)
		}
	}
	ring, err := NewKeyring(e)
	if err != nil {
		t.Fatal(err)
	}
	b, err := ring.Batch(v.Epoch, v.GTIN, v.Lot)
	if err != nil {
		t.Fatal(err)
	}
	out := v
	out.Units, out.Roots = nil, map[string]string{}
	for _, unit := range v.Units {
		u := mustUnit(t, b, unit.Index)
		commitment, leaf := u.Commitment(), b.LeafHash(u)
		out.Units = append(
			out.Units,
			unitVector{
				u.Index,
				u.Serial,
				u.PIN,
				hex.EncodeToString(u.Salt[:]),
				hex.EncodeToString(commitment[:]),
				hex.EncodeToString(leaf[:]),
			},
		)
	}
	for size := range v.Roots {
		var quantity int64
		if err := json.Unmarshal([]byte(size), &quantity); err != nil {
			t.Fatal(err)
		}
		root := mustCommit(t, b, quantity).Root()
		out.Roots[size] = hex.EncodeToString(root[:])
	}
	return out
}
