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
