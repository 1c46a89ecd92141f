package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"
)

// maxSkew is how far ahead of the verifier's clock a transaction may be dated.
const maxSkew = 5 * time.Minute

// transaction is an envelope, taken apart. The messages of one level are in the bytes of the level above.
type transaction struct {
	envelope  common.Envelope
	header    common.Header
	data      []byte
	channel   common.ChannelHeader
	extension peer.ChaincodeHeaderExtension
	signer    common.SignatureHeader
	payload   peer.ChaincodeActionPayload
	response  peer.ProposalResponsePayload
	action    peer.ChaincodeAction
}

// readEnvelope reads what every envelope has; readAction what a transaction of a contract has.
func readEnvelope(data []byte) (*transaction, error) {
	tx := &transaction{}
	var payload common.Payload
	if proto.Unmarshal(data, &tx.envelope) != nil || proto.Unmarshal(tx.envelope.GetPayload(), &payload) != nil ||
		payload.GetHeader() == nil {
		return tx, ReasonUnreadable
	}
	tx.header.ChannelHeader, tx.header.SignatureHeader = payload.Header.ChannelHeader, payload.Header.SignatureHeader
	tx.data = payload.GetData()
	if proto.Unmarshal(tx.header.ChannelHeader, &tx.channel) != nil ||
		proto.Unmarshal(tx.header.SignatureHeader, &tx.signer) != nil ||
		!tx.channel.GetTimestamp().IsValid() {
		return tx, ReasonUnreadable
	}
	return tx, nil
}

func (t *transaction) readAction() error {
	var all peer.Transaction
	if proto.Unmarshal(t.data, &all) != nil || len(all.GetActions()) != 1 {
		return ReasonManyActions
	}
	if !bytes.Equal(all.Actions[0].GetHeader(), t.header.SignatureHeader) {
		return ReasonActionSigner
	}
	if proto.Unmarshal(t.channel.GetExtension(), &t.extension) != nil ||
		proto.Unmarshal(all.Actions[0].GetPayload(), &t.payload) != nil ||
		proto.Unmarshal(t.payload.GetAction().GetProposalResponsePayload(), &t.response) != nil ||
		proto.Unmarshal(t.response.GetExtension(), &t.action) != nil {
		return ReasonUnreadable
	}
	return nil
}

// at is when the submitter says that the transaction was made; the endorsers let it be some minutes off.
func (t *transaction) at() time.Time { return t.channel.GetTimestamp().AsTime() }

// checkTransaction checks what the headers say, and the peer's validation code.
func (v *verification) checkTransaction() error {
	if err := v.tx.readAction(); err != nil {
		return err
	}
	id := sha256.Sum256(slices.Concat(v.tx.signer.GetNonce(), v.tx.signer.GetCreator()))
	switch {
	case common.HeaderType(v.tx.channel.GetType()) != common.HeaderType_ENDORSER_TRANSACTION:
		return ReasonNotContract
	case v.tx.channel.GetChannelId() != v.trust.Channel:
		return ReasonOtherChannel
	case v.tx.extension.GetChaincodeId().GetName() != v.trust.Chaincode || v.tx.action.GetChaincodeId().GetName() != v.trust.Chaincode:
		return ReasonOtherContract
	case v.tx.channel.GetTxId() != hex.EncodeToString(id[:]):
		return ReasonTxIDWrong
	case v.tx.at().After(v.trust.At.Add(maxSkew)):
		return ReasonFromFuture
	case v.bundle.Block.Validation != int(peer.TxValidationCode_VALID):
		return ReasonNotValid
	}
	v.report.TxID, v.report.At = v.tx.channel.GetTxId(), v.tx.at()
	return nil
}

// checkSubmitter checks who asked for the registration.
func (v *verification) checkSubmitter() error {
	id, err := v.trust.identify(v.tx.signer.GetCreator(), v.tx.at(), "")
	if err != nil {
		return err
	}
	if err := id.signed(v.tx.envelope.GetSignature(), v.tx.envelope.GetPayload()); err != nil {
		return err
	}
	v.report.Submitter = id.msp
	return nil
}

// checkProposal ties the endorsed answer to the request (Fabric, protoutil.GetProposalHash2).
func (v *verification) checkProposal() error {
	sum := sha256.Sum256(
		slices.Concat(
			v.tx.header.ChannelHeader, v.tx.header.SignatureHeader, v.tx.payload.GetChaincodeProposalPayload(),
		),
	)
	if !bytes.Equal(sum[:], v.tx.response.GetProposalHash()) {
		return ReasonOtherRequest
	}
	return nil
}

// checkEndorsement checks that enough of the policy's organisations signed the answer. All signatures must be right.
func (v *verification) checkEndorsement() error {
	signers := map[string]bool{}
	answer := v.tx.payload.GetAction().GetProposalResponsePayload()
	for _, e := range v.tx.payload.GetAction().GetEndorsements() {
		id, err := v.trust.identify(e.GetEndorser(), v.tx.at(), rolePeer)
		if err != nil {
			return err
		}
		if err := id.signed(e.GetSignature(), answer, e.GetEndorser()); err != nil {
			return err
		}
		if slices.Contains(v.trust.Endorsement.Organizations, id.msp) {
			signers[id.msp] = true
		}
	}
	if len(signers) < v.trust.Endorsement.Required {
		return ReasonTooFewEndorsers
	}
	v.report.Endorsers = slices.Sorted(maps.Keys(signers))
	return nil
}
