package problem

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// The codes of HTTP, beside the ledger's in chaincode/trace and those that a use case of the gateway declares.
const (
	Internal         trace.Code = "INTERNAL"
	Unavailable      trace.Code = "UNAVAILABLE"
	MethodNotAllowed trace.Code = "METHOD_NOT_ALLOWED"
)

// Those of the gateway alone.
const (
	Unauthenticated trace.Code = "UNAUTHENTICATED"
	OriginRefused   trace.Code = "ORIGIN_REFUSED"
	TooOften        trace.Code = "TOO_OFTEN"
	TooLarge        trace.Code = "TOO_LARGE"
	RouteUnknown    trace.Code = "ROUTE_UNKNOWN"
	KeyReused       trace.Code = "IDEMPOTENCY_KEY_REUSED"
	KeyInProgress   trace.Code = "IDEMPOTENCY_KEY_IN_PROGRESS"
	WriteConflict   trace.Code = "WRITE_CONFLICT"
)

// Those of the verifier alone.
const (
	NotFound          trace.Code = "NOT_FOUND"
	BodyTooLarge      trace.Code = "BODY_TOO_LARGE"
	MediaUnsupported  trace.Code = "MEDIA_TYPE_UNSUPPORTED"
	TooMany           trace.Code = "TOO_MANY_REQUESTS"
	CrossOrigin       trace.Code = "CROSS_ORIGIN"
	NonceInvalid      trace.Code = "NONCE_INVALID"
	NotIssued         trace.Code = "NOT_ISSUED"
	CodeIncomplete    trace.Code = "CODE_INCOMPLETE"
	CodeKnown         trace.Code = "CODE_KNOWN"
	PINWrong          trace.Code = "PIN_WRONG"
	PINLocked         trace.Code = "PIN_LOCKED"
	PhotoInvalid      trace.Code = "PHOTO_INVALID"
	ReviewToken       trace.Code = "REVIEW_TOKEN_INVALID"
	ReviewExists      trace.Code = "REVIEW_EXISTS"
	CreatorKeyUnknown trace.Code = "CREATOR_KEY_UNKNOWN"
	EntryChanged      trace.Code = "LOG_ENTRY_CHANGED"
	EntryLost         trace.Code = "LOG_ENTRY_LOST"
)
