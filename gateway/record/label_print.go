package record

// LabelsMade is how the codes of units left the gateway. The page that a shopper
// sees speaks of a scratch field only where a unit's label has one.
type LabelsMade string

// The ways. PINs that were only read may or may not be on a label that somebody else prints.
const (
	MadeWithPINs    LabelsMade = "with"
	MadeWithoutPINs LabelsMade = "without"
	PINsRead        LabelsMade = "read"
)

// LabelCounts says of how many units of a batch it is known that their labels
// have PINs, that they have none, or neither: labels were made both ways, or the
// PINs were read by somebody who may print them. Of the rest none were made.
type LabelCounts struct {
	With    int64 `json:"with"`
	Without int64 `json:"without"`
	Unclear int64 `json:"unclear"`
	Unmade  int64 `json:"unmade"`
}
