package record

// Answer is an HTTP answer that is kept to be repeated.
type Answer struct {
	Status  int
	Headers map[string]string
	Body    []byte
}

// Claim says what an Idempotency-Key stands for when a request arrives with it.
type Claim int

// The claims. Only New and Resumed let the request run; Resumed means that an
// earlier attempt began and nobody knows how far it came.
const (
	ClaimNew Claim = iota
	ClaimResumed
	ClaimInProgress
	ClaimAnswered
	ClaimOtherRequest
)
