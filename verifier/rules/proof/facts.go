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
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Signed is what the ledger's organisations stated of one unit and signed (decision 90): the
// transaction StateFacts, endorsed and never ordered, with the unit's facts and their RFC 6962 path
// to the root that was answered.
type Signed struct {
	Answer
	Index int         `json:"index"` // of the unit among those asked about
	Path  []Hash      `json:"path"`  // from the leaf upwards
	Facts trace.Facts `json:"facts"`
}

// Answer is one answer of StateFacts, for all units that it was asked about. The bytes are those that Fabric's messages
// carry and signatures cover.
type Answer struct {
	ChannelHeader   []byte        `json:"channelHeader"`   // common.ChannelHeader
	SignatureHeader []byte        `json:"signatureHeader"` // common.SignatureHeader
	Proposal        []byte        `json:"proposal"`        // peer.ChaincodeProposalPayload, without its transient map
	Response        []byte        `json:"response"`        // peer.ProposalResponsePayload
	Endorsements    []Endorsement `json:"endorsements"`
}

// Endorsement is one peer's signature over the response and its own identity.
type Endorsement struct {
	Endorser  []byte `json:"endorser"` // msp.SerializedIdentity
	Signature []byte `json:"signature"`
}

// Facts and their signatures are checked in this order.
const (
	CheckAsked   Check = "asked"   // the organisations were asked about this very unit, on this ledger
	CheckSigned  Check = "signed"  // peers of enough different organisations signed the answer
	CheckFacts   Check = "facts"   // the facts are among those that were answered, and about this unit
	CheckCurrent Check = "current" // the answer is not too old
)

// FactsChecks are what is checked of signed facts, in order.
var FactsChecks = []Check{CheckAsked, CheckSigned, CheckFacts, CheckCurrent}

const (
	stateFacts = "StateFacts" // the contract's transaction
	// countersigners is how many organisations sign facts at least, whatever the contract's policy:
	// nobody vouches alone.
	countersigners = 2
)

// Statement says what was stated of a unit, by whom and when; what was not proved is empty.
type Statement struct {
	Passed  []Check
	At      time.Time // when it was asked for; the peers hold it to their clocks
	Signers []string  // MSP ids of the organisations, sorted
	Root    string    // hex
	Facts   *trace.Facts
}

// VerifySigned checks signed facts of the unit of a lot with this index. They are no older than
// maxAge; zero takes any age. Errors are those of Verify.
func VerifySigned(s Signed, trust Trust, gtin, lot string, index int64, maxAge time.Duration) (Statement, error) {
	anchors, err := anchorsOf(trust)
	if err != nil {
		return Statement{}, err
	}
	v := &factsVerification{
		trust:  anchors,
		signed: s,
		unit:   trace.FactsAsked{GTIN: gtin, Lot: lot, Index: index},
		maxAge: maxAge,
	}
	err = v.verify()
	return v.report, err
}

// factsVerification is one unit's signed facts on their way through the checks.
type factsVerification struct {
	trust  anchors
	signed Signed
	unit   trace.FactsAsked
	maxAge time.Duration
	root   trace.FactsRoot
	report Statement
	// registered is what the batch was registered with; nil where that was not checked.
	registered *trace.Batch
}

func (v *factsVerification) verify() error {
	return run(&v.report.Passed, []step{
		{
			CheckAsked,
			v.checkAsked,
		},
		{CheckSigned, v.checkSigned},
		{CheckFacts, v.checkFacts},
		{CheckCurrent, v.checkCurrent},
	})
}

// checkAsked ties the answer to the request: this channel, contract and function, and this unit at its place.
func (v *factsVerification) checkAsked() error {
	p, err := v.asked()
	if err != nil {
		return err
	}
	if v.root, err = p.answered(); err != nil {
		return err
	}
	return v.checkRequest(p.call.GetChaincodeSpec().GetInput().GetArgs())
}

// asked ties the answer to what was asked of this contract on this channel.
func (v *factsVerification) asked() (*answer, error) {
	a := v.signed.Answer
	p, err := a.read()
	if err != nil {
		return nil, err
	}
	hash := sha256.Sum256(slices.Concat(a.ChannelHeader, a.SignatureHeader, a.Proposal)) // protoutil.GetProposalHash2
	id := sha256.Sum256(slices.Concat(p.signer.GetNonce(), p.signer.GetCreator()))
	name := v.trust.Chaincode
	switch {
	case !bytes.Equal(hash[:], p.response.GetProposalHash()):
		return nil, ReasonOtherRequest
	case common.HeaderType(p.channel.GetType()) != common.HeaderType_ENDORSER_TRANSACTION:
		return nil, ReasonNotContract
	case p.channel.GetChannelId() != v.trust.Channel:
		return nil, ReasonOtherChannel
	case p.extension.GetChaincodeId().GetName() != name || p.call.GetChaincodeSpec().GetChaincodeId().GetName() != name ||
		p.action.GetChaincodeId().GetName() != name:
		return nil, ReasonOtherContract
	case p.channel.GetTxId() != hex.EncodeToString(id[:]):
		return nil, ReasonTxIDWrong
	}
	v.report.At = p.channel.GetTimestamp().AsTime()
	return p, nil
}

func (v *factsVerification) checkRequest(args [][]byte) error {
	var request trace.FactsRequest
	if len(args) != 2 || string(args[0]) != stateFacts || trace.Unmarshal(args[1], &request) != nil {
		return ReasonNotFacts
	}
	i := v.signed.Index
	if v.root.Version != trace.FactsVersion || v.root.Count != len(request.Units) ||
		!v.root.At.Equal(v.report.At.Truncate(time.Millisecond)) {
		return ReasonNotFacts
	}
	if i < 0 || i >= len(request.Units) {
		return ReasonOtherUnit
	}
	if asked := request.Units[i]; asked.GTIN != v.unit.GTIN || asked.Lot != v.unit.Lot || asked.Index != v.unit.Index {
		return ReasonOtherUnit
	}
	return nil
}

// checkSigned checks that peers of enough of the policy's organisations signed. All signatures must be right.
func (v *factsVerification) checkSigned() error {
	signers := map[string]bool{}
	for _, e := range v.signed.Endorsements {
		id, err := v.trust.identify(e.Endorser, v.report.At, rolePeer)
		if err != nil {
			return err
		}
		if err := id.signed(e.Signature, v.signed.Response, e.Endorser); err != nil {
			return err
		}
		if slices.Contains(v.trust.Endorsement.Organizations, id.msp) {
			signers[id.msp] = true
		}
	}
	if len(signers) < max(v.trust.Endorsement.Required, countersigners) {
		return ReasonTooFewEndorsers
	}
	v.report.Signers = slices.Sorted(maps.Keys(signers))
	return nil
}

// checkFacts checks the leaf, which is the facts' canonical JSON, and its path to the root that was answered.
func (v *factsVerification) checkFacts() error {
	f := v.signed.Facts
	if f.GTIN != v.unit.GTIN || f.Lot != v.unit.Lot || f.Index != v.unit.Index {
		return ReasonOtherUnit
	}
	root, err := hex.DecodeString(v.root.Root)
	if err != nil || len(root) != len(Hash{}) {
		return ReasonRootMalformed
	}
	leaf, err := trace.Marshal(f)
	if err != nil {
		return err
	}
	path := make([][]byte, len(v.signed.Path))
	for i := range path {
		path[i] = v.signed.Path[i][:]
	}
	hasher := rfc6962.DefaultHasher
	if proof.VerifyInclusion(
		hasher, uint64(v.signed.Index), uint64(v.root.Count), hasher.HashLeaf(leaf), path, root,
	) != nil {
		return ReasonFactsNotUnderRoot
	}
	if r := v.registered; r != nil &&
		(f.Batch == nil || f.Batch.UnitsRoot != r.UnitsRoot || f.Batch.Quantity != r.Quantity) {
		return ReasonOtherBatch
	}
	v.report.Root, v.report.Facts = v.root.Root, &f
	return nil
}

func (v *factsVerification) checkCurrent() error {
	switch age := v.trust.At.Sub(v.report.At); {
	case age < -maxSkew:
		return ReasonFromFuture
	case v.maxAge > 0 && age > v.maxAge:
		return ReasonTooOld
	}
	return nil
}

// answer is an Answer's messages.
type answer struct {
	channel   common.ChannelHeader
	extension peer.ChaincodeHeaderExtension
	signer    common.SignatureHeader
	call      peer.ChaincodeInvocationSpec
	response  peer.ProposalResponsePayload
	action    peer.ChaincodeAction
}

func (a Answer) read() (*answer, error) {
	p := &answer{}
	var proposal peer.ChaincodeProposalPayload
	if proto.Unmarshal(a.ChannelHeader, &p.channel) != nil ||
		proto.Unmarshal(p.channel.GetExtension(), &p.extension) != nil ||
		proto.Unmarshal(a.SignatureHeader, &p.signer) != nil ||
		proto.Unmarshal(a.Proposal, &proposal) != nil ||
		proto.Unmarshal(proposal.GetInput(), &p.call) != nil ||
		proto.Unmarshal(a.Response, &p.response) != nil ||
		proto.Unmarshal(p.response.GetExtension(), &p.action) != nil ||
		!p.channel.GetTimestamp().IsValid() {
		return nil, ReasonUnreadable
	}
	return p, nil
}

// answered is what the contract answered.
func (p *answer) answered() (trace.FactsRoot, error) {
	var root trace.FactsRoot
	if p.action.GetResponse().GetStatus() != 200 {
		return root, ReasonContractRefused
	}
	if trace.Unmarshal(p.action.GetResponse().GetPayload(), &root) != nil {
		return root, ReasonNotFacts
	}
	return root, nil
}
