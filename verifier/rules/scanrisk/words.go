package scanrisk

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// signWords say to an analyst what each sign of Terms is.
var signWords = trace.Table[string](
	texts, "sign", "owners", "returns", "beforeSale", "beforeShip", "pinFailures", "activations", "unusual",
	"local", "steadyLocal", "steady", "lastingLocal", "settled", "span", "custom", "sustained", "pace",
	"wandering", "crowd",
)

// Text says the sign to an analyst; one without words keeps its name.
func (p Points) Text() trace.Text {
	if t, ok := signWords[p.Sign]; ok {
		return t
	}
	return trace.Text{ZhCN: p.Sign, En: p.Sign}
}
