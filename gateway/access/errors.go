package access

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// The reasons of the door, beside those of chaincode/trace and gateway/service.
// Their titles and statuses are in verifier/program/problem.
const (
	SignInFailed      trace.Code = "SIGN_IN_FAILED"
	SignInHeld        trace.Code = "SIGN_IN_HELD"
	SignInAgain       trace.Code = "SIGN_IN_AGAIN"
	StepExpired       trace.Code = "STEP_EXPIRED"
	CodeWrong         trace.Code = "CODE_WRONG"
	LoginTaken        trace.Code = "LOGIN_TAKEN"
	PasswordWeak      trace.Code = "PASSWORD_WEAK"
	PasswordWrong     trace.Code = "PASSWORD_WRONG"
	SessionUnknown    trace.Code = "SESSION_UNKNOWN"
	PersonUnknown     trace.Code = "PERSON_UNKNOWN"
	LastOwner         trace.Code = "LAST_OWNER"
	InvitationUnknown trace.Code = "INVITATION_UNKNOWN"
	TeamLimit         trace.Code = "TEAM_LIMIT"
	KeyUnknown        trace.Code = "KEY_UNKNOWN"
	PasskeyUnknown    trace.Code = "PASSKEY_UNKNOWN"
	PasskeyRefused    trace.Code = "PASSKEY_REFUSED"
	FactorExists      trace.Code = "FACTOR_EXISTS"
	PersonsOnly       trace.Code = "PERSONS_ONLY"
	NotOffered        trace.Code = "NOT_OFFERED"
	SSORefused        trace.Code = "SSO_REFUSED"
	SSONotLinked      trace.Code = "SSO_NOT_LINKED"
)
