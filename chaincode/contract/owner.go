package contract

import (
	"strconv"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// PassOnUnit takes a trace.OwnerRequest and puts the next owner's key in force.
func (c *Contract) PassOnUnit(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.PassOnUnit, request, ownerAct)
}

// RenewOwnerKey takes a trace.OwnerRequest: the owner stays and changes the key,
// as whoever was handed one by a former owner should.
func (c *Contract) RenewOwnerKey(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.RenewOwnerKey, request, ownerAct)
}

// ReportUnitStolen takes a trace.OwnerRequest.
func (c *Contract) ReportUnitStolen(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.ReportUnitStolen, request, ownerAct)
}

// WithdrawStolenReport takes a trace.OwnerRequest.
func (c *Contract) WithdrawStolenReport(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.WithdrawStolenReport, request, ownerAct)
}

// ownerEvents says what each act of an owner is called.
var ownerEvents = map[trace.Transaction]struct {
	event trace.EventType
	fact  trace.UnitEventType
}{
	trace.PassOnUnit:           {trace.EventUnitPassedOn, trace.PassedOn},
	trace.RenewOwnerKey:        {trace.EventOwnerKeyRenewed, trace.OwnerKeyRenewed},
	trace.ReportUnitStolen:     {trace.EventUnitStolen, trace.ReportedStolen},
	trace.WithdrawStolenReport: {trace.EventStolenWithdrawn, trace.StolenWithdrawn},
}

// ownerAct books what a unit's owner has signed. The platform only hands it in:
// without the owner's signature over this very act it can do nothing. A unit
// that nobody has claimed has no owner, and is answered alike.
func ownerAct(t *transaction, r trace.OwnerRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	var u trace.OwnedUnit
	k := unitKey(r.GTIN, r.Lot, strconv.FormatInt(r.Index, 10))
	if _, err := t.get(k, &u); err != nil {
		return trace.Event{}, err
	}
	if err := u.Signed(t.name, r.Owner, r.Signature); err != nil {
		return trace.Event{}, err
	}
	u, err := u.After(t.name, r.Owner, t.at)
	if err != nil {
		return trace.Event{}, err
	}
	fact, is := u.UnitEvent, ownerEvents[t.name]
	fact.Type, fact.At = is.fact, t.at
	return unitEvent(is.event, fact, u), t.put(k, u)
}
