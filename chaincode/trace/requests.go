package trace

import (
	"regexp"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// The requests, one for each transaction that does not take an object of its
// own. RegisterParty takes a Party (Status, StatusReason left empty),
// RegisterProduct a Product (Owner empty or the caller), RegisterBatch a Batch
// (Status and RegisteredAt empty, Producer empty or the caller), StartRecall a
// Recall (At and ClosedAt empty, By empty or the caller).
type (
	// UpdatePartyRequest replaces what the platform keeps about a party.
	UpdatePartyRequest struct {
		ID             string          `json:"id"`
		Name           Text            `json:"name"`
		Place          string          `json:"place,omitempty"`
		Prefixes       []string        `json:"prefixes,omitempty"`
		Licences       []Licence       `json:"licences,omitempty"`
		Authorisations []Authorisation `json:"authorisations,omitempty"`
		NextCheckDue   Date            `json:"nextCheckDue,omitempty"`
		DailyQuota     int64           `json:"dailyQuota"`
	}
	// SetPartyStatusRequest qualifies, suspends, reinstates or revokes, with the
	// reason that the party is told.
	SetPartyStatusRequest struct {
		ID     string `json:"id"`
		Status Status `json:"status"`
		Reason string `json:"reason"`
		// ReasonEn may give the reason in English as well.
		ReasonEn string `json:"reasonEn,omitempty"`
	}
	// BatchRequest names a batch.
	BatchRequest struct {
		GTIN string `json:"gtin"`
		Lot  string `json:"lot"`
	}
	// DispatchRequest sends units and containers the caller holds to another
	// party: lines of loose units, and containers with all that is in them.
	// Purpose is said of goods that are not to be sold any more.
	DispatchRequest struct {
		ID         string   `json:"id"`
		To         string   `json:"to"`
		Lines      []Line   `json:"lines"`
		Containers []string `json:"containers,omitempty"`
		Purpose    Purpose  `json:"purpose,omitempty"`
		Reference  string   `json:"reference,omitempty"`
	}
	// ReceiveRequest signs for what arrived of a shipment: where Lines is empty,
	// everything that is still open, as listed and good, its containers closed as
	// they came; else what Lines say. Units that no line names stay open, or are
	// missing where Close is set. A line may name further units of a lot that was
	// sent: they become a case for the sender (see Case). Who counts units has
	// opened their containers: a receipt by lines opens every one of the shipment.
	ReceiveRequest struct {
		ID    string        `json:"id"`
		Lines []ReceiptLine `json:"lines,omitempty"`
		Close bool          `json:"close,omitempty"`
	}
	// CloseShipmentRequest writes off as missing what has not arrived.
	CloseShipmentRequest struct {
		ID     string `json:"id"`
		Reason string `json:"reason,omitempty"`
	}
	// SellRequest books units the caller holds as sold to consumers.
	SellRequest struct {
		Lines     []Line `json:"lines"`
		Reference string `json:"reference,omitempty"`
	}
	// ReturnRequest takes back units that the caller sold. Damaged ones are removed.
	ReturnRequest struct {
		Lines     []Line    `json:"lines"`
		Condition Condition `json:"condition"`
		Reference string    `json:"reference,omitempty"`
	}
	// DecommissionRequest removes units the caller holds, for good.
	DecommissionRequest struct {
		Lines  []Line `json:"lines"`
		Reason Reason `json:"reason"`
		Note   string `json:"note,omitempty"`
	}
	// CloseRecallRequest ends a recall, with a note on its outcome.
	CloseRecallRequest struct {
		ID   string `json:"id"`
		Note string `json:"note"`
	}
	// ActivateUnitRequest opens a unit's PIN commitment and proves that the unit
	// is in its batch: Path is the RFC 6962 inclusion proof of leaf Index, each
	// hash as 64 lower-case hex digits, Salt 32 hex digits.
	ActivateUnitRequest struct {
		GTIN   string   `json:"gtin"`
		Lot    string   `json:"lot"`
		Index  int64    `json:"index"`
		Serial string   `json:"serial"`
		PIN    string   `json:"pin"`
		Salt   string   `json:"salt"`
		Path   []string `json:"path"`
		// Owner is the first owner's public key (see OwnedUnit), or empty.
		Owner string `json:"owner,omitempty"`
	}
)

// Check validates what the update brings, as Party.Check does.
func (r UpdatePartyRequest) Check() error {
	if err := checkPartyID("id", r.ID); err != nil {
		return err
	}
	return Party{
		Name:           r.Name,
		Place:          r.Place,
		Prefixes:       r.Prefixes,
		Licences:       r.Licences,
		Authorisations: r.Authorisations,
		NextCheckDue:   r.NextCheckDue,
		DailyQuota:     r.DailyQuota,
	}.checkRecord()
}

// Check requires a reason for a suspension or revocation. Whether the status
// can be reached is said by Party.MayBecome.
func (r SetPartyStatusRequest) Check() error {
	if err := firstError(checkPartyID("id", r.ID), checkText("reason", r.Reason, maxReason),
		checkText("reasonEn", r.ReasonEn, maxReason)); err != nil {
		return err
	}
	if r.Status == StatusSuspended || r.Status == StatusRevoked {
		return required("reason", r.Reason, maxReason)
	}
	return nil
}

// Check validates the batch's name.
func (r BatchRequest) Check() error { return firstError(checkGTIN14("gtin", r.GTIN), CheckLot(r.Lot)) }

// Check validates the request on its own.
func (r DispatchRequest) Check() error {
	if r.Purpose != "" && r.Purpose != ForDonation && r.Purpose != ForDisposal {
		return Refuse(FieldInvalid, "purpose", "one_of_or_none", "names", []Purpose{ForDonation, ForDisposal})
	}
	return firstError(CheckID("id", r.ID), checkPartyID("to", r.To), checkText("reference", r.Reference, maxShort),
		checkGoods(r.Lines, r.Containers))
}

// Check validates the request on its own; no lines at all mean everything as listed.
func (r ReceiveRequest) Check() error {
	if r.Close && len(r.Lines) == 0 {
		return Refuse(LinesMissing, "lines", "nothing_arrived")
	}
	if err := CheckID("id", r.ID); err != nil || len(r.Lines) == 0 {
		return err
	}
	return checkReceipt(r.Lines)
}

// Check validates the request on its own.
func (r CloseShipmentRequest) Check() error {
	return firstError(CheckID("id", r.ID), checkText("reason", r.Reason, maxReason))
}

func checkReceipt(found []ReceiptLine) error {
	lines := make([]Line, len(found))
	for i, l := range found {
		if booked := []Condition{Good, Damaged, Missing}; !slices.Contains(booked, l.Condition) {
			return Refuse(FieldInvalid, "lines.condition", "one_of", "names", booked)
		}
		lines[i] = l.Line
	}
	return CheckLines(lines)
}

// Check validates the request on its own.
func (r SellRequest) Check() error {
	return firstError(checkText("reference", r.Reference, maxShort), CheckLines(r.Lines))
}

// Check validates the request on its own.
func (r ReturnRequest) Check() error {
	if r.Condition != Good && r.Condition != Damaged {
		return Refuse(FieldInvalid, "condition", "one_of", "names", []Condition{Good, Damaged})
	}
	return firstError(checkText("reference", r.Reference, maxShort), CheckLines(r.Lines))
}

// Check validates the request on its own.
func (r DecommissionRequest) Check() error {
	if !slices.Contains(DecommissionReasons, r.Reason) {
		return Refuse(FieldInvalid, "reason", "one_of", "names", DecommissionReasons)
	}
	return firstError(checkText("note", r.Note, maxReason), CheckLines(r.Lines))
}

// Check validates the request on its own; the note is required.
func (r CloseRecallRequest) Check() error {
	return firstError(CheckID("id", r.ID), required("note", r.Note, maxReason))
}

// Check validates the forms. Whether the unit is in its batch only the proof says.
func (r ActivateUnitRequest) Check() error {
	if err := firstError(checkGTIN14("gtin", r.GTIN), CheckLot(r.Lot), required("pin", r.PIN, maxPIN)); err != nil {
		return err
	}
	if gs1.ValidateSerial(r.Serial) != nil {
		return Refuse(FieldInvalid, "serial", "gs1_text")
	}
	if !saltForm.MatchString(r.Salt) {
		return Refuse(FieldInvalid, "salt", "hex", "digits", 32)
	}
	if len(r.Path) > maxPath {
		return Refuse(FieldInvalid, "path", "too_many_hashes", "hashes", len(r.Path), "most", maxPath)
	}
	for _, h := range r.Path {
		if !sha256Form.MatchString(h) {
			return Refuse(FieldInvalid, "path", "hash_form")
		}
	}
	return CheckOwnerKey("owner", r.Owner)
}

const (
	maxPIN  = 20
	maxPath = 64
)

var saltForm = regexp.MustCompile(`^[0-9a-f]{32}$`)
