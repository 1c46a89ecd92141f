package prooftest

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset/kvrwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Stated is a StateFacts transaction before it is signed; what is changed in it is what is signed.
type Stated struct {
	Function string
	Request  trace.FactsRequest
	Root     trace.FactsRoot
	Contract string // where the proposal goes
	Status   int32
	Keys     int // read for each unit
}

// State answers for units as the contract does. The endorsers sign whatever change makes of it.
func (n *Network) State(facts []trace.Facts, change func(*Stated)) []proof.Signed {
	leaves := make([][]byte, len(facts))
	s := Stated{
		Function: "StateFacts",
		Contract: "touchstone",
		Status:   200,
		Keys:     10,
		Root: trace.FactsRoot{
			Version: trace.FactsVersion,
			At:      n.At.UTC().Truncate(time.Millisecond),
			Count:   len(facts),
		},
	}
	for i, f := range facts {
		leaves[i] = canonical(f)
		asked := trace.FactsAsked{GTIN: f.GTIN, Lot: f.Lot, Index: f.Index}
		if f.Place != nil {
			asked.At = *f.Place
		}
		s.Request.Units = append(s.Request.Units, asked)
	}
	s.Root.Root = hex.EncodeToString(proof.Root(leaves))
	if change != nil {
		change(&s)
	}
	answer := n.stated(s)
	signed := make([]proof.Signed, len(facts))
	for i, f := range facts {
		signed[i] = proof.Signed{Answer: answer, Index: i, Facts: f, Path: []proof.Hash{}}
		for _, step := range proof.Path(leaves, i) {
			var h proof.Hash
			if err := h.UnmarshalText([]byte(step)); err != nil {
				panic(err)
			}
			signed[i].Path = append(signed[i].Path, h)
		}
	}
	return signed
}

func (n *Network) stated(s Stated) proof.Answer {
	return n.Answer(s.Function, canonical(s.Request), s.Contract, &peer.ChaincodeAction{
		ChaincodeId: &peer.ChaincodeID{Name: s.Contract, Version: "1"}, Results: s.reads(),
		Response: &peer.Response{Status: s.Status, Payload: canonical(s.Root)}})
}

// Answer is a query with one argument, as endorsers answer it.
func (n *Network) Answer(function string, argument []byte, contract string, act *peer.ChaincodeAction) proof.Answer {
	nonce := []byte("nonce of twenty-four byte")
	id := sha256.Sum256(slices.Concat(nonce, n.Submitter.Serialized()))
	channel := &common.ChannelHeader{
		Type:      int32(common.HeaderType_ENDORSER_TRANSACTION),
		ChannelId: n.Channel,
		TxId:      hex.EncodeToString(id[:]),
		Timestamp: timestamppb.New(n.At),
		Extension: marshal(&peer.ChaincodeHeaderExtension{ChaincodeId: &peer.ChaincodeID{Name: contract}}),
	}
	if n.Header != nil {
		n.Header(channel)
	}
	call := &peer.ChaincodeInvocationSpec{
		ChaincodeSpec: &peer.ChaincodeSpec{
			Type:        peer.ChaincodeSpec_GOLANG,
			ChaincodeId: &peer.ChaincodeID{Name: contract},
			Input:       &peer.ChaincodeInput{Args: [][]byte{[]byte(function), argument}},
		},
	}
	a := proof.Answer{
		ChannelHeader:   marshal(channel),
		SignatureHeader: marshal(&common.SignatureHeader{Creator: n.Submitter.Serialized(), Nonce: nonce}),
		Proposal:        marshal(&peer.ChaincodeProposalPayload{Input: marshal(call)}),
	}
	proposal := sha256.Sum256(slices.Concat(a.ChannelHeader, a.SignatureHeader, a.Proposal))
	response := &peer.ProposalResponsePayload{ProposalHash: proposal[:], Extension: marshal(act)}
	if n.Response != nil {
		n.Response(response)
	}
	a.Response = marshal(response)
	for _, e := range n.Endorsers {
		a.Endorsements = append(
			a.Endorsements,
			proof.Endorsement{Endorser: e.Serialized(), Signature: n.sign(e, a.Response, e.Serialized())},
		)
	}
	return a
}

// reads are keys as long as the contract's.
func (s Stated) reads() []byte {
	set := &kvrwset.KVRWSet{}
	for i, u := range s.Request.Units {
		for k := range s.Keys {
			set.Reads = append(
				set.Reads,
				&kvrwset.KVRead{Version: &kvrwset.Version{BlockNum: uint64(300 + i), TxNum: uint64(k)},
					Key: "\x00quality" + strconv.Itoa(k) + "\x00" + u.GTIN + "\x00" + u.Lot + "\x00"},
			)
		}
	}
	return marshal(
		&rwset.TxReadWriteSet{NsRwset: []*rwset.NsReadWriteSet{{Namespace: s.Contract, Rwset: marshal(set)}}},
	)
}
