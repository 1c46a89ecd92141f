package projector_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/msp"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/projector"
)

var began = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// chain builds blocks as peers give them.
type chain struct {
	blocks []*common.Block
	made   int // transactions, for their ids
}

// tx is a transaction to put into a block.
type tx struct {
	id        string // made up where empty
	code      peer.TxValidationCode
	function  trace.Transaction
	chaincode string // touchstone where empty
	event     *trace.Event
	raw       []byte // in place of everything else
}

func newChain() *chain {
	c := &chain{}
	c.add(tx{raw: mustMarshal(envelope(common.HeaderType_CONFIG, "", alice, nil))})
	return c
}

func (c *chain) add(txs ...tx) *common.Block {
	b := &common.Block{Header: &common.BlockHeader{Number: uint64(len(c.blocks))}, Data: &common.BlockData{},
		Metadata: &common.BlockMetadata{Metadata: make([][]byte, 5)}}
	for _, t := range txs {
		b.Data.Data = append(b.Data.Data, c.entry(t))
		b.Metadata.Metadata[common.BlockMetadataIndex_TRANSACTIONS_FILTER] =
			append(b.Metadata.Metadata[common.BlockMetadataIndex_TRANSACTIONS_FILTER], byte(t.code))
	}
	if n := len(c.blocks); n > 0 {
		b.Header.PreviousHash = projector.BlockHash(c.blocks[n-1].Header)
	}
	sealBlock(b)
	c.blocks = append(c.blocks, b)
	return b
}

func sealBlock(b *common.Block) {
	h := sha256.New()
	for _, d := range b.Data.Data {
		h.Write(d)
	}
	b.Header.DataHash = h.Sum(nil)
}

func (c *chain) entry(t tx) []byte {
	if t.raw != nil {
		return t.raw
	}
	c.made++
	if t.id == "" {
		t.id = txID(c.made)
	}
	if t.chaincode == "" {
		t.chaincode = "touchstone"
	}
	var event *peer.ChaincodeEvent
	if t.event != nil {
		payload, err := trace.Marshal(t.event)
		if err != nil {
			panic(err)
		}
		event = &peer.ChaincodeEvent{ChaincodeId: t.chaincode, TxId: t.id, EventName: trace.EventName, Payload: payload}
	}
	return mustMarshal(envelope(common.HeaderType_ENDORSER_TRANSACTION, t.id, alice, action(t, event)))
}

func txID(n int) string {
	sum := sha256.Sum256([]byte(fmt.Sprint("tx ", n)))
	return hex.EncodeToString(sum[:])
}

func action(t tx, event *peer.ChaincodeEvent) []byte {
	input := &peer.ChaincodeInvocationSpec{ChaincodeSpec: &peer.ChaincodeSpec{
		Input: &peer.ChaincodeInput{Args: [][]byte{[]byte(t.function), []byte("{}")}}}}
	result := &peer.ChaincodeAction{ChaincodeId: &peer.ChaincodeID{Name: t.chaincode}}
	if event != nil {
		result.Events = mustMarshal(event)
	}
	return mustMarshal(
		&peer.Transaction{Actions: []*peer.TransactionAction{{Payload: mustMarshal(&peer.ChaincodeActionPayload{
			ChaincodeProposalPayload: mustMarshal(&peer.ChaincodeProposalPayload{Input: mustMarshal(input)}),
			Action: &peer.ChaincodeEndorsedAction{
				ProposalResponsePayload: mustMarshal(&peer.ProposalResponsePayload{Extension: mustMarshal(result)}),
				Endorsements:            []*peer.Endorsement{{Endorser: bob}},
			}})}}},
	)
}

func envelope(kind common.HeaderType, id string, creator, data []byte) *common.Envelope {
	return &common.Envelope{
		Signature: []byte("signature"),
		Payload: mustMarshal(&common.Payload{Data: data, Header: &common.Header{
			ChannelHeader: mustMarshal(&common.ChannelHeader{Type: int32(kind), ChannelId: "trace", TxId: id,
				Timestamp: timestamppb.New(began)}),
			SignatureHeader: mustMarshal(&common.SignatureHeader{Creator: creator, Nonce: []byte("nonce")}),
		}}),
	}
}

func mustMarshal(m proto.Message) []byte {
	b, err := proto.Marshal(m)
	if err != nil {
		panic(err)
	}
	return b
}

var alice, bob = newIdentity("ProducerMSP", "alice"), newIdentity("AuditorMSP", "peer0.auditor")

// newIdentity makes a serialized identity with a real certificate.
func newIdentity(mspID, name string) []byte {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    began,
		NotAfter:     began.AddDate(1, 0, 0),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	return mustMarshal(
		&msp.SerializedIdentity{Mspid: mspID, IdBytes: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})},
	)
}
