// Package prooftest makes blocks and their trust from throwaway certificate
// authorities, so that tests can sign what no real network would. It is for
// tests only.
package prooftest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset/kvrwset"
	"github.com/hyperledger/fabric-protos-go-apiv2/msp"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/network/trust"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Signer is a certificate with its key.
type Signer struct {
	MSP  string
	Cert *x509.Certificate
	Key  *ecdsa.PrivateKey
}

// Serialized is the identity as Fabric writes it.
func (s Signer) Serialized() []byte {
	return marshal(&msp.SerializedIdentity{Mspid: s.MSP, IdBytes: []byte(s.PEM())})
}

// PEM is the certificate.
func (s Signer) PEM() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Cert.Raw}))
}

// Sign signs the parts, one after another, with the lower s; High with the higher.
func (s Signer) Sign(parts ...[]byte) []byte { return s.sign(false, parts) }

// High signs in the form that Fabric does not admit.
func (s Signer) High(parts ...[]byte) []byte { return s.sign(true, parts) }

func (s Signer) sign(high bool, parts [][]byte) []byte {
	sum := sha256.Sum256(slices.Concat(parts...))
	r, v, err := ecdsa.Sign(rand.Reader, s.Key, sum[:])
	if err != nil {
		panic(err)
	}
	order := elliptic.P256().Params().N
	if (v.Cmp(new(big.Int).Rsh(order, 1)) > 0) != high {
		v.Sub(order, v)
	}
	der, err := asn1.Marshal(struct{ R, S *big.Int }{r, v})
	if err != nil {
		panic(err)
	}
	return der
}

// CA issues certificates for one MSP.
type CA struct{ Signer }

var serials int64 = 1000

// NewCA makes an authority that is valid from a day ago on, for ten years.
func NewCA(mspID string) CA {
	template := &x509.Certificate{
		Subject:               pkix.Name{CommonName: "ca." + mspID},
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		NotBefore:             day(-1),
		NotAfter:              day(3650),
	}
	return CA{issue(mspID, template, nil)}
}

// Issue makes a certificate with a role, valid between two days from now.
func (ca CA) Issue(role string, from, to int) Signer {
	return issue(ca.MSP, &x509.Certificate{
		Subject:               pkix.Name{CommonName: role, OrganizationalUnit: []string{role}},
		KeyUsage:              x509.KeyUsageDigitalSignature,
		BasicConstraintsValid: true,
		NotBefore:             day(from),
		NotAfter:              day(to),
	}, &ca)
}

// Revoke gives a revocation list, in PEM.
func (ca CA) Revoke(revoked ...Signer) string {
	list := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: day(-1), NextUpdate: day(1)}
	for _, s := range revoked {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries,
			x509.RevocationListEntry{SerialNumber: s.Cert.SerialNumber, RevocationTime: day(-1)})
	}
	der, err := x509.CreateRevocationList(rand.Reader, list, ca.Cert, ca.Key)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: der}))
}

func day(n int) time.Time { return time.Now().UTC().AddDate(0, 0, n).Truncate(time.Second) }

func issue(mspID string, template *x509.Certificate, by *CA) Signer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	serials++
	template.SerialNumber = big.NewInt(serials)
	parent, parentKey := template, key
	if by != nil {
		parent, parentKey = by.Cert, by.Key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, parentKey)
	if err != nil {
		panic(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return Signer{mspID, cert, key}
}

// Network is a ledger of three organisations and one orderer that signs what it is told.
type Network struct {
	CAs       map[string]CA
	Submitter Signer
	Endorsers []Signer
	Orderers  []Signer

	Trust   proof.Trust
	Channel string
	At      time.Time

	// Where set, they change what is signed, before it is signed.
	Event    func(*trace.Event)
	Written  func(*trace.Batch)
	Header   func(*common.ChannelHeader)
	Response func(*peer.ProposalResponsePayload)
	// Sign signs for a signer; (Signer).Sign where nil.
	Sign func(s Signer, parts ...[]byte) []byte
	// BFT makes the orderers sign as consenters, by number from 1.
	BFT  bool
	Code peer.TxValidationCode
}

var orgs = []string{"PlatformMSP", "ProducerMSP", "AuditorMSP"}

// New gives a network and the trust in it: two of three endorse, one orderer signs.
func New(testing.TB) *Network {
	n := &Network{CAs: map[string]CA{}, Channel: "trace", At: time.Now(),
		Trust: proof.Trust{
			Version:   trust.Version,
			Channel:   "trace",
			Chaincode: "touchstone",
			Endorsement: trust.Endorsement{
				Required:      2,
				Organizations: orgs,
			},
			Ordering: trust.Ordering{Required: 1, Organization: "OrdererMSP"},
		}}
	for _, id := range append([]string{"OrdererMSP"}, orgs...) {
		ca := NewCA(id)
		n.CAs[id] = ca
		n.Trust.Organizations = append(n.Trust.Organizations, trust.Organization{MSP: id, Roots: []string{ca.PEM()}})
	}
	n.Submitter = n.CAs["ProducerMSP"].Issue("client", -1, 365)
	n.Endorsers = []Signer{n.CAs["PlatformMSP"].Issue("peer", -1, 365), n.CAs["ProducerMSP"].Issue("peer", -1, 365)}
	n.Orderers = []Signer{n.CAs["OrdererMSP"].Issue("orderer", -1, 365)}
	return n
}

// Revoke puts signers on their organisation's list.
func (n *Network) Revoke(signers ...Signer) {
	for i, o := range n.Trust.Organizations {
		if o.MSP == signers[0].MSP {
			n.Trust.Organizations[i].Revoked = []string{n.CAs[o.MSP].Revoke(signers...)}
		}
	}
}

func (n *Network) sign(s Signer, parts ...[]byte) []byte {
	if n.Sign != nil {
		return n.Sign(s, parts...)
	}
	return s.Sign(parts...)
}

// Block gives the block, as a peer keeps it, in which a batch is registered, and the transaction's id. Another
// transaction stands before it.
func (n *Network) Block(b trace.Batch) (block []byte, txID string) {
	envelope, txID := n.envelope(b)
	other := marshal(
		&common.Envelope{
			Payload: marshal(
				&common.Payload{Header: &common.Header{ChannelHeader: marshal(&common.ChannelHeader{TxId: "other"})}},
			),
		},
	)
	data := [][]byte{other, envelope}
	sum, previous := sha256.Sum256(slices.Concat(data...)), sha256.Sum256([]byte("previous"))
	header := &common.BlockHeader{Number: 300, PreviousHash: previous[:], DataHash: sum[:]}
	metadata := make([][]byte, len(common.BlockMetadataIndex_name))
	metadata[common.BlockMetadataIndex_SIGNATURES] = marshal(n.signatures(header))
	metadata[common.BlockMetadataIndex_TRANSACTIONS_FILTER] = []byte{255, byte(n.Code)}
	return marshal(
		&common.Block{
			Header:   header,
			Data:     &common.BlockData{Data: data},
			Metadata: &common.BlockMetadata{Metadata: metadata},
		},
	), txID
}

func (n *Network) signatures(header *common.BlockHeader) *common.Metadata {
	der, err := asn1.Marshal(struct {
		Number         *big.Int
		Previous, Data []byte
	}{new(big.Int).SetUint64(header.Number), header.PreviousHash, header.DataHash})
	if err != nil {
		panic(err)
	}
	m := &common.Metadata{Value: []byte("orderer block metadata")}
	for i, s := range n.Orderers {
		signature := &common.MetadataSignature{}
		if n.BFT {
			signature.IdentifierHeader = marshal(
				&common.IdentifierHeader{Identifier: uint32(i + 1), Nonce: []byte("nonce")},
			)
		} else {
			signature.SignatureHeader = marshal(
				&common.SignatureHeader{Creator: s.Serialized(), Nonce: []byte("nonce")},
			)
		}
		signature.Signature = n.sign(s, m.Value, signature.SignatureHeader, signature.IdentifierHeader, der)
		m.Signatures = append(m.Signatures, signature)
	}
	return m
}

func (n *Network) envelope(b trace.Batch) (envelope []byte, txID string) {
	return n.enveloped(
		"twenty-four bytes nonce.",
		[]byte("request"),
		func(txID string) *peer.ChaincodeAction { return n.action(b, txID) },
	)
}

// enveloped makes a transaction of what the contract did.
func (n *Network) enveloped(
	nonce string, request []byte, act func(txID string) *peer.ChaincodeAction,
) (envelope []byte, txID string) {
	signer := marshal(&common.SignatureHeader{Creator: n.Submitter.Serialized(), Nonce: []byte(nonce)})
	id := sha256.Sum256(slices.Concat([]byte(nonce), n.Submitter.Serialized()))
	channel := &common.ChannelHeader{
		Type:      int32(common.HeaderType_ENDORSER_TRANSACTION),
		ChannelId: n.Channel,
		TxId:      hex.EncodeToString(id[:]),
		Timestamp: stamp(n.At),
		Extension: marshal(&peer.ChaincodeHeaderExtension{ChaincodeId: &peer.ChaincodeID{Name: "touchstone"}}),
	}
	if n.Header != nil {
		n.Header(channel)
	}
	header := &common.Header{ChannelHeader: marshal(channel), SignatureHeader: signer}
	proposal := sha256.Sum256(slices.Concat(header.ChannelHeader, signer, request))
	response := &peer.ProposalResponsePayload{ProposalHash: proposal[:], Extension: marshal(act(channel.TxId))}
	if n.Response != nil {
		n.Response(response)
	}
	answer := marshal(response)
	endorsed := &peer.ChaincodeEndorsedAction{ProposalResponsePayload: answer}
	for _, e := range n.Endorsers {
		endorsed.Endorsements = append(
			endorsed.Endorsements,
			&peer.Endorsement{Endorser: e.Serialized(), Signature: n.sign(e, answer, e.Serialized())},
		)
	}
	action := marshal(&peer.ChaincodeActionPayload{ChaincodeProposalPayload: request, Action: endorsed})
	payload := marshal(
		&common.Payload{
			Header: header,
			Data:   marshal(&peer.Transaction{Actions: []*peer.TransactionAction{{Header: signer, Payload: action}}}),
		},
	)
	return marshal(&common.Envelope{Payload: payload, Signature: n.sign(n.Submitter, payload)}), channel.TxId
}

func (n *Network) action(b trace.Batch, txID string) *peer.ChaincodeAction {
	written, announced := b, b
	if n.Written != nil {
		n.Written(&written)
	}
	event := trace.Event{Type: trace.EventBatchRegistered, At: n.At, By: b.Producer, Batch: &announced}
	if n.Event != nil {
		n.Event(&event)
	}
	writes := &kvrwset.KVRWSet{
		Writes: []*kvrwset.KVWrite{
			{Key: "\x00batch\x00" + b.GTIN + "\x00" + b.Lot + "\x00", Value: canonical(written)},
		},
	}
	return acted(txID, event, writes)
}

// acted is what the contract did: its event, and what it read and wrote.
func acted(txID string, event trace.Event, set *kvrwset.KVRWSet) *peer.ChaincodeAction {
	results := &rwset.TxReadWriteSet{
		NsRwset: []*rwset.NsReadWriteSet{{Namespace: "_lifecycle"}, {Namespace: "touchstone", Rwset: marshal(set)}},
	}
	return &peer.ChaincodeAction{
		ChaincodeId: &peer.ChaincodeID{Name: "touchstone"},
		Response:    &peer.Response{Status: 200},
		Results:     marshal(results),
		Events: marshal(
			&peer.ChaincodeEvent{
				ChaincodeId: "touchstone",
				TxId:        txID,
				EventName:   trace.EventName,
				Payload:     canonical(event),
			},
		),
	}
}

func stamp(at time.Time) *timestamppb.Timestamp { return timestamppb.New(at) }

func canonical(v any) []byte {
	data, err := trace.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

func marshal(m proto.Message) []byte {
	data, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	if err != nil {
		panic(err)
	}
	return data
}
