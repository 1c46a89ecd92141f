// Package access is who gets in: people with their passwords, second factors and
// sessions, the colleagues they invite, and the API keys they give out. What a
// caller may then do is decided in gateway/api, and on the ledger.
//
// It knows nothing of HTTP, SQL or Fabric. Whatever is secret leaves it once and
// is kept as a hash, or sealed.
package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/parties"
)

// Bounds of a session: it ends when it was silent for Idle, and Lasts after it began.
const (
	Idle  = 24 * time.Hour
	Lasts = 14 * 24 * time.Hour
)

// DeviceLasts is how long a browser is known after the last sign-in there.
const DeviceLasts = 180 * 24 * time.Hour

// Desk lets people in. All fields are required but Now; Demo, the parties whose
// demo person signs in with one click; Origin, where browsers find the console
// (https://console.example), without which there are no passkeys and no SSO; and SSO.
type Desk struct {
	People     People
	Team       Team
	Keys       Keys
	Factors    Factors
	Passkeys   PasskeyStore
	Links      LinkStore
	Sessions   Sessions
	Tries      Tries
	Ceremonies Ceremonies
	Log        AuditLog
	Applicants Applicants
	Parties    Parties
	Box        Box
	Demo       []string
	Origin     string
	SSO        *SSO
	Now        func() time.Time
	Trouble    *slog.Logger
}

// Parties reads parties.
type Parties interface {
	Party(ctx context.Context, id string) (trace.Party, bool, error)
}

// Box seals what second factors are made of.
type Box interface {
	Seal(label string, plain []byte) []byte
	Open(label string, sealed []byte) ([]byte, error)
}

// People keeps who may sign in.
type People interface {
	PersonByLogin(ctx context.Context, loginKey string) (record.Person, bool, error)
	Person(ctx context.Context, account string) (record.Person, bool, error)
	AddPerson(ctx context.Context, p record.Person, loginKey string) (bool, error)
	ConfirmPerson(ctx context.Context, account string) error
	ForgetPending(ctx context.Context, account string) error
	SetPassword(ctx context.Context, account, hash string, clearFactors bool, keep string) error
}

// Sessions keeps who is signed in, by the SHA-256 of their tokens.
type Sessions interface {
	AddSession(ctx context.Context, n record.Session, token, device [32]byte) error
	SessionByToken(
		ctx context.Context, token [32]byte, idle time.Duration,
	) (record.Account, record.Session, bool, error)
	Sessions(ctx context.Context, account string, idle time.Duration) ([]record.Session, error)
	EndSession(ctx context.Context, account, id string) (bool, error)
	EndSessions(ctx context.Context, account, keep string) error
	ConfirmSession(ctx context.Context, id string, token [32]byte) error
	KnowsDevice(ctx context.Context, account string, device [32]byte) (bool, error)
}

// Ceremonies keeps what has begun and waits for its next step.
type Ceremonies interface {
	Begin(ctx context.Context, token [32]byte, c record.Ceremony, lasts time.Duration) error
	Ceremony(ctx context.Context, token [32]byte, kind string) (record.Ceremony, bool, error)
	End(ctx context.Context, token [32]byte) (bool, error)
}

// AuditLog keeps what everybody did.
type AuditLog interface {
	Audit(ctx context.Context, e record.Audit) error
	AuditLog(ctx context.Context, f record.AuditFilter, p record.Paging) (record.Page[record.AuditEntry], error)
}

// Applicants enters strangers as applicants on the ledger.
type Applicants interface {
	EnterApplicant(ctx context.Context, c service.Caller, n parties.NewApplicant) error
}

// Visit is where somebody comes from: his network, his browser's own words, and
// the tokens that it brings of its device and of a step that waits.
type Visit struct {
	Network, Agent, Device, Step string
}

// Admission is somebody let in. Session and Device are the tokens to give to his
// browser, and nowhere else. With Step he is not in yet: his second factor is
// missing, and Step is the token to continue with.
type Admission struct {
	Session, Device, Step string
	Person                record.Person
}

func newToken() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func hashToken(token string) [32]byte { return sha256.Sum256([]byte(token)) }

// newAccount names an account of a party as nobody could have named one before.
func newAccount(party string) string {
	return party[:min(len(party), 30)] + "-" + strings.ToLower(rand.Text()[:8])
}

func (d *Desk) now() time.Time {
	if d.Now == nil {
		return time.Now()
	}
	return d.Now()
}

// note writes to the audit log what happened at the door, where no caller is
// known; status is what it was answered, as in HTTP.
func (d *Desk) note(ctx context.Context, p record.Person, action string, status int, detail any) error {
	return d.Log.Audit(
		ctx,
		record.Audit{
			Request:   rand.Text(),
			Account:   p.Account,
			Party:     p.Party,
			Operation: action,
			Action:    action,
			Detail:    detail,
			Status:    status,
		},
	)
}
