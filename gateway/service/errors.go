package service

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// The gateway's own reasons, beside the ledger's. Their titles and statuses are
// in verifier/program/problem.
const (
	AccountExists      trace.Code = "ACCOUNT_EXISTS"
	AccountUnknown     trace.Code = "ACCOUNT_UNKNOWN"
	TransactionUnknown trace.Code = "TRANSACTION_UNKNOWN"
	JobUnknown         trace.Code = "JOB_UNKNOWN"
	JobNotDone         trace.Code = "JOB_NOT_DONE"
	ChangedMeanwhile   trace.Code = "CHANGED_MEANWHILE"
	LabelKitUnknown    trace.Code = "LABEL_KIT_UNKNOWN"
	LabelKitLimit      trace.Code = "LABEL_KIT_LIMIT"
	JobBroken          trace.Code = "JOB_BROKEN"
	JobInterrupted     trace.Code = "JOB_INTERRUPTED"
	JobNoRoom          trace.Code = "JOB_NO_ROOM"
	JobLimit           trace.Code = "JOB_LIMIT"
	JobNoFile          trace.Code = "JOB_NO_FILE"
	JobFileGone        trace.Code = "JOB_FILE_GONE"
	ViewUnknown        trace.Code = "VIEW_UNKNOWN"
	ViewLimit          trace.Code = "VIEW_LIMIT"
	DocumentUnknown    trace.Code = "DOCUMENT_UNKNOWN"
	NoticeUnknown      trace.Code = "NOTICE_UNKNOWN"
	WebhookUnknown     trace.Code = "WEBHOOK_UNKNOWN"
	WebhookLimit       trace.Code = "WEBHOOK_LIMIT"
	DeliveryUnknown    trace.Code = "DELIVERY_UNKNOWN"
	ReviewUnknown      trace.Code = "REVIEW_UNKNOWN"
	ReviewAnswered     trace.Code = "REVIEW_ALREADY_ANSWERED"
	AlertUnknown       trace.Code = "ALERT_UNKNOWN"
	AlertStands        trace.Code = "ALERT_STANDS"

	ReportedCodeUnknown trace.Code = "REPORTED_CODE_UNKNOWN"
	ReportsClosed       trace.Code = "REPORTS_CLOSED"

	CodeUnreadable trace.Code = "CODE_UNREADABLE"
	CodeAmbiguous  trace.Code = "CODE_AMBIGUOUS"

	CodesPrinted        trace.Code = "CODES_PRINTED"
	CodesVoided         trace.Code = "CODES_VOIDED"
	PictureInvalid      trace.Code = "PICTURE_INVALID"
	PictureLimit        trace.Code = "PICTURE_LIMIT"
	PresentationUnknown trace.Code = "PRESENTATION_UNKNOWN"
	GoodsNotHandled     trace.Code = "GOODS_NOT_HANDLED"
	BadgeUnknown        trace.Code = "BADGE_UNKNOWN"
	BadgeLimit          trace.Code = "BADGE_LIMIT"
	CreatorExists       trace.Code = "CREATOR_EXISTS"
	CreatorUnknown      trace.Code = "CREATOR_UNKNOWN"
	EndorsementUnknown  trace.Code = "ENDORSEMENT_UNKNOWN"
	EndorsementEnded    trace.Code = "ENDORSEMENT_ENDED"
)

// Unreadable means that a transaction is written and the read model has not come
// to it yet, so that no answer shows its effect.
type Unreadable struct {
	TxID  string
	Block uint64
	Err   error
}

func (e *Unreadable) Error() string {
	return fmt.Sprintf("transaction %s is written in block %d, which cannot be read yet: %v", e.TxID, e.Block, e.Err)
}

// Unwrap gives the cause.
func (e *Unreadable) Unwrap() error { return e.Err }

// Found turns "there is none" into an error with a code, whose title says of what kind; name is which one.
func Found[T any](v T, ok bool, err error) func(code trace.Code, field, name string) (T, error) {
	return func(code trace.Code, field, name string) (T, error) {
		if err == nil && !ok {
			err = Refuse(code, field, "none_to_see", "what", trace.Beginning(80, name))
		}
		return v, err
	}
}

// ChangedError says of a *record.Changed which field of the request names the
// version that was changed, and leaves every other error as it is.
func ChangedError(err error, field string) error {
	if changed, is := errors.AsType[*record.Changed](err); is {
		if changed.By == "" {
			return Refuse(ChangedMeanwhile, field, "changed")
		}
		return Refuse(
			ChangedMeanwhile, field, "changed_by", "by", changed.By, "at", changed.At.UTC().Format(time.RFC3339),
		)
	}
	return err
}

// CheckSaid takes a text of several lines.
func CheckSaid(field, text string, max int) error {
	switch n := utf8.RuneCountInString(text); {
	case strings.TrimSpace(text) == "":
		return trace.Refuse(trace.FieldInvalid, field, "missing")
	case n > max:
		return trace.Refuse(trace.FieldInvalid, field, "too_long", "n", n, "most", max)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' }):
		return Refuse(trace.FieldInvalid, field, "not_plain")
	}
	return nil
}
