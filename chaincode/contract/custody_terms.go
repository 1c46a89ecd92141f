package contract

import (
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

var custodyTermsKey = key{"custody-terms"}

func (s *state) custodyTerms() (trace.CustodyTerms, error) {
	terms := trace.DefaultCustodyTerms
	_, err := s.get(custodyTermsKey, &terms)
	return terms, err
}

// SetCustodyTerms takes trace.CustodyTerms.
func (c *Contract) SetCustodyTerms(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.SetCustodyTerms, request, setCustodyTerms)
}

// setCustodyTerms holds from now on. A deadline that was given stays.
func setCustodyTerms(t *transaction, terms trace.CustodyTerms) (trace.Event, error) {
	if err := terms.Check(); err != nil {
		return trace.Event{}, err
	}
	return trace.Event{Type: trace.EventCustodyTerms, CustodyTerms: &terms}, t.put(custodyTermsKey, terms)
}

// GetCustodyTerms answers the trace.CustodyTerms that hold now.
func (c *Contract) GetCustodyTerms(ctx contractapi.TransactionContextInterface) (string, error) {
	return answer(ctx, func(s *state) (trace.CustodyTerms, error) { return s.custodyTerms() })
}

// fresh refuses goods whose last good day has passed.
func (t *transaction) fresh(b trace.Batch) error {
	if !b.ExpiresOn.Expired(t.today) {
		return nil
	}
	return trace.Refuse(trace.GoodsExpired, "lot",
		"lot_expired", "lot", b.Lot, "day", b.ExpiresOn)
}

// freshFor is fresh for goods that are sent for a purpose: the platform says, by
// category, what may still be donated and what may be sent to be disposed of.
func (t *transaction) freshFor(b trace.Batch, purpose trace.Purpose) error {
	why := t.fresh(b)
	if why == nil || purpose == "" {
		return why
	}
	p, err := t.product(b.GTIN)
	if err != nil {
		return err
	}
	terms, err := t.custodyTerms()
	if err != nil || terms.Allows(purpose, p.Category, b.ExpiresOn, t.today) {
		return err
	}
	return why
}
