package proof

import (
	"crypto/sha256"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// A trust file that is read is one that proofs can be checked against, and reads
// the same when it is written again.
func FuzzReadTrust(f *testing.F) {
	whole, err := os.ReadFile("testdata/trust.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"organizations":[{"roots":["-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		trust, err := ReadTrust(data)
		if err != nil {
			return
		}
		again, err := json.Marshal(trust)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadTrust(again); err != nil {
			t.Errorf("%q is read, and is not when written again: %v", data, err)
		}
	})
}

// A block of which a transaction's proof is made is one that has the transaction.
func FuzzReadBlock(f *testing.F) {
	f.Add([]byte{}, "")
	f.Add([]byte{0x0a, 0x02, 0x08, 0x01, 0x12, 0x02, 0x0a, 0x00, 0x1a, 0x00}, "tx")
	f.Fuzz(func(t *testing.T, data []byte, txID string) {
		if b, err := ReadBlock(data, txID); err == nil && (b.Position < 0 || b.Position >= len(b.Envelopes)) {
			t.Errorf("transaction %d of %d", b.Position, len(b.Envelopes))
		}
	})
}

// Whatever a bundle unpacks to, it is read or refused, and nothing that was made up is proved.
func FuzzUnpack(f *testing.F) {
	var whole Bundle
	trust := goldenTrust(f)
	if err := json.Unmarshal(golden(f, "bundle.json"), &whole); err != nil {
		f.Fatal(err)
	}
	packed := whole
	if err := packed.pack(
		Signed{Answer: Answer{ChannelHeader: []byte{}, Response: []byte("x"), Endorsements: []Endorsement{{}}}},
	); err != nil {
		f.Fatal(err)
	}
	f.Add(packed.Facts.Answer, 0)
	f.Add([]byte{0xff}, 1)
	f.Fuzz(func(t *testing.T, data []byte, index int) {
		b := packed
		b.Block.Envelopes = slices.Clone(b.Block.Envelopes)
		b.Facts = &Packed{
			Answer: data,
			Hash:   sha256.Sum256(slices.Concat(slices.Concat(b.Block.Envelopes...), data)),
			Index:  index,
			Path:   []Hash{},
		}
		content, err := trace.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Verify(content, trust, UnitID{}, 0); err == nil {
			t.Errorf("proved: %x", data)
		}
	})
}
