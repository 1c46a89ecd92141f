package problem

import (
	"net/http"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// table says of every code which program answers with it and with what status. A code that a use case
// declares beside its rules stands here as it is spelled; docs/problems_test.go finds one that is missing,
// stands here twice, or is declared twice.
var table = []struct {
	by     Program
	status int
	codes  []trace.Code
}{
	{Gateway | Verifier, http.StatusBadRequest, []trace.Code{trace.RequestMalformed}},
	{Gateway | Verifier, http.StatusForbidden, []trace.Code{trace.OwnerUnproved}},
	{Gateway | Verifier, http.StatusNotFound, []trace.Code{
		trace.BatchUnknown, trace.UnitUnknown, trace.AnchorUnknown,
	}},
	{Gateway | Verifier, http.StatusMethodNotAllowed, []trace.Code{MethodNotAllowed}},
	{Gateway | Verifier, http.StatusConflict, []trace.Code{
		trace.BatchUnapproved, trace.UnitActivated, trace.UnitStolen, trace.UnitNotStolen,
		trace.OwnerActsSpent, trace.ComplaintConflict,
	}},
	{Gateway | Verifier, http.StatusUnprocessableEntity, []trace.Code{trace.FieldInvalid, trace.UnitProof}},
	{Gateway | Verifier, http.StatusInternalServerError, []trace.Code{Internal}},
	{Gateway | Verifier, http.StatusServiceUnavailable, []trace.Code{Unavailable}},
	{Verifier, http.StatusBadRequest, []trace.Code{NonceInvalid}},
	{Verifier, http.StatusUnauthorized, []trace.Code{CreatorKeyUnknown}},
	{Verifier, http.StatusForbidden, []trace.Code{CrossOrigin, PINWrong, ReviewToken}},
	{Verifier, http.StatusNotFound, []trace.Code{NotFound, NotIssued}},
	{Verifier, http.StatusConflict, []trace.Code{CodeKnown, EntryChanged, ReviewExists}},
	{Verifier, http.StatusGone, []trace.Code{EntryLost}},
	{Verifier, http.StatusRequestEntityTooLarge, []trace.Code{BodyTooLarge}},
	{Verifier, http.StatusUnsupportedMediaType, []trace.Code{MediaUnsupported}},
	{Verifier, http.StatusUnprocessableEntity, []trace.Code{CodeIncomplete, PhotoInvalid}},
	{Verifier, http.StatusTooManyRequests, []trace.Code{PINLocked, TooMany}},
	{Gateway, http.StatusUnauthorized, []trace.Code{Unauthenticated, "SIGN_IN_FAILED"}},
	{Gateway, http.StatusForbidden, []trace.Code{
		trace.NotAllowed, trace.PartyUnqualified, trace.PartySuspended, trace.PartyLapsed,
		trace.RoleMissing, trace.PrefixNotOwned, trace.NotReceiver, trace.NotInCase, trace.NotRespondent,
		trace.SameOfficer, trace.InspectorInvolved, OriginRefused, "GOODS_NOT_HANDLED", "PERSONS_ONLY",
		"SIGN_IN_AGAIN", "SSO_NOT_LINKED",
	}},
	{Gateway, http.StatusNotFound, []trace.Code{
		trace.PartyUnknown, trace.ProductUnknown, trace.ShipmentUnknown, trace.RecallUnknown,
		trace.NotTransformed, trace.ContainerUnknown, trace.CorrectionUnknown, trace.AmendmentUnknown,
		trace.BookingUnknown, trace.CaseUnknown, trace.ComplaintUnknown, trace.CheckUnknown,
		trace.ActionUnknown, trace.StandardUnknown, trace.InspectionUnknown, RouteUnknown,
		"ACCOUNT_UNKNOWN", "ALERT_UNKNOWN", "BADGE_UNKNOWN", "CREATOR_UNKNOWN", "DELIVERY_UNKNOWN",
		"DOCUMENT_UNKNOWN", "ENDORSEMENT_UNKNOWN", "INVITATION_UNKNOWN", "JOB_UNKNOWN", "KEY_UNKNOWN",
		"LABEL_KIT_UNKNOWN", "NOTICE_UNKNOWN", "NOT_OFFERED", "PASSKEY_UNKNOWN", "PERSON_UNKNOWN",
		"PRESENTATION_UNKNOWN", "REPORTED_CODE_UNKNOWN", "REVIEW_UNKNOWN", "SESSION_UNKNOWN",
		"TRANSACTION_UNKNOWN", "VIEW_UNKNOWN", "WEBHOOK_UNKNOWN",
	}},
	{Gateway, http.StatusConflict, []trace.Code{
		trace.PartyExists, trace.PartyStatus, trace.PrefixTaken, trace.ProductExists, trace.BatchExists,
		trace.BatchNotAwaiting, trace.NotHolder, trace.NotSold, trace.UnitsRecalled, trace.ShipmentExists,
		trace.ShipmentReceived, trace.RecallExists, trace.RecallClosed, trace.ContainerExists,
		trace.ContainerOpened, trace.ContainerPacked, trace.UnitsPacked, trace.GoodsExpired,
		trace.ExpiryBeyond, trace.CorrectionWaits, trace.AmendmentLate, trace.AmendmentWaits,
		trace.NotReceived, trace.BookingUndone, trace.UndoLate, trace.UnitsNotSent, trace.ShipmentTakenBack,
		trace.ShipmentOpen, trace.CaseExists, trace.CasePending, trace.CaseConflict, trace.ComplaintExists,
		trace.DecisionEarly, trace.AppealUsed, trace.AppealLate, trace.AnchorOrder, trace.UnitFlagged,
		trace.UnitNotFlagged, trace.ApplicationMissing, trace.CheckExists, trace.ActionClosed,
		trace.StandardVersion, trace.InspectionExists, trace.InspectionDiscontinued, trace.InspectionGoesOn,
		trace.BatchOnHold, trace.BatchRejected, trace.BatchNotReleased, trace.NotOnHold,
		trace.RecallAcknowledged, KeyInProgress, WriteConflict, "ACCOUNT_EXISTS", "ALERT_STANDS",
		"BADGE_LIMIT", "CHANGED_MEANWHILE", "CODES_PRINTED", "CODES_VOIDED", "CREATOR_EXISTS",
		"ENDORSEMENT_ENDED", "FACTOR_EXISTS", "JOB_LIMIT", "JOB_NOT_DONE", "JOB_NO_FILE", "LABEL_KIT_LIMIT",
		"LAST_OWNER", "LOGIN_TAKEN", "PICTURE_LIMIT", "REPORTS_CLOSED", "REVIEW_ALREADY_ANSWERED",
		"TEAM_LIMIT", "VIEW_LIMIT", "WEBHOOK_LIMIT",
	}},
	{Gateway, http.StatusGone, []trace.Code{"JOB_FILE_GONE", "STEP_EXPIRED"}},
	{Gateway, http.StatusRequestEntityTooLarge, []trace.Code{TooLarge}},
	{Gateway, http.StatusUnprocessableEntity, []trace.Code{
		trace.GTINMissing, trace.GTINInvalid, trace.GTINCheckDigit, trace.NameMissing, trace.NameTooLong,
		trace.ShelfLife, trace.LotInvalid, trace.QuantityInvalid, trace.DateInvalid, trace.UnitsRootInvalid,
		trace.LinesMissing, trace.LinesOverlap, trace.LineOutOfRange, trace.ReceiverInvalid,
		trace.MassBalance, trace.SSCCInvalid, trace.ContainerLimit, trace.NothingToCorrect,
		trace.DocumentMissing, trace.StandardCategory, trace.ResultsIncomplete, trace.SpreadsheetNumber,
		trace.RowsIncomplete, trace.DuplicateInFile, trace.ColumnsMissing, KeyReused,
		"CHARACTER_UNPRINTABLE", "CODE_AMBIGUOUS", "CODE_UNREADABLE", "CODE_WRONG", "DOCUMENT_SIZE",
		"DOCUMENT_TYPE", "FILE_UNREADABLE", "HEADING_TWICE", "LOGO_INVALID", "PASSKEY_REFUSED",
		"PASSWORD_WEAK", "PASSWORD_WRONG", "PICTURE_INVALID", "SSO_REFUSED",
	}},
	{Gateway, http.StatusTooManyRequests, []trace.Code{TooOften, "SIGN_IN_HELD"}},
	{Gateway, http.StatusInternalServerError, []trace.Code{"JOB_BROKEN"}},
	{Gateway, http.StatusServiceUnavailable, []trace.Code{trace.ClockSkew, "JOB_INTERRUPTED", "JOB_NO_ROOM"}},
}
