package trace

import (
	"slices"
	"time"
)

// QualityStatus says whether a batch may be used, as far as its quality goes.
type QualityStatus string

// The statuses. A hold outweighs a rejection, which outweighs a release.
const (
	QualityNotRequired QualityStatus = "not_required"
	QualityAwaiting    QualityStatus = "awaiting"
	QualityReleased    QualityStatus = "released"
	QualityRejected    QualityStatus = "rejected"
	QualityOnHold      QualityStatus = "on_hold"
)

// Hold keeps a batch where it is until it is released. An official one was set
// by the platform or an auditor, and only they lift it.
type Hold struct {
	By       string    `json:"by"`
	Official bool      `json:"official,omitempty"`
	Reason   Text      `json:"reason"`
	At       time.Time `json:"at"`
}

// Quality is what the ledger keeps of a batch's quality: its latest inspection,
// empty where there is none, and the holds on it, oldest first.
type Quality struct {
	GTIN       string `json:"gtin"`
	Lot        string `json:"lot"`
	Inspection string `json:"inspection,omitempty"`
	Accepted   bool   `json:"accepted,omitempty"`
	Holds      []Hold `json:"holds,omitempty"`
}

func (x Quality) object() Object { return Object{"quality", keyOf(x.GTIN, x.Lot), x} }

// Status says how the batch stands; required is the product's InspectionRequired.
func (q Quality) Status(required bool) QualityStatus {
	switch {
	case len(q.Holds) > 0:
		return QualityOnHold
	case q.Inspection != "" && !q.Accepted:
		return QualityRejected
	case q.Inspection != "":
		return QualityReleased
	case required:
		return QualityAwaiting
	}
	return QualityNotRequired
}

// Lifted gives the quality without the holds that a party may lift: the
// platform and auditors any, others their own. Errors: NOT_ON_HOLD, NOT_ALLOWED.
func (q Quality) Lifted(by Party) (Quality, error) {
	official := by.HasRole(RolePlatform, RoleAuditor)
	kept := slices.Clone(q.Holds)
	kept = slices.DeleteFunc(kept, func(h Hold) bool { return official || !h.Official && h.By == by.ID })
	if len(q.Holds) == 0 {
		return q, Refuse(NotOnHold, "lot", "lot_not_held", "lot", q.Lot)
	}
	if len(kept) == len(q.Holds) {
		return q, Refuse(NotAllowed, "lot", "lot_held_by", "lot", q.Lot, "party", kept[0].By)
	}
	q.Holds = kept
	return q, nil
}

// MayBeUsed refuses a batch that quality keeps from being shipped or sold.
// Errors: BATCH_ON_HOLD, BATCH_REJECTED, BATCH_NOT_RELEASED.
func (q Quality) MayBeUsed(required bool) error {
	switch q.Status(required) {
	case QualityOnHold:
		return Refuse(
			BatchOnHold, "lot", "lot_on_hold", "lot", q.Lot, "party", q.Holds[0].By, "reason", q.Holds[0].Reason.En,
		)
	case QualityRejected:
		return Refuse(BatchRejected, "lot", "lot_rejected", "lot", q.Lot, "inspection", q.Inspection)
	case QualityAwaiting:
		return Refuse(BatchNotReleased, "lot", "lot_needs_inspection", "lot", q.Lot)
	}
	return nil
}

// MaxHolds bounds the holds on one batch.
const MaxHolds = 20

type (
	// QualityRequest holds or releases a batch, with the reason in both languages.
	QualityRequest struct {
		GTIN   string `json:"gtin"`
		Lot    string `json:"lot"`
		Reason Text   `json:"reason"`
	}
	// ResumeInspectionRequest lets inspection go on that five rejected batches
	// have ended, with a note on what the producer has mended.
	ResumeInspectionRequest struct {
		Producer string `json:"producer"`
		Category string `json:"category"`
		Note     string `json:"note"`
	}
)

// Check validates the request on its own.
func (r QualityRequest) Check() error {
	return firstError(checkGTIN14("gtin", r.GTIN), CheckLot(r.Lot), r.Reason.checkBoth("reason", maxReason))
}

// Check validates the request on its own.
func (r ResumeInspectionRequest) Check() error {
	return firstError(
		checkPartyID("producer", r.Producer),
		required("category", r.Category, maxShort),
		required("note", r.Note, maxReason),
	)
}
