package proof

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// Reason says why a check failed. It is stable; what it says to people is in Reasons. As an error it speaks English.
type Reason string

// Error says what is wrong.
func (r Reason) Error() string { return Reasons[r].En }

// The reasons.
const (
	ReasonNotABundle            Reason = "NOT_A_BUNDLE"
	ReasonNotCanonical          Reason = "NOT_CANONICAL"
	ReasonUnknownVersion        Reason = "UNKNOWN_VERSION"
	ReasonOtherUnit             Reason = "OTHER_UNIT"
	ReasonDataHashWrong         Reason = "DATA_HASH_WRONG"
	ReasonNoSuchPosition        Reason = "NO_SUCH_POSITION"
	ReasonUnreadable            Reason = "UNREADABLE"
	ReasonOrdererTwice          Reason = "ORDERER_TWICE"
	ReasonTooFewOrderers        Reason = "TOO_FEW_ORDERERS"
	ReasonNotAConsenter         Reason = "NOT_A_CONSENTER"
	ReasonSignerUnnamed         Reason = "SIGNER_UNNAMED"
	ReasonNotOrdering           Reason = "NOT_ORDERING"
	ReasonManyActions           Reason = "NOT_ONE_ACTION"
	ReasonActionSigner          Reason = "ACTION_SIGNER"
	ReasonNotContract           Reason = "NOT_A_CONTRACT_CALL"
	ReasonOtherChannel          Reason = "OTHER_CHANNEL"
	ReasonOtherContract         Reason = "OTHER_CONTRACT"
	ReasonTxIDWrong             Reason = "TX_ID_WRONG"
	ReasonFromFuture            Reason = "FROM_THE_FUTURE"
	ReasonNotValid              Reason = "NOT_VALID"
	ReasonOtherRequest          Reason = "OTHER_REQUEST"
	ReasonTooFewEndorsers       Reason = "TOO_FEW_ENDORSERS"
	ReasonContractRefused       Reason = "CONTRACT_REFUSED"
	ReasonEventUnreadable       Reason = "EVENT_UNREADABLE"
	ReasonNotRegistration       Reason = "NOT_A_REGISTRATION"
	ReasonEventDiffers          Reason = "EVENT_DIFFERS"
	ReasonOtherBatch            Reason = "OTHER_BATCH"
	ReasonOtherQuantity         Reason = "OTHER_QUANTITY"
	ReasonWritesUnreadable      Reason = "WRITES_UNREADABLE"
	ReasonBatchNotWritten       Reason = "BATCH_NOT_WRITTEN"
	ReasonRootMalformed         Reason = "ROOT_MALFORMED"
	ReasonNotUnderRoot          Reason = "NOT_UNDER_ROOT"
	ReasonIdentityUnreadable    Reason = "IDENTITY_UNREADABLE"
	ReasonCertificateUnreadable Reason = "CERTIFICATE_UNREADABLE"
	ReasonOrganisationUnknown   Reason = "ORGANISATION_UNKNOWN"
	ReasonKeyUnsupported        Reason = "KEY_UNSUPPORTED"
	ReasonNotIssued             Reason = "NOT_ISSUED_BY_ORGANISATION"
	ReasonCertificateTime       Reason = "CERTIFICATE_TIME"
	ReasonIssuerTime            Reason = "ISSUER_TIME"
	ReasonRevoked               Reason = "REVOKED"
	ReasonNotForSigning         Reason = "NOT_FOR_SIGNING"
	ReasonWrongRole             Reason = "WRONG_ROLE"
	ReasonSignatureMalformed    Reason = "SIGNATURE_MALFORMED"
	ReasonSignatureForm         Reason = "SIGNATURE_FORM"
	ReasonSignatureWrong        Reason = "SIGNATURE_WRONG"
	ReasonNotFacts              Reason = "NOT_FACTS"
	ReasonFactsNotUnderRoot     Reason = "FACTS_NOT_UNDER_ROOT"
	ReasonTooOld                Reason = "TOO_OLD"
	ReasonNotNext               Reason = "NOT_NEXT"
	ReasonNotAfter              Reason = "NOT_AFTER"
	ReasonTxIDUsed              Reason = "TX_ID_USED"
	ReasonReadOverwritten       Reason = "READ_OVERWRITTEN"
	ReasonNoGround              Reason = "NO_GROUND"
)

// Reasons are what the reasons say, for people.
var Reasons = trace.Table[Reason](
	texts, "reason", ReasonNotABundle, ReasonNotCanonical, ReasonUnknownVersion, ReasonOtherUnit,
	ReasonDataHashWrong, ReasonNoSuchPosition, ReasonUnreadable, ReasonOrdererTwice, ReasonTooFewOrderers,
	ReasonNotAConsenter, ReasonSignerUnnamed, ReasonNotOrdering, ReasonManyActions, ReasonActionSigner,
	ReasonNotContract, ReasonOtherChannel, ReasonOtherContract, ReasonTxIDWrong, ReasonFromFuture,
	ReasonNotValid, ReasonOtherRequest, ReasonTooFewEndorsers, ReasonContractRefused, ReasonEventUnreadable,
	ReasonNotRegistration, ReasonEventDiffers, ReasonOtherBatch, ReasonOtherQuantity, ReasonWritesUnreadable,
	ReasonBatchNotWritten, ReasonRootMalformed, ReasonNotUnderRoot, ReasonIdentityUnreadable,
	ReasonCertificateUnreadable, ReasonOrganisationUnknown, ReasonKeyUnsupported, ReasonNotIssued,
	ReasonCertificateTime, ReasonIssuerTime, ReasonRevoked, ReasonNotForSigning, ReasonWrongRole,
	ReasonSignatureMalformed, ReasonSignatureForm, ReasonSignatureWrong, ReasonNotFacts,
	ReasonFactsNotUnderRoot, ReasonTooOld, ReasonNotNext, ReasonNotAfter, ReasonTxIDUsed, ReasonReadOverwritten,
	ReasonNoGround,
)
