package trace

import (
	"regexp"
	"time"
)

// Correction is a value that was wrong: what it was, what it is, why, and who
// says so. ApprovedBy is the platform where the correction needed it.
type Correction struct {
	Field      string    `json:"field"`
	Before     string    `json:"before"`
	After      string    `json:"after"`
	Reason     string    `json:"reason"`
	By         string    `json:"by"`
	At         time.Time `json:"at"`
	ApprovedBy string    `json:"approvedBy,omitempty"`
}

// BatchChange is what is to become of a batch's dates and origin; what is nil stays.
type BatchChange struct {
	ProducedOn *Date   `json:"producedOn,omitempty"`
	ExpiresOn  *Date   `json:"expiresOn,omitempty"`
	Origin     *string `json:"origin,omitempty"`
	Reason     string  `json:"reason"`
}

// Correcting is a change that waits for the platform.
type Correcting struct {
	BatchChange
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// Booking is a sale, a return or a removal, kept so that it can be undone:
// the units of Lines went from Source to Target, and those of Undone back.
type Booking struct {
	TxID   string    `json:"txId"`
	Type   EventType `json:"type"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Lines  []Line    `json:"lines"`
	Source Place     `json:"source"`
	Target Place     `json:"target"`
	Undone []Line    `json:"undone,omitempty"`
}

// The requests that correct what was written. Each needs a reason.
type (
	// CorrectProductRequest changes a product's texts; what is nil stays.
	CorrectProductRequest struct {
		GTIN          string  `json:"gtin"`
		Name          *Text   `json:"name,omitempty"`
		Specification *string `json:"specification,omitempty"`
		Category      *string `json:"category,omitempty"`
		Reason        string  `json:"reason"`
	}
	// CorrectBatchRequest changes a batch's dates and origin.
	CorrectBatchRequest struct {
		GTIN string `json:"gtin"`
		Lot  string `json:"lot"`
		BatchChange
	}
	// DecideCorrectionRequest approves a batch's correction, or does not.
	DecideCorrectionRequest struct {
		GTIN    string `json:"gtin"`
		Lot     string `json:"lot"`
		Approve bool   `json:"approve"`
		Note    string `json:"note"`
	}
	// VoidUnitsRequest ends codes that a producer will never print.
	VoidUnitsRequest struct {
		Line
		Reason string `json:"reason"`
	}
	// CancelShipmentRequest takes a shipment back of which nothing was received.
	CancelShipmentRequest struct {
		ID     string `json:"id"`
		Reason string `json:"reason"`
	}
	// AmendReceiptRequest says what units of a receipt should have been booked as.
	AmendReceiptRequest struct {
		ID     string        `json:"id"`
		Lines  []ReceiptLine `json:"lines"`
		Reason string        `json:"reason"`
	}
	// AnswerAmendmentRequest is the other side's consent, or its refusal.
	AnswerAmendmentRequest struct {
		ID     string `json:"id"`
		Accept bool   `json:"accept"`
		Note   string `json:"note,omitempty"`
	}
	// UndoRequest undoes the booking that a transaction made; all of it that is
	// not undone yet where Lines is empty.
	UndoRequest struct {
		TxID   string `json:"txId"`
		Lines  []Line `json:"lines,omitempty"`
		Reason string `json:"reason"`
	}
)

// Check validates the forms; the ledger holds what comes of it to Product.Check.
func (r CorrectProductRequest) Check() error {
	if r.Name == nil && r.Specification == nil && r.Category == nil {
		return Refuse(NothingToCorrect, "", "no_product_correction")
	}
	return firstError(checkGTIN14("gtin", r.GTIN), required("reason", r.Reason, maxReason))
}

// Applied gives the product as it should have been, with what was changed.
func (r CorrectProductRequest) Applied(p Product, by string, at time.Time) (Product, error) {
	c := corrections{reason: r.Reason, by: by, at: at}
	if r.Name != nil {
		c.change("name", p.Name.ZhCN+both(p.Name.En), r.Name.ZhCN+both(r.Name.En))
		p.Name = *r.Name
	}
	change(&c, "specification", &p.Specification, r.Specification)
	change(&c, "category", &p.Category, r.Category)
	p.Corrections = append(p.Corrections, c.all...)
	return p, c.some()
}

func both(en string) string {
	if en == "" {
		return ""
	}
	return " / " + en
}

// Check validates the forms; the ledger holds what comes of it to Batch.Check.
func (r CorrectBatchRequest) Check() error {
	if r.ProducedOn == nil && r.ExpiresOn == nil && r.Origin == nil {
		return Refuse(NothingToCorrect, "", "no_batch_correction")
	}
	return firstError(BatchRequest{GTIN: r.GTIN, Lot: r.Lot}.Check(), required("reason", r.Reason, maxReason))
}

// Applied gives the batch as it should have been, with what was changed.
func (x BatchChange) Applied(b Batch, by, approvedBy string, at time.Time) (Batch, error) {
	c := corrections{reason: x.Reason, by: by, approvedBy: approvedBy, at: at}
	change(&c, "producedOn", &b.ProducedOn, x.ProducedOn)
	change(&c, "expiresOn", &b.ExpiresOn, x.ExpiresOn)
	change(&c, "origin", &b.Origin, x.Origin)
	b.Corrections = append(b.Corrections, c.all...)
	return b, c.some()
}

type corrections struct {
	reason, by, approvedBy string
	at                     time.Time
	all                    []Correction
}

func (c *corrections) change(field, before, after string) {
	if before != after {
		c.all = append(
			c.all,
			Correction{
				Field:      field,
				Before:     before,
				After:      after,
				Reason:     c.reason,
				By:         c.by,
				At:         c.at,
				ApprovedBy: c.approvedBy,
			},
		)
	}
}

func (c *corrections) some() error {
	if len(c.all) == 0 {
		return Refuse(NothingToCorrect, "", "nothing_to_correct")
	}
	return nil
}

func change[T ~string](c *corrections, field string, value, wanted *T) {
	if wanted != nil {
		c.change(field, string(*value), string(*wanted))
		*value = *wanted
	}
}

// Check requires a note with a refusal.
func (r DecideCorrectionRequest) Check() error {
	if err := firstError(
		BatchRequest{GTIN: r.GTIN, Lot: r.Lot}.Check(), checkText("note", r.Note, maxReason),
	); err != nil ||
		r.Approve {
		return err
	}
	return required("note", r.Note, maxReason)
}

// Check validates the request on its own.
func (r VoidUnitsRequest) Check() error {
	return firstError(CheckLines([]Line{r.Line}), required("reason", r.Reason, maxReason))
}

// Check validates the request on its own.
func (r CancelShipmentRequest) Check() error {
	return firstError(CheckID("id", r.ID), required("reason", r.Reason, maxReason))
}

// Check validates the request on its own.
func (r AmendReceiptRequest) Check() error {
	return firstError(CheckID("id", r.ID), required("reason", r.Reason, maxReason), checkReceipt(r.Lines))
}

// Check requires a note with a refusal.
func (r AnswerAmendmentRequest) Check() error {
	return AnswerCaseRequest(r).Check()
}

var txIDForm = regexp.MustCompile(`^[0-9a-z-]{1,64}$`)

// Check validates the request on its own.
func (r UndoRequest) Check() error {
	if !txIDForm.MatchString(r.TxID) {
		return Refuse(FieldInvalid, "txId", "booking_id")
	}
	if err := required("reason", r.Reason, maxReason); err != nil || len(r.Lines) == 0 {
		return err
	}
	return CheckLines(r.Lines)
}

// Without gives the parts of lines that others do not name.
func Without(lines, others []Line) []Line {
	for _, o := range others {
		var rest []Line
		for _, l := range lines {
			if l.GTIN != o.GTIN || l.Lot != o.Lot {
				rest = append(rest, l)
				continue
			}
			outside, _ := Cut(l, o.From, o.To())
			rest = append(rest, outside...)
		}
		lines = rest
	}
	return lines
}
