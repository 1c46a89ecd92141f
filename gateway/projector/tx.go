package projector

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/msp"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// parseTx reads one entry of a block. Only a valid transaction must make
// sense; of an invalid one, which may be anything at all, it takes what it can.
func parseTx(entry []byte, code peer.TxValidationCode, chaincode string) (record.Tx, error) {
	tx := record.Tx{Code: code.String(), At: time.Unix(0, 0).UTC(), Endorsers: []string{}}
	err := readEnvelope(&tx, entry, chaincode)
	if code == peer.TxValidationCode_VALID {
		return tx, err
	}
	tx.Event, tx.EventJSON = nil, nil
	return tx, nil
}

func readEnvelope(tx *record.Tx, entry []byte, chaincode string) error {
	var envelope common.Envelope
	var payload common.Payload
	var header common.ChannelHeader
	var signer common.SignatureHeader
	if err := errors.Join(
		proto.Unmarshal(entry, &envelope), proto.Unmarshal(envelope.GetPayload(), &payload),
	); err != nil {
		return err
	}
	err := errors.Join(proto.Unmarshal(payload.GetHeader().GetChannelHeader(), &header),
		proto.Unmarshal(payload.GetHeader().GetSignatureHeader(), &signer))
	if err != nil {
		return err
	}
	if id := header.GetTxId(); txIDForm.MatchString(id) {
		tx.ID = id
	}
	tx.MSP, tx.Identity = identityOf(signer.GetCreator())
	if header.GetTimestamp().IsValid() {
		tx.At = header.GetTimestamp().AsTime()
	}
	if common.HeaderType(header.GetType()) != common.HeaderType_ENDORSER_TRANSACTION {
		tx.Function = strings.ToLower(common.HeaderType(header.GetType()).String())
		return nil
	}
	return readActions(tx, payload.GetData(), chaincode)
}

// readActions takes the one action that Fabric's validation lets a transaction have.
func readActions(tx *record.Tx, data []byte, chaincode string) error {
	var transaction peer.Transaction
	if err := proto.Unmarshal(data, &transaction); err != nil {
		return err
	}
	if len(transaction.GetActions()) != 1 {
		return fmt.Errorf("it has %d actions, not one", len(transaction.GetActions()))
	}
	var action peer.ChaincodeActionPayload
	if err := proto.Unmarshal(transaction.GetActions()[0].GetPayload(), &action); err != nil {
		return err
	}
	for _, e := range action.GetAction().GetEndorsements() {
		m, name := identityOf(e.GetEndorser())
		tx.Endorsers = append(tx.Endorsers, m+"/"+name)
	}
	return errors.Join(readFunction(tx, action.GetChaincodeProposalPayload()),
		readEvent(tx, action.GetAction().GetProposalResponsePayload(), chaincode))
}

func readFunction(tx *record.Tx, payload []byte) error {
	var proposal peer.ChaincodeProposalPayload
	var call peer.ChaincodeInvocationSpec
	if err := errors.Join(
		proto.Unmarshal(payload, &proposal), proto.Unmarshal(proposal.GetInput(), &call),
	); err != nil {
		return err
	}
	if args := call.GetChaincodeSpec().GetInput().GetArgs(); len(args) > 0 {
		tx.Function = clean(string(args[0]))
	}
	return nil
}

func readEvent(tx *record.Tx, payload []byte, chaincode string) error {
	var response peer.ProposalResponsePayload
	var result peer.ChaincodeAction
	var event peer.ChaincodeEvent
	if err := errors.Join(proto.Unmarshal(payload, &response), proto.Unmarshal(response.GetExtension(), &result),
		proto.Unmarshal(result.GetEvents(), &event)); err != nil {
		return err
	}
	if result.GetChaincodeId().GetName() != chaincode || event.GetEventName() != trace.EventName {
		return nil
	}
	tx.Event, tx.EventJSON = &trace.Event{}, event.GetPayload()
	if err := trace.Unmarshal(event.GetPayload(), tx.Event); err != nil {
		return fmt.Errorf("its event is not one that this version knows: %w", err)
	}
	return nil
}

// identityOf gives the MSP and the common name of a serialized identity, empty
// where it is none.
func identityOf(serialized []byte) (mspID, name string) {
	var id msp.SerializedIdentity
	if proto.Unmarshal(serialized, &id) != nil {
		return "", ""
	}
	block, _ := pem.Decode(id.GetIdBytes())
	if block == nil {
		return clean(id.GetMspid()), ""
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return clean(id.GetMspid()), ""
	}
	return clean(id.GetMspid()), clean(cert.Subject.CommonName)
}

// txIDForm is what every valid transaction's id looks like; an invalid one may
// claim anything.
var txIDForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

const maxClaim = 200

// clean makes a text that anybody may have written into an invalid transaction
// fit to be stored: valid UTF-8 without NUL, of bounded length.
func clean(s string) string {
	if len(s) > maxClaim {
		s = s[:maxClaim]
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "?"), "\x00", "?")
}
