package proof

import (
	"crypto/sha256"
	"encoding/asn1"
	"encoding/hex"
	"math/big"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"google.golang.org/protobuf/proto"
)

// headerBytes is what the orderers sign and what the next block refers to by hash: the DER of
// SEQUENCE { number INTEGER, previousHash OCTET STRING, dataHash OCTET STRING } (Fabric,
// protoutil.BlockHeaderBytes).
func (b Block) headerBytes() []byte { return headerBytes(b.Number, b.PreviousHash[:], b.DataHash[:]) }

func headerBytes(number uint64, previous, data []byte) []byte {
	der, err := asn1.Marshal(struct {
		Number         *big.Int
		Previous, Data []byte
	}{new(big.Int).SetUint64(number), previous, data})
	if err != nil {
		panic(err) // an integer and two byte strings always marshal
	}
	return der
}

// checkBlock ties the envelopes to the header: the data hash is SHA-256 over all of them, one after another.
func (v *verification) checkBlock() error {
	hash := sha256.New()
	for _, envelope := range v.bundle.Block.Envelopes {
		hash.Write(envelope)
	}
	if Hash(hash.Sum(nil)) != v.bundle.Block.DataHash {
		return ReasonDataHashWrong
	}
	at := v.bundle.Block.Position
	if at < 0 || at >= len(v.bundle.Block.Envelopes) {
		return ReasonNoSuchPosition
	}
	var err error
	if v.tx, err = readEnvelope(v.bundle.Block.Envelopes[at]); err != nil {
		return err
	}
	sum := sha256.Sum256(v.bundle.Block.headerBytes())
	v.report.Block, v.report.BlockHash = v.bundle.Block.Number, hex.EncodeToString(sum[:])
	return nil
}

// checkOrdering checks the orderers' signatures on the block's header.
func (v *verification) checkOrdering() error {
	b := v.bundle.Block
	return v.trust.ordered(b.headerBytes(), b.SignedValue, b.Signatures, v.tx.at())
}

// ordered checks the orderers' signatures over metadata value, signer's header and block header. All that are
// given must be right, and enough different orderers must have signed, with certificates that held at the time.
func (a anchors) ordered(header, value []byte, signatures []OrderingSignature, at time.Time) error {
	signers := map[string]bool{}
	for _, s := range signatures {
		signer, named, err := a.orderer(s, at)
		if err != nil {
			return err
		}
		if err := signer.signed(s.Signature, value, named, header); err != nil {
			return err
		}
		if signers[string(signer.cert.Raw)] {
			return ReasonOrdererTwice
		}
		signers[string(signer.cert.Raw)] = true
	}
	if len(signers) < a.Ordering.Required {
		return ReasonTooFewOrderers
	}
	return nil
}

// orderer finds who signed, and the header that the signature covers.
func (a anchors) orderer(s OrderingSignature, at time.Time) (identity, []byte, error) {
	org := a.Ordering.Organization
	if len(a.consenters) > 0 {
		var header common.IdentifierHeader
		if len(s.SignatureHeader) > 0 || proto.Unmarshal(s.IdentifierHeader, &header) != nil ||
			a.consenters[header.GetIdentifier()] == nil {
			return identity{}, nil, ReasonNotAConsenter
		}
		id, err := a.certificate(org, a.consenters[header.GetIdentifier()], at, roleOrderer)
		return id, s.IdentifierHeader, err
	}
	var header common.SignatureHeader
	if len(s.IdentifierHeader) > 0 || proto.Unmarshal(s.SignatureHeader, &header) != nil {
		return identity{}, nil, ReasonSignerUnnamed
	}
	id, err := a.identify(header.GetCreator(), at, roleOrderer)
	if err == nil && id.msp != org {
		err = ReasonNotOrdering
	}
	return id, s.SignatureHeader, err
}
