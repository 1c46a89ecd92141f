package proof

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"io"
	"slices"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Packed is Signed as a bundle carries it. Answer is a common.Envelope, packed as the block's envelopes are in such a
// bundle: in raw DEFLATE (RFC 1951), the envelopes before it being the dictionary. The same peers' certificates are in
// all of them, so that a phone fetches a third of the bytes. Hash is SHA-256 over what is packed, for not every bit of
// DEFLATE counts.
type Packed struct {
	Answer []byte      `json:"answer"`
	Hash   Hash        `json:"packedHash"`
	Index  int         `json:"index"`
	Path   []Hash      `json:"path"`
	Facts  trace.Facts `json:"facts"`
}

const (
	maxPacked  = 1 << 24 // bounds what unpacks from one bundle; a block has a few MB at most
	dictionary = 1 << 15 // how far DEFLATE looks back
)

// deflate packs each of the envelopes; inflate gives them back. Errors of inflate are reasons.
func deflate(envelopes [][]byte) (packed [][]byte, err error) {
	var before []byte
	for _, envelope := range envelopes {
		var b bytes.Buffer
		w, err := flate.NewWriterDict(&b, flate.BestCompression, before)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(envelope); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		packed, before = append(packed, b.Bytes()), lookBack(before, envelope)
	}
	return packed, nil
}

func inflate(packed [][]byte) (envelopes [][]byte, err error) {
	var before []byte
	left := int64(maxPacked)
	for _, p := range packed {
		r := flate.NewReaderDict(bytes.NewReader(p), before)
		envelope, err := io.ReadAll(io.LimitReader(r, left+1))
		if left -= int64(len(envelope)); err != nil || left < 0 {
			return nil, ReasonUnreadable
		}
		envelopes, before = append(envelopes, envelope), lookBack(before, envelope)
	}
	return envelopes, nil
}

func lookBack(before, envelope []byte) []byte {
	all := slices.Concat(before, envelope)
	return all[max(0, len(all)-dictionary):]
}

// pack puts the facts into the bundle, and packs it.
func (b *Bundle) pack(s Signed) error {
	envelope, err := s.Envelope()
	if err != nil {
		return err
	}
	packed, err := deflate(append(slices.Clone(b.Block.Envelopes), envelope))
	if err != nil {
		return err
	}
	last := len(packed) - 1
	b.Version, b.Block.Envelopes = VersionFacts, packed[:last]
	b.Facts = &Packed{
		packed[last],
		sha256.Sum256(slices.Concat(packed...)),
		s.Index,
		append([]Hash{}, s.Path...),
		s.Facts,
	}
	return nil
}

// unpack puts the envelopes back into the block, and gives that of the answer.
func (b *Bundle) unpack() (answer []byte, err error) {
	packed := append(slices.Clone(b.Block.Envelopes), b.Facts.Answer)
	if Hash(sha256.Sum256(slices.Concat(packed...))) != b.Facts.Hash {
		return nil, ReasonUnreadable
	}
	envelopes, err := inflate(packed)
	if err != nil {
		return nil, err
	}
	last := len(envelopes) - 1
	b.Block.Envelopes = envelopes[:last]
	return envelopes[last], nil
}

// Envelope is the transaction as it would be submitted, without the submitter's signature.
func (a Answer) Envelope() ([]byte, error) {
	endorsed := &peer.ChaincodeEndorsedAction{ProposalResponsePayload: a.Response}
	for _, e := range a.Endorsements {
		endorsed.Endorsements = append(
			endorsed.Endorsements, &peer.Endorsement{Endorser: e.Endorser, Signature: e.Signature},
		)
	}
	payload, err := write(&peer.ChaincodeActionPayload{ChaincodeProposalPayload: a.Proposal, Action: endorsed})
	if err != nil {
		return nil, err
	}
	data, err := write(
		&peer.Transaction{Actions: []*peer.TransactionAction{{Header: a.SignatureHeader, Payload: payload}}},
	)
	if err != nil {
		return nil, err
	}
	content, err := write(
		&common.Payload{
			Header: &common.Header{ChannelHeader: a.ChannelHeader, SignatureHeader: a.SignatureHeader},
			Data:   data,
		},
	)
	if err != nil {
		return nil, err
	}
	return write(&common.Envelope{Payload: content})
}

func write(m proto.Message) ([]byte, error) {
	return proto.MarshalOptions{Deterministic: true}.Marshal(m)
}

// ReadAnswer takes an answer from the transaction that a gateway makes of its endorsements
// (common.Envelope). The error is a Reason.
func ReadAnswer(envelope []byte) (Answer, error) {
	tx, err := readEnvelope(envelope)
	if err != nil {
		return Answer{}, err
	}
	if err := tx.readAction(); err != nil {
		return Answer{}, err
	}
	a := Answer{
		ChannelHeader:   tx.header.ChannelHeader,
		SignatureHeader: tx.header.SignatureHeader,
		Proposal:        tx.payload.GetChaincodeProposalPayload(),
		Response:        tx.payload.GetAction().GetProposalResponsePayload(),
	}
	for _, e := range tx.payload.GetAction().GetEndorsements() {
		a.Endorsements = append(a.Endorsements, Endorsement{e.GetEndorser(), e.GetSignature()})
	}
	return a, nil
}
