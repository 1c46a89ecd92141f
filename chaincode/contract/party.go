package contract

import (
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func partyKey(id string) key { return key{"party", id} }

// party gives a party, or PARTY_UNKNOWN on the field that named it.
func (s *state) party(field, id string) (trace.Party, error) {
	var p trace.Party
	found, err := s.get(partyKey(id), &p)
	if err == nil && !found {
		err = trace.Refuse(trace.PartyUnknown, field, "no_party", "party", trace.Quoted(40, id))
	}
	return p, err
}

// RegisterParty takes a trace.Party.
func (c *Contract) RegisterParty(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.RegisterParty, request, registerParty)
}

// registerParty enters an applicant. An operator of the platform whose own
// party is not on the ledger enters that one, and it is qualified at once:
// that is how the first party comes onto an empty ledger.
func registerParty(t *transaction, p trace.Party) (trace.Event, error) {
	if err := allow(
		p.Check(),
		mustBeEmpty("status", p.Status == ""),
		mustBeEmpty("statusReason", p.StatusReason == ""),
		ownEntries(p),
	); err != nil {
		return trace.Event{}, err
	}
	if p.Status = trace.StatusApplied; t.by.ID == "" {
		if p.MSP != t.who.msp || p.Identity != t.who.name || !p.HasRole(trace.RolePlatform) {
			return trace.Event{}, trace.Refuse(trace.NotAllowed, "identity", "first_party")
		}
		p.Status = trace.StatusQualified
	}
	if err := allow(
		t.unusedParty(p), t.claimPrefixes(p.ID, nil, p.Prefixes), t.put(identityKey(p.MSP, p.Identity), p.ID),
	); err != nil {
		return trace.Event{}, err
	}
	if t.by.ID == "" {
		t.by = p
	}
	return t.partyEvent(trace.EventPartyRegistered, p)
}

// ownEntries refuses what the ledger alone writes into a party's record.
func ownEntries(p trace.Party) error {
	return allow(mustBeEmpty("riskClass", p.RiskClass == ""), mustBeEmpty("lastCheck", p.LastCheck == nil),
		mustBeEmpty("openActions", p.OpenActions == nil), mustBeEmpty("application", p.Application == nil),
		mustBeEmpty("history", p.History == nil))
}

func (t *transaction) unusedParty(p trace.Party) error {
	if found, err := t.get(partyKey(p.ID), &trace.Party{}); err != nil || found {
		return exists(err, trace.PartyExists, "id", p.ID)
	}
	var holder string
	if found, err := t.get(identityKey(p.MSP, p.Identity), &holder); err != nil || found {
		return exists(err, trace.PartyExists, "identity", holder)
	}
	return nil
}

// exists refuses an object that is there already, unless reading failed.
func exists(err error, code trace.Code, field, what string) error {
	if err != nil {
		return err
	}
	return trace.Refuse(code, field, "exists", "what", what)
}

func (t *transaction) partyEvent(what trace.EventType, p trace.Party) (trace.Event, error) {
	return trace.Event{Type: what, Party: &p}, t.put(partyKey(p.ID), p)
}

// UpdateParty takes a trace.UpdatePartyRequest.
func (c *Contract) UpdateParty(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.UpdateParty, request, updateParty)
}

func updateParty(t *transaction, r trace.UpdatePartyRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	p, err := t.party("id", r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	if err := t.claimPrefixes(p.ID, p.Prefixes, r.Prefixes); err != nil {
		return trace.Event{}, err
	}
	p.Name, p.Prefixes, p.Licences, p.Authorisations = r.Name, r.Prefixes, r.Licences, r.Authorisations
	p.Place, p.NextCheckDue, p.DailyQuota = r.Place, r.NextCheckDue, r.DailyQuota
	return t.partyEvent(trace.EventPartyUpdated, p)
}

// SetPartyStatus takes a trace.SetPartyStatusRequest.
func (c *Contract) SetPartyStatus(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.SetPartyStatus, request, setPartyStatus)
}

// setPartyStatus never lets a party decide on itself: a platform that
// suspended itself could not come back.
func setPartyStatus(t *transaction, r trace.SetPartyStatusRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	p, err := t.party("id", r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	if p.ID == t.by.ID {
		return trace.Event{}, trace.Refuse(trace.NotAllowed, "id", "own_status")
	}
	if err := p.MayBecome(r.Status); err != nil {
		return trace.Event{}, err
	}
	p.Ruled(trace.Ruling{Status: r.Status, Reason: trace.Text{ZhCN: r.Reason, En: r.ReasonEn}, By: t.by.ID, At: t.at})
	if r.Status == trace.StatusQualified {
		p.BeginChecks(t.today)
	}
	return t.partyEvent(trace.EventPartyStatus, p)
}

// GetParty answers a trace.Party.
func (c *Contract) GetParty(ctx contractapi.TransactionContextInterface, id string) (string, error) {
	return answer(ctx, func(s *state) (trace.Party, error) { return s.party("id", id) })
}
