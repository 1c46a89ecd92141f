package proof

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"io"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Packed is Signed as a bundle carries it. Answer is a common.Envelope in raw DEFLATE (RFC 1951), the registering envelope
// being the dictionary: the same peers' certificates are in both, and a phone fetches a third of the bytes. AnswerHash is
// SHA-256 over Answer, for not every bit of DEFLATE counts.
type Packed struct {
	Answer     []byte      `json:"answer"`
	AnswerHash Hash        `json:"answerHash"`
	Index      int         `json:"index"`
	Path       []Hash      `json:"path"`
	Facts      trace.Facts `json:"facts"`
}

// maxAnswer bounds an answer that is unpacked; one about trace.MaxFacts units has about 10 kB.
const maxAnswer = 1 << 18

func (s Signed) pack(dictionary []byte) (*Packed, error) {
	envelope, err := s.envelope()
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	w, err := flate.NewWriterDict(&packed, flate.BestCompression, dictionary)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(envelope); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return &Packed{packed.Bytes(), sha256.Sum256(packed.Bytes()), s.Index, append([]Hash{}, s.Path...), s.Facts}, nil
}

// envelope is the transaction as it would be submitted, without the submitter's signature.
func (a Answer) envelope() ([]byte, error) {
	endorsed := &peer.ChaincodeEndorsedAction{ProposalResponsePayload: a.Response}
	for _, e := range a.Endorsements {
		endorsed.Endorsements = append(endorsed.Endorsements, &peer.Endorsement{Endorser: e.Endorser, Signature: e.Signature})
	}
	payload, err := write(&peer.ChaincodeActionPayload{ChaincodeProposalPayload: a.Proposal, Action: endorsed})
	if err != nil {
		return nil, err
	}
	data, err := write(&peer.Transaction{Actions: []*peer.TransactionAction{{Header: a.SignatureHeader, Payload: payload}}})
	if err != nil {
		return nil, err
	}
	content, err := write(&common.Payload{Header: &common.Header{ChannelHeader: a.ChannelHeader, SignatureHeader: a.SignatureHeader}, Data: data})
	if err != nil {
		return nil, err
	}
	return write(&common.Envelope{Payload: content})
}

func write(m proto.Message) ([]byte, error) {
	return proto.MarshalOptions{Deterministic: true}.Marshal(m)
}

func (p Packed) unpack(dictionary []byte) (Signed, error) {
	if Hash(sha256.Sum256(p.Answer)) != p.AnswerHash {
		return Signed{}, ReasonUnreadable
	}
	r := flate.NewReaderDict(bytes.NewReader(p.Answer), dictionary)
	envelope, err := io.ReadAll(io.LimitReader(r, maxAnswer))
	if err != nil {
		return Signed{}, ReasonUnreadable
	}
	answer, err := ReadAnswer(envelope)
	return Signed{Answer: answer, Index: p.Index, Path: p.Path, Facts: p.Facts}, err
}

// ReadAnswer takes an answer from the transaction that a gateway makes of its endorsements (common.Envelope). The error is
// a Reason.
func ReadAnswer(envelope []byte) (Answer, error) {
	tx, err := readEnvelope(envelope)
	if err != nil {
		return Answer{}, err
	}
	if err := tx.readAction(); err != nil {
		return Answer{}, err
	}
	a := Answer{ChannelHeader: tx.header.ChannelHeader, SignatureHeader: tx.header.SignatureHeader,
		Proposal: tx.payload.GetChaincodeProposalPayload(), Response: tx.payload.GetAction().GetProposalResponsePayload()}
	for _, e := range tx.payload.GetAction().GetEndorsements() {
		a.Endorsements = append(a.Endorsements, Endorsement{e.GetEndorser(), e.GetSignature()})
	}
	return a, nil
}
