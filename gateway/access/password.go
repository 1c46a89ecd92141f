package access

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"github.com/trustelem/zxcvbn"
	"golang.org/x/text/unicode/norm"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// hashing is what one password costs: OWASP's figures for argon2id, in KiB.
var hashing = &argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashers bounds how many passwords are hashed at a time, and so the memory.
var hashers = make(chan struct{}, 4)

// nobody's password is compared where there is no such login, so that the time
// of the answer does not tell.
var nobody, _ = argon2id.CreateHash("", hashing)

// The length of a password in characters; the longest guards the hash.
const minPassword, maxPassword = 10, 128

// checkPassword refuses a password that is soon guessed: too short, common, a
// pattern, or made of what is known about its owner.
func checkPassword(password string, about ...string) error {
	n := utf8.RuneCountInString(password)
	if n < minPassword || n > maxPassword {
		return refuse(PasswordWeak, "password", "password_length", "n", n, "least", minPassword, "most", maxPassword)
	}
	if zxcvbn.PasswordStrength(password, about).Score < 2 {
		return refuse(PasswordWeak, "password", "password_easy")
	}
	return nil
}

// hashPassword gives the PHC form of a password. NFC makes one password of what
// different keyboards send.
func hashPassword(ctx context.Context, password string) (string, error) {
	release, err := turn(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	return argon2id.CreateHash(norm.NFC.String(password), hashing)
}

// matches compares a password with a hash; an empty hash matches nothing and
// takes as long.
func matches(ctx context.Context, password, hash string) (bool, error) {
	release, err := turn(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	known := hash != ""
	if !known {
		hash = nobody
	}
	same, err := argon2id.ComparePasswordAndHash(norm.NFC.String(password), hash)
	return same && known, err
}

func turn(ctx context.Context) (release func(), err error) {
	select {
	case hashers <- struct{}{}:
		return func() { <-hashers }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// loginKey is the form in which logins are compared.
func loginKey(login string) string {
	return strings.ToLower(norm.NFKC.String(strings.TrimSpace(login)))
}

// checkLogin takes an e-mail address, a phone number, or any name in plain text.
func checkLogin(login string) error {
	if n := utf8.RuneCountInString(loginKey(login)); n < 2 || n > 80 {
		return refuse(trace.FieldInvalid, "login", "login_length", "least", 2, "most", 80)
	}
	return checkPlain("login", login)
}

func checkName(name string) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(name)); n < 1 || n > 40 {
		return trace.Refuse(trace.FieldInvalid, "name", "too_long", "n", n, "most", 40)
	}
	return checkPlain("name", name)
}

func checkPlain(field, text string) error {
	if strings.ContainsFunc(
		text,
		func(r rune) bool { return r < ' ' || r == 0x7f || r == utf8.RuneError || r >= 0x202a && r <= 0x202e },
	) {
		return trace.Refuse(trace.FieldInvalid, field, "control_characters")
	}
	return nil
}
