package api

import (
	"maps"
	"net/http"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/access"
	"github.com/touchstone-trace/touchstone/gateway/documents"
	"github.com/touchstone-trace/touchstone/gateway/imports"
	"github.com/touchstone-trace/touchstone/gateway/labels"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// The interface's own reasons, beside those of chaincode/trace and gateway/service.
const (
	Unauthenticated  trace.Code = "UNAUTHENTICATED"
	OriginRefused    trace.Code = "ORIGIN_REFUSED"
	TooOften         trace.Code = "TOO_OFTEN"
	TooLarge         trace.Code = "TOO_LARGE"
	RouteUnknown     trace.Code = "ROUTE_UNKNOWN"
	MethodNotAllowed trace.Code = "METHOD_NOT_ALLOWED"
	KeyReused        trace.Code = "IDEMPOTENCY_KEY_REUSED"
	KeyInProgress    trace.Code = "IDEMPOTENCY_KEY_IN_PROGRESS"
	WriteConflict    trace.Code = "WRITE_CONFLICT"
	Unavailable      trace.Code = "UNAVAILABLE"
	Internal         trace.Code = "INTERNAL"
)

// titles are those of the reasons that the ledger does not know.
var titles = trace.Table[trace.Code](texts, "title",
	Unauthenticated, OriginRefused, access.SignInFailed, access.SignInHeld, access.SignInAgain, access.StepExpired,
	access.CodeWrong, access.LoginTaken, access.PasswordWeak, access.PasswordWrong, access.SessionUnknown, access.PersonUnknown,
	access.LastOwner, access.InvitationUnknown, access.TeamLimit, access.KeyUnknown, access.PasskeyUnknown, access.PasskeyRefused,
	access.FactorExists, access.PersonsOnly, access.NotOffered, access.SSORefused, access.SSONotLinked, TooOften, TooLarge,
	RouteUnknown, MethodNotAllowed, KeyReused, KeyInProgress, WriteConflict, Unavailable, Internal, service.AccountExists,
	service.AccountUnknown, service.TransactionUnknown, service.ViewUnknown, service.ViewLimit, service.JobUnknown,
	service.ReviewUnknown, service.AlertUnknown, service.AlertStands, service.ReportedCodeUnknown, service.ReportsClosed,
	service.ReviewAnswered, service.JobNotDone, service.JobNoFile, service.JobFileGone, service.JobNoRoom, service.JobLimit,
	service.LabelKitUnknown, service.ChangedMeanwhile, service.LabelKitLimit, labels.CharacterUnprintable, labels.LogoInvalid,
	service.JobBroken, service.JobInterrupted, service.DocumentUnknown, service.NoticeUnknown, service.WebhookUnknown,
	service.WebhookLimit, service.DeliveryUnknown, service.CodeUnreadable, service.CodeAmbiguous, documents.DocumentType,
	documents.DocumentSize, service.PictureInvalid, service.PictureLimit, service.PresentationUnknown, service.GoodsNotHandled,
	service.CodesPrinted, service.CodesVoided, service.BadgeUnknown, service.BadgeLimit, service.CreatorExists,
	service.CreatorUnknown, service.EndorsementUnknown, service.EndorsementEnded, imports.FileUnreadable, imports.HeadingTwice)

// statuses is the one table from reasons to HTTP.
var statuses = map[int][]trace.Code{
	http.StatusBadRequest:   {trace.RequestMalformed},
	http.StatusUnauthorized: {Unauthenticated, access.SignInFailed},
	http.StatusGone:         {access.StepExpired, service.JobFileGone},
	http.StatusForbidden: {OriginRefused, access.SignInAgain, access.PersonsOnly, access.SSONotLinked, trace.NotAllowed, trace.InspectorInvolved, trace.PartyUnqualified, trace.PartySuspended, trace.PartyLapsed,
		trace.RoleMissing, trace.NotInCase, trace.PrefixNotOwned, trace.NotReceiver, trace.NotRespondent, trace.SameOfficer, trace.OwnerUnproved,
		service.GoodsNotHandled},
	http.StatusNotFound: {RouteUnknown, access.SessionUnknown, access.PersonUnknown, access.InvitationUnknown, access.KeyUnknown,
		access.PasskeyUnknown, access.NotOffered, trace.PartyUnknown, trace.ProductUnknown, trace.BatchUnknown, trace.ShipmentUnknown, trace.CaseUnknown, trace.BookingUnknown, trace.CorrectionUnknown, trace.AmendmentUnknown,
		trace.RecallUnknown, trace.StandardUnknown, trace.InspectionUnknown, trace.UnitUnknown, trace.NotTransformed, trace.ContainerUnknown, service.AccountUnknown, service.TransactionUnknown, service.JobUnknown, service.ViewUnknown,
		trace.CheckUnknown, trace.ActionUnknown, service.NoticeUnknown, service.WebhookUnknown, service.DeliveryUnknown, service.DocumentUnknown,
		trace.ComplaintUnknown, trace.AnchorUnknown, service.ReviewUnknown, service.AlertUnknown, service.ReportedCodeUnknown,
		service.PresentationUnknown, service.BadgeUnknown, service.CreatorUnknown, service.LabelKitUnknown, service.EndorsementUnknown},
	http.StatusMethodNotAllowed: {MethodNotAllowed},
	http.StatusConflict: {access.LoginTaken, access.LastOwner, access.TeamLimit, access.FactorExists, trace.ApplicationMissing, trace.CheckExists, trace.ActionClosed, service.WebhookLimit, KeyInProgress, WriteConflict, trace.PartyExists, trace.PartyStatus, trace.PrefixTaken, trace.ProductExists,
		trace.BatchExists, trace.BatchUnapproved, trace.BatchNotAwaiting, trace.NotHolder, trace.NotSold, trace.UnitsRecalled,
		trace.BatchOnHold, trace.BatchRejected, trace.BatchNotReleased, trace.NotOnHold, trace.StandardVersion, trace.InspectionExists,
		trace.InspectionDiscontinued, trace.InspectionGoesOn, trace.RecallAcknowledged,
		service.CodesPrinted, service.CodesVoided, trace.CorrectionWaits, trace.AmendmentLate, trace.AmendmentWaits, trace.NotReceived, trace.BookingUndone, trace.UndoLate,
		trace.GoodsExpired, trace.ExpiryBeyond, trace.UnitsNotSent, trace.ShipmentTakenBack, trace.ShipmentOpen, trace.CaseExists, trace.CasePending, trace.CaseConflict,
		trace.ShipmentExists, trace.ShipmentReceived, trace.RecallExists, trace.RecallClosed, trace.UnitActivated,
		trace.UnitFlagged, trace.UnitNotFlagged, service.AlertStands, service.ReportsClosed, trace.UnitStolen, trace.UnitNotStolen, trace.OwnerActsSpent,
		trace.ContainerExists, trace.ContainerOpened, trace.ContainerPacked, trace.UnitsPacked,
		trace.ComplaintExists, trace.ComplaintConflict, trace.DecisionEarly, trace.AppealUsed, trace.AppealLate, trace.AnchorOrder,
		service.ReviewAnswered, service.AccountExists, service.JobNotDone, service.JobNoFile, service.JobLimit, service.LabelKitLimit, service.ChangedMeanwhile, service.ViewLimit,
		service.PictureLimit, service.BadgeLimit, service.CreatorExists, service.EndorsementEnded},
	http.StatusRequestEntityTooLarge: {TooLarge},
	http.StatusUnprocessableEntity: {access.PasswordWeak, access.PasswordWrong, access.CodeWrong, access.PasskeyRefused, access.SSORefused, labels.CharacterUnprintable, labels.LogoInvalid,
		service.CodeUnreadable, service.CodeAmbiguous,
		service.PictureInvalid, documents.DocumentType, documents.DocumentSize, trace.DocumentMissing, KeyReused, trace.FieldInvalid, trace.GTINMissing, trace.GTINInvalid, trace.GTINCheckDigit,
		trace.NameMissing, trace.NameTooLong, trace.ShelfLife, trace.LotInvalid, trace.QuantityInvalid, trace.DateInvalid,
		trace.UnitsRootInvalid, trace.NothingToCorrect, trace.LinesMissing, trace.LinesOverlap, trace.LineOutOfRange, trace.ReceiverInvalid,
		trace.MassBalance, trace.ResultsIncomplete, trace.StandardCategory, trace.SSCCInvalid, trace.ContainerLimit, trace.UnitProof, trace.SpreadsheetNumber, trace.DuplicateInFile, trace.RowsIncomplete, trace.ColumnsMissing, imports.FileUnreadable, imports.HeadingTwice},
	http.StatusTooManyRequests:     {TooOften, access.SignInHeld},
	http.StatusInternalServerError: {Internal, service.JobBroken},
	http.StatusServiceUnavailable:  {Unavailable, trace.ClockSkew, service.JobInterrupted, service.JobNoRoom},
}

var statusByCode = func() map[trace.Code]int {
	m := map[trace.Code]int{}
	for status, codes := range statuses {
		for _, c := range codes {
			m[c] = status
		}
	}
	return m
}()

// statusOf gives a reason's HTTP status; one that is not in the table is internal.
func statusOf(c trace.Code) int {
	if s, ok := statusByCode[c]; ok {
		return s
	}
	return http.StatusInternalServerError
}

func titleOf(c trace.Code) trace.Text {
	if t, ok := titles[c]; ok {
		return t
	}
	return c.Title()
}

// codeOfStatus names what the router or the binder refused.
func codeOfStatus(status int) trace.Code {
	switch {
	case status == http.StatusNotFound:
		return RouteUnknown
	case status == http.StatusMethodNotAllowed:
		return MethodNotAllowed
	case status >= http.StatusInternalServerError:
		return Internal
	}
	return trace.RequestMalformed
}

// allCodes lists every reason that an answer can have.
func allCodes() []trace.Code { return slices.Sorted(maps.Keys(statusByCode)) }
