package access

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"github.com/skip2/go-qrcode"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Factors keeps what people show besides their password.
type Factors interface {
	SetTOTP(ctx context.Context, account string, sealed []byte, step int64, codes [][32]byte) error
	RemoveTOTP(ctx context.Context, account string) error
	UseTOTPStep(ctx context.Context, account string, step int64) (bool, error)
	UseRecoveryCode(ctx context.Context, account string, code [32]byte) (bool, error)
	RecoveryCodesLeft(ctx context.Context, account string) (int, error)
}

// Security is how somebody shows who he is.
type Security struct {
	Password      bool             `json:"password"`
	TOTP          bool             `json:"totp"`
	RecoveryCodes int              `json:"recoveryCodes"`
	Passkeys      []record.Passkey `json:"passkeys"`
	SSO           bool             `json:"sso"`
	Confirmed     bool             `json:"confirmed"`
}

// Security tells the caller how he shows who he is.
func (d *Desk) Security(ctx context.Context, c service.Caller) (s Security, err error) {
	p, err := d.self(ctx, c)
	if err != nil {
		return s, err
	}
	s = Security{Password: p.PasswordHash != "", TOTP: p.TOTPSecret != nil, Confirmed: d.mustBeFresh(c) == nil}
	if s.RecoveryCodes, err = d.Factors.RecoveryCodesLeft(ctx, c.Account); err != nil {
		return s, err
	}
	if s.SSO, err = d.Links.IsLinked(ctx, c.Account); err != nil {
		return s, err
	}
	s.Passkeys, err = d.Passkeys.Passkeys(ctx, c.Account)
	return s, err
}

// kindTOTP is the ceremony of a TOTP secret that is shown and not yet proved.
const kindTOTP = "totp"

// NewTOTP is a secret for an authenticator, as text and as a picture, shown this once.
type NewTOTP struct {
	Step   string `json:"step"`
	Secret string `json:"secret"`
	URI    string `json:"uri"`
	QR     string `json:"qr"`
}

func totpLabel(account string) string { return "totp/" + account }

// StartTOTP makes a secret. It counts once a code of it has been shown.
func (d *Desk) StartTOTP(ctx context.Context, c service.Caller) (NewTOTP, error) {
	p, err := d.self(ctx, c)
	if err != nil {
		return NewTOTP{}, err
	}
	if err := d.mustBeFresh(c); err != nil {
		return NewTOTP{}, err
	}
	if p.TOTPSecret != nil {
		return NewTOTP{}, refuse(FactorExists, "", "second_device")
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "试金石 Touchstone", AccountName: p.Login})
	if err != nil {
		return NewTOTP{}, err
	}
	step, err := d.begin(
		ctx,
		record.Ceremony{
			Kind:    kindTOTP,
			Account: c.Account,
			Data:    d.Box.Seal(totpLabel(c.Account), []byte(key.Secret())),
		},
	)
	if err != nil {
		return NewTOTP{}, err
	}
	qr, err := drawQR(key.URL())
	return NewTOTP{Step: step, Secret: key.Secret(), URI: key.URL(), QR: qr}, err
}

// drawQR draws a code as SVG, a module a unit.
func drawQR(text string) (string, error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return "", err
	}
	bitmap := code.Bitmap()
	var path bytes.Buffer
	for y, row := range bitmap {
		for x, dark := range row {
			if dark {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	n := len(bitmap)
	return fmt.Sprintf(
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><rect width="%d" height="%d" fill="#fff"/><path d="%s"/></svg>`,
		n,
		n,
		n,
		n,
		path.String(),
	), nil
}

// ConfirmTOTP switches TOTP on with a first code, and gives recovery codes. His
// other sessions end, for they have shown no code.
func (d *Desk) ConfirmTOTP(
	ctx context.Context, v Visit, c service.Caller, step, code string,
) ([]string, Admission, error) {
	codes, err := d.proveTOTP(ctx, v, c, step, code)
	if err != nil {
		return nil, Admission{}, err
	}
	if err := d.Sessions.EndSessions(ctx, c.Account, c.Session); err != nil {
		return nil, Admission{}, err
	}
	a, err := d.rotate(ctx, c, record.Person{Account: c.Account})
	return codes, a, err
}

func (d *Desk) proveTOTP(ctx context.Context, v Visit, c service.Caller, step, code string) ([]string, error) {
	ceremony, ok, err := d.Ceremonies.Ceremony(ctx, hashToken(step), kindTOTP)
	if err == nil && (!ok || ceremony.Account != c.Account) {
		err = expired()
	}
	if err != nil {
		return nil, err
	}
	secret, err := d.Box.Open(totpLabel(c.Account), ceremony.Data)
	if err != nil {
		return nil, err
	}
	if err := d.try(ctx, factorTries(v, c.Account, true)); err != nil {
		return nil, err
	}
	at, ok := stepOf(string(secret), code, d.now())
	if !ok {
		return nil, wrongCode()
	}
	if used, err := d.Ceremonies.End(ctx, hashToken(step)); !used || err != nil {
		return nil, orExpired(err)
	}
	codes, hashes := newRecoveryCodes()
	return codes, d.Factors.SetTOTP(ctx, c.Account, ceremony.Data, at, hashes)
}

// RemoveTOTP switches TOTP off; its recovery codes end with it.
func (d *Desk) RemoveTOTP(ctx context.Context, c service.Caller) error {
	if _, err := d.self(ctx, c); err != nil {
		return err
	}
	if err := d.mustBeFresh(c); err != nil {
		return err
	}
	return d.Factors.RemoveTOTP(ctx, c.Account)
}

// recoveryCodes is how many there are; each has 80 random bits, so that its hash
// cannot be searched.
const recoveryCodes = 10

func newRecoveryCodes() (codes []string, hashes [][32]byte) {
	for range recoveryCodes {
		t := rand.Text()[:16]
		codes = append(codes, t[:4]+"-"+t[4:8]+"-"+t[8:12]+"-"+t[12:])
		hashes = append(hashes, hashRecovery(t))
	}
	return codes, hashes
}

func hashRecovery(code string) [32]byte {
	return sha256.Sum256([]byte(strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code))))
}

// stepOf finds which 30 seconds a code is of: now, the last or the next (RFC 6238,
// section 5.2, for clocks that differ).
func stepOf(secret, code string, now time.Time) (int64, bool) {
	const period = 30
	for _, skew := range []int64{0, -1, 1} {
		step := now.Unix()/period + skew
		opts := totp.ValidateOpts{Period: period, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}
		if ok, err := totp.ValidateCustom(code, secret, time.Unix(step*period, 0), opts); ok && err == nil {
			return step, true
		}
	}
	return 0, false
}

// SecondFactor completes a sign-in with a code of the authenticator or a recovery code.
func (d *Desk) SecondFactor(ctx context.Context, v Visit, code string) (Admission, error) {
	token := hashToken(v.Step)
	ceremony, ok, err := d.Ceremonies.Ceremony(ctx, token, kindSecond)
	if !ok || err != nil {
		return Admission{}, orExpired(err)
	}
	p, ok, err := d.People.Person(ctx, ceremony.Account)
	if !ok || err != nil {
		return Admission{}, orExpired(err)
	}
	known, err := d.knows(ctx, v, p)
	if err != nil {
		return Admission{}, err
	}
	buckets := factorTries(v, p.Account, known)
	if err := d.try(ctx, buckets); err != nil {
		return Admission{}, err
	}
	by, ok, err := d.checkCode(ctx, p, code)
	if err == nil && !ok {
		err = d.note(
			ctx, p, "signInFailed", 401, map[string]string{"device": deviceName(v.Agent), "by": "second factor"},
		)
		if err == nil {
			err = wrongCode()
		}
	}
	if err != nil {
		return Admission{}, err
	}
	if used, err := d.Ceremonies.End(ctx, token); !used || err != nil {
		return Admission{}, orExpired(err)
	}
	if err := d.forgive(ctx, buckets); err != nil {
		return Admission{}, err
	}
	return d.admit(ctx, v, p, by)
}

// checkCode takes each code once.
func (d *Desk) checkCode(ctx context.Context, p record.Person, code string) (by string, ok bool, err error) {
	if p.TOTPSecret == nil {
		return "", false, nil
	}
	secret, err := d.Box.Open(totpLabel(p.Account), p.TOTPSecret)
	if err != nil {
		return "", false, err
	}
	if step, right := stepOf(string(secret), strings.ReplaceAll(code, " ", ""), d.now()); right {
		ok, err := d.Factors.UseTOTPStep(ctx, p.Account, step)
		return "totp", ok, err
	}
	ok, err = d.Factors.UseRecoveryCode(ctx, p.Account, hashRecovery(code))
	return "recovery code", ok, err
}

func wrongCode() error {
	return refuse(CodeWrong, "code", "code_shown_now")
}

func expired() error { return refuse(StepExpired, "", "begin_again") }

func orExpired(err error) error {
	if err != nil {
		return err
	}
	return expired()
}
