package custody

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// The requests that name units by lines take codes as well: what is on a unit's
// label, or on a container's.

// ShipOrder is a shipment whose units are named by lines, codes or containers.
type ShipOrder struct {
	trace.DispatchRequest
	Codes []string `json:"codes,omitempty"`
}

// ReceiptOrder is a receipt: Codes arrived in good condition, Damaged did not.
type ReceiptOrder struct {
	trace.ReceiveRequest
	Codes   []string `json:"codes,omitempty"`
	Damaged []string `json:"damaged,omitempty"`
}

// SaleOrder is a sale.
type SaleOrder struct {
	trace.SellRequest
	Codes []string `json:"codes,omitempty"`
}

// ReturnOrder is a return.
type ReturnOrder struct {
	trace.ReturnRequest
	Codes []string `json:"codes,omitempty"`
}

// DecommissionOrder removes units.
type DecommissionOrder struct {
	trace.DecommissionRequest
	Codes []string `json:"codes,omitempty"`
}

// PackOrder closes a container.
type PackOrder struct {
	trace.PackRequest
	Codes []string `json:"codes,omitempty"`
}
