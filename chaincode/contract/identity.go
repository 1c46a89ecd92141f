package contract

import (
	"github.com/hyperledger/fabric-chaincode-go/v2/pkg/cid"
	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// creator is who signed a transaction: the MSP that vouches for the
// certificate, its common name, and whether the platform's CA marked it as an
// operator of the platform.
type creator struct {
	msp, name string
	operator  bool
}

func creatorOf(stub shim.ChaincodeStubInterface) (creator, error) {
	id, err := cid.New(stub)
	if err != nil {
		return creator{}, trace.Refuse(trace.NotAllowed, "", "certificate_unreadable")
	}
	msp, err := id.GetMSPID()
	if err != nil {
		return creator{}, err
	}
	cert, err := id.GetX509Certificate()
	if err != nil || cert == nil || cert.Subject.CommonName == "" {
		return creator{}, trace.Refuse(trace.NotAllowed, "", "certificate_nameless")
	}
	operator := msp == trace.PlatformMSP && id.AssertAttributeValue(trace.PlatformAttribute, "true") == nil
	return creator{msp: msp, name: cert.Subject.CommonName, operator: operator}, nil
}

func identityKey(msp, name string) key { return key{"identity", msp, name} }

// partyOf gives the party that signs as the creator, if there is one.
func (s *state) partyOf(who creator) (trace.Party, bool, error) {
	var id string
	if found, err := s.get(identityKey(who.msp, who.name), &id); err != nil || !found {
		return trace.Party{}, false, err
	}
	p, err := s.party("id", id)
	return p, true, err
}

// actor gives the acting party after holding it against trace.Transactions. An
// operator of the platform that is not on the ledger yet may do one thing:
// register its own party (see registerParty); it acts as the zero Party then.
func (t *transaction) actor() (trace.Party, error) {
	p, found, err := t.partyOf(t.who)
	if err != nil {
		return trace.Party{}, err
	}
	if found {
		return p, trace.Transactions[t.name].Permits(p, t.today)
	}
	if t.who.operator && t.name == trace.RegisterParty {
		return trace.Party{}, nil
	}
	return trace.Party{}, noParty(t.who)
}

func noParty(who creator) error {
	return trace.Refuse(
		trace.NotAllowed, "", "no_signer", "identity", trace.Quoted(60, who.name), "msp", trace.Quoted(60, who.msp),
	)
}

// WhoAmI answers the party that the caller signs as.
func (c *Contract) WhoAmI(ctx contractapi.TransactionContextInterface) (string, error) {
	return answer(ctx, func(s *state) (trace.Party, error) {
		who, err := creatorOf(s.stub)
		if err != nil {
			return trace.Party{}, err
		}
		p, found, err := s.partyOf(who)
		if err == nil && !found {
			err = noParty(who)
		}
		return p, err
	})
}
