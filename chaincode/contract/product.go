package contract

import (
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func productKey(gtin string) key { return key{"product", gtin} }

// product gives a product, or PRODUCT_UNKNOWN.
func (s *state) product(gtin string) (trace.Product, error) {
	var p trace.Product
	found, err := s.get(productKey(gtin), &p)
	if err == nil && !found {
		err = trace.Refuse(trace.ProductUnknown, "gtin", "no_product", "gtin", trace.Quoted(20, gtin))
	}
	return p, err
}

// RegisterProduct takes a trace.Product.
func (c *Contract) RegisterProduct(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.RegisterProduct, request, registerProduct)
}

func registerProduct(t *transaction, p trace.Product) (trace.Event, error) {
	if err := allow(t.ownName("owner", p.Owner), mustBeEmpty("corrections", len(p.Corrections) == 0)); err != nil {
		return trace.Event{}, err
	}
	p.Owner = t.by.ID
	if err := allow(p.Check(), t.by.MayRegister(p.GTIN, t.today)); err != nil {
		return trace.Event{}, err
	}
	if found, err := t.get(productKey(p.GTIN), &trace.Product{}); err != nil || found {
		return trace.Event{}, exists(err, trace.ProductExists, "gtin", p.GTIN)
	}
	return trace.Event{Type: trace.EventProductRegistered, Product: &p}, t.put(productKey(p.GTIN), p)
}

// GetProduct answers a trace.Product.
func (c *Contract) GetProduct(ctx contractapi.TransactionContextInterface, gtin string) (string, error) {
	return answer(ctx, func(s *state) (trace.Product, error) { return s.product(gtin) })
}
