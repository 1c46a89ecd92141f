package record

import (
	"encoding/json"
	"time"
)

// LabelKit is something that a party keeps for printing labels: a design or a
// printer's calibration, as JSON.
type LabelKit struct {
	Kind      KitKind
	ID        string
	Name      string
	Doc       json.RawMessage
	UpdatedAt time.Time
	// Version counts its changes, from 1. To save one, it is the version that was
	// changed, 0 for whichever there is. Account is whose it is.
	Version int
	Account string
}

// KitKind says what a LabelKit is.
type KitKind string

// The kinds of LabelKit.
const (
	KitDesign  KitKind = "design"
	KitPrinter KitKind = "printer"
)
