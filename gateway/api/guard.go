package api

import (
	"bytes"
	"context"
	"crypto/subtle"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// AccountFinder finds the account of a key by the key's hash, and gives the
// hash that is stored.
type AccountFinder interface {
	AccountByKey(ctx context.Context, keyHash [32]byte) (record.Account, [32]byte, bool, error)
}

// guard lets a request through to its handler: known key, permitted role, not
// too often, not too large, valid by the document, and once per Idempotency-Key.
type guard struct {
	o      Options
	doc    *document
	limits *limits
}

// chains gives every operation its middleware. An operation without a policy,
// or a policy without an operation, is an error.
func (g *guard) chains() (map[string][]echo.MiddlewareFunc, error) {
	chains := map[string][]echo.MiddlewareFunc{}
	for id, r := range g.doc.routes() {
		policy, ok := policies[id]
		if !ok {
			return nil, fmt.Errorf("operation %s has no policy", id)
		}
		validate := validator(r, isForm(r.Operation))
		chains[id] = []echo.MiddlewareFunc{g.admit(policy), few(policy.atOnce), readBody(policy.maxBody), validate, once(g.o.Answers, g.o.Log, id)}
	}
	for id := range policies {
		if chains[id] == nil {
			return nil, fmt.Errorf("policy for %s, which is no operation", id)
		}
	}
	return chains, nil
}

type callerKey struct{}

// callerOf gives the caller that admit let in.
func callerOf(ctx context.Context) service.Caller {
	c, _ := ctx.Value(callerKey{}).(service.Caller)
	return c
}

func setCaller(c echo.Context, caller service.Caller) { withValue(c, callerKey{}, caller) }

// languageKey finds the caller's language in a request's context.
type languageKey struct{}

func withValue(c echo.Context, key, value any) {
	r := c.Request()
	c.SetRequest(r.WithContext(context.WithValue(r.Context(), key, value)))
}

func (g *guard) admit(policy access) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if slices.Contains(policy.roles, stranger) {
				withValue(c, languageKey{}, languageOf(c.Request()))
				if err := g.limits.newcomer(c); err != nil {
					return err
				}
				return next(c)
			}
			account, err := g.authenticate(c)
			if err != nil {
				return err
			}
			if err := g.limits.account(c, account.Name); err != nil {
				return err
			}
			if !slices.Contains(policy.roles, account.Role) {
				return trace.Errorf(trace.NotAllowed, "", "this call is for the roles %v; your account has the role %s", policy.roles, account.Role)
			}
			withValue(c, languageKey{}, languageOf(c.Request()))
			setCaller(c, service.Caller{Account: account.Name, Role: account.Role, Party: account.Party})
			return next(c)
		}
	}
}

// authenticate finds the account of the request's key. Whoever has none is held
// back by address.
func (g *guard) authenticate(c echo.Context) (record.Account, error) {
	key, ok := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
	if ok {
		hash := service.HashKey(key)
		account, stored, known, err := g.o.Accounts.AccountByKey(c.Request().Context(), hash)
		if err != nil {
			return record.Account{}, err
		}
		if known && subtle.ConstantTimeCompare(hash[:], stored[:]) == 1 {
			return account, nil
		}
	}
	if err := g.limits.stranger(c); err != nil {
		return record.Account{}, err
	}
	c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer")
	return record.Account{}, trace.Errorf(Unauthenticated, "", "send your API key as Authorization: Bearer KEY")
}

// few lets only some costly calls run at a time and sends the others away.
func few(atOnce int) echo.MiddlewareFunc {
	running := make(chan struct{}, atOnce)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if atOnce == 0 {
			return next
		}
		return func(c echo.Context) error {
			select {
			case running <- struct{}{}:
				defer func() { <-running }()
				return next(c)
			default:
				c.Response().Header().Set(echo.HeaderRetryAfter, "2")
				return trace.Errorf(TooOften, "", "%d such calls are running; ask again in 2 s", atOnce)
			}
		}
	}
}

// readBody reads the body once, as far as it may be long, for everything that
// looks at it later.
func readBody(limit int64) echo.MiddlewareFunc {
	if limit == 0 {
		limit = usualBody
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, limit))
			if err != nil {
				return err
			}
			setBody(r, body)
			return next(c)
		}
	}
}

// bodyBytes is a body that can be read again.
type bodyBytes struct {
	*bytes.Reader
	all []byte
}

func (bodyBytes) Close() error { return nil }

func setBody(r *http.Request, body []byte) {
	r.Body, r.ContentLength = bodyBytes{bytes.NewReader(body), body}, int64(len(body))
}
