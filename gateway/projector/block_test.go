package projector_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/projector"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

var sold = &trace.Event{Type: trace.EventSold, At: began, By: "maker"}

func TestParseReadsTransactions(t *testing.T) {
	c := newChain()
	b := c.add(
		tx{function: trace.Sell, event: sold},
		tx{function: trace.Sell, event: sold, code: peer.TxValidationCode_MVCC_READ_CONFLICT},
		tx{function: "transfer", event: sold, chaincode: "other"},
		tx{function: "GetBatch"},
		tx{raw: []byte("no envelope"), code: peer.TxValidationCode_BAD_PAYLOAD},
		tx{id: "../../etc", function: "x\x00\xff", code: peer.TxValidationCode_BAD_PROPOSAL_TXID},
		tx{raw: mustMarshal(envelope(common.HeaderType_CONFIG, "", alice, nil))},
	)
	got, err := projector.Parse(b, "touchstone")
	if err != nil {
		t.Fatal(err)
	}
	endorsed := []string{"AuditorMSP/peer0.auditor"}
	signed := func(id, code, function string, position int) record.Tx {
		return record.Tx{
			ID:        id,
			Position:  position,
			Code:      code,
			Function:  function,
			MSP:       "ProducerMSP",
			Identity:  "alice",
			Endorsers: endorsed,
			At:        began,
		}
	}
	valid := signed(txID(1), "VALID", "Sell", 0)
	valid.Event = sold
	garbage := record.Tx{Position: 4, Code: "BAD_PAYLOAD", Endorsers: []string{}, At: got.Txs[4].At}
	config := signed("", "VALID", "config", 6)
	config.Endorsers = []string{}
	want := []record.Tx{
		valid,
		signed(txID(2), "MVCC_READ_CONFLICT", "Sell", 1),
		signed(txID(3), "VALID", "transfer", 2),
		signed(txID(4), "VALID", "GetBatch", 3),
		garbage,
		signed("", "BAD_PROPOSAL_TXID", "x??", 5),
		config,
	}
	got.Txs[0].EventJSON = nil
	if diff := cmp.Diff(want, got.Txs); diff != "" {
		t.Error(diff)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*common.Block){
		"another entry":         func(b *common.Block) { b.Data.Data[0] = append(b.Data.Data[0], 0) },
		"an entry too few":      func(b *common.Block) { b.Data.Data = nil },
		"no validation codes":   func(b *common.Block) { b.Metadata = nil },
		"a code too few":        func(b *common.Block) { b.Metadata.Metadata[2] = nil },
		"no header":             func(b *common.Block) { b.Header = nil },
		"a valid non-envelope":  func(b *common.Block) { b.Data.Data[0] = []byte("?"); sealBlock(b) },
		"a valid unknown event": func(b *common.Block) { b.Data.Data[0] = unknownEvent(); sealBlock(b) },
	} {
		t.Run(name, func(t *testing.T) {
			b := proto.Clone(newChain().add(tx{function: trace.Sell, event: sold})).(*common.Block)
			spoil(b)
			if got, err := projector.Parse(b, "touchstone"); err == nil {
				t.Errorf("parsed as %+v", got)
			}
		})
	}
}

func unknownEvent() []byte {
	event := &peer.ChaincodeEvent{EventName: trace.EventName, Payload: []byte(`{"type":"sold","colour":"red"}`)}
	return mustMarshal(
		envelope(common.HeaderType_ENDORSER_TRANSACTION, txID(1), alice, action(tx{chaincode: "touchstone"}, event)),
	)
}

func FuzzParse(f *testing.F) {
	c := newChain()
	f.Add(mustMarshal(c.blocks[0]), byte(0))
	f.Add(mustMarshal(c.add(tx{function: trace.Sell, event: sold})), byte(0))
	f.Add(unknownEvent(), byte(11))
	f.Fuzz(func(t *testing.T, data []byte, code byte) {
		b := &common.Block{}
		if proto.Unmarshal(data, b) != nil {
			b = proto.Clone(c.blocks[1]).(*common.Block)
			b.Data.Data[0] = data
			b.Metadata.Metadata[2] = []byte{code}
			sealBlock(b)
		}
		got, err := projector.Parse(b, "touchstone")
		if err == nil && len(got.Txs) != len(b.GetData().GetData()) {
			t.Errorf("%d transactions of %d entries", len(got.Txs), len(b.GetData().GetData()))
		}
		again, err2 := projector.Parse(b, "touchstone")
		if (err == nil) != (err2 == nil) || !cmp.Equal(got, again) {
			t.Error("the same block parses in two ways")
		}
	})
}
