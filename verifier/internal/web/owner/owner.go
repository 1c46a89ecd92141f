package owner

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// newOwnerKey makes a key pair for whoever cannot make one: the public key as
// the ledger has it, and the private key as it stands in the owner's link.
func newOwnerKey() (public, secret string) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err) // never: see crypto/rand
	}
	return ownerPair(key)
}

// ownerKeyNamed is the key pair of a claim that names itself, each time it is
// sent: whoever knows the name, which nobody can guess, has lost nothing with an
// answer. Errors: trace.FieldInvalid.
func (h *Handler) ownerKeyNamed(u verdict.Unit, name string) (public, secret string, err error) {
	if len(name) < minClaimName || len(name) > maxClaimName {
		return "", "", page.Refuse(
			trace.FieldInvalid, "Idempotency-Key", "claim_name", "least", minClaimName, "most", maxClaimName,
		)
	}
	for try := 0; ; try++ {
		m := h.Visitors.Keyed("owner's key")
		fmt.Fprintf(m, "%s\x00%s\x00%d\x00%s\x00%d", u.GTIN, u.Lot, u.Index, name, try)
		if key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), m.Sum(nil)); err == nil { // but for one in 2^32
			public, secret = ownerPair(key)
			return public, secret, nil
		}
	}
}

// Bounds of a claim's name: 22 characters of base64url are 128 bits.
const (
	minClaimName = 22
	maxClaimName = 255
)

func ownerPair(key *ecdsa.PrivateKey) (public, secret string) {
	point, err := key.PublicKey.Bytes()
	private, err2 := key.Bytes()
	if err = errors.Join(err, err2); err != nil {
		panic(err) // never of a key just made
	}
	return hex.EncodeToString(point), base64.RawURLEncoding.EncodeToString(private)
}

// ownerLink is the path of an owner's secret link. The secret is in the
// fragment, which a browser sends to nobody.
func (h *Handler) ownerLink(secret string, asked codes.Code) string {
	return "/owner#" + secret + asked.Path()
}

// ownerRequest is what an owner signed: see trace.OwnerRequest.
type ownerRequest struct {
	URI       string `json:"uri"`
	Act       string `json:"act"`
	Owner     string `json:"owner,omitempty"`
	Signature string `json:"signature"`
}

var ownerActs = map[string]trace.Transaction{
	"pass_on":         trace.PassOnUnit,
	"renew_key":       trace.RenewOwnerKey,
	"report_stolen":   trace.ReportUnitStolen,
	"withdraw_report": trace.WithdrawStolenReport,
}

// Act hands in what an owner signed. Whatever is wrong with a signature, or
// with the claim to own the unit, is answered alike.
func (h *Handler) Act(c echo.Context) error {
	var request ownerRequest
	if err := page.ReadJSON(c, &request); err != nil {
		return err
	}
	act, known := ownerActs[request.Act]
	if !known {
		return trace.Refuse(trace.FieldInvalid, "act", "one_of", "names", slices.Sorted(maps.Keys(ownerActs)))
	}
	asked := h.Codes.ReadURI(request.URI)
	if asked.State != verdict.CodeIssued {
		return asked.NotIssued()
	}
	r := trace.OwnerRequest{
		GTIN:      asked.Unit.GTIN,
		Lot:       asked.Unit.Lot,
		Index:     asked.Unit.Index,
		Owner:     request.Owner,
		Signature: request.Signature,
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), activateTime)
	defer cancel()
	if err := h.mayAct(ctx, asked.Unit, act, r); err != nil {
		return err
	}
	done, err := h.Activator.Act(ctx, act, r)
	answer, err := h.outcome(ctx, asked.Unit, statusWritten, done, err)
	if err != nil {
		return err
	}
	return c.JSON(statusOfAnswer(answer), answer)
}

// mayAct asks what the ledger will ask, so that only what it would take is sent there.
func (h *Handler) mayAct(ctx context.Context, u verdict.Unit, act trace.Transaction, r trace.OwnerRequest) error {
	if h.Activator == nil {
		return page.Refuse(problem.Unavailable, "", "no_ledger")
	}
	if err := r.Check(); err != nil {
		return err
	}
	records, err := h.Records.Records(ctx, u)
	if err != nil {
		h.Log.Error("no records for an owner", "error", err)
		return page.Refuse(problem.Unavailable, "", "record_not_now")
	}
	var owned trace.OwnedUnit
	if records.Owned != nil {
		owned = *records.Owned
	}
	if err := owned.Signed(act, r.Owner, r.Signature); err != nil {
		return err
	}
	_, err = owned.After(act, r.Owner, h.Visitors.Now())
	return err
}

// ownerPage is the same for everybody: what it shows stands in the fragment of
// its address, which only the phone reads.
type ownerPage struct {
	page.Frame
	Words
	Script string
}

// Page answers with it.
func (h *Handler) Page(c echo.Context) error {
	c.Response().Header().Set("Vary", "Accept-Language")
	f := room.Frame(c.Request(), nil)
	return room.Render(c, http.StatusOK, "owner.html", ownerPage{f, WordsIn(f.Lang), PageScript.Path})
}
