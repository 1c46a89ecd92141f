package api

import (
	"context"
	"crypto/subtle"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
)

// AccountFinder finds the account of a key by the key's hash, and gives the
// hash that is stored.
type AccountFinder interface {
	AccountByKey(ctx context.Context, keyHash [32]byte) (record.Account, [32]byte, bool, error)
}

// guard lets a request through to its handler: known key or session, permitted
// role and duty, not too often, not too large, valid by the document, and once per Idempotency-Key.
type guard struct {
	o      Options
	doc    *document
	limits *limits
	bodies *share.Bodies
	origin *http.CrossOriginProtection
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
		chains[id] = []echo.MiddlewareFunc{
			g.admit(id, policy),
			g.readBody(policy.maxBody),
			validate,
			few(policy.atOnce),
			once(g.o.Answers, g.o.Log, id),
			audited(g.o.Trails, id, r.Method),
		}
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

func (g *guard) admit(id string, policy permit) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			withValue(c, languageKey{}, languageOf(c.Request()))
			g.visit(c)
			if policy.isOpen() {
				if err := g.letIn(c, policy); err != nil {
					return err
				}
				return next(c)
			}
			account, session, err := g.authenticate(c)
			if err != nil {
				return err
			}
			if err := g.limits.account(c, account.Name, account.Party); err != nil {
				return err
			}
			role, err := policy.roleOf(account)
			if err != nil {
				return err
			}
			withValue(c, accountKey{}, account)
			setCaller(c, service.Caller{Account: account.Name, Role: role, Party: account.Party, Duty: account.Duty,
				Session: session.ID, ConfirmedAt: session.ConfirmedAt, Trail: g.trail(c, id)})
			return next(c)
		}
	}
}

// letIn holds back who comes without being known: applicants most.
func (g *guard) letIn(c echo.Context, policy permit) error {
	if err := g.origin.Check(c.Request()); err != nil {
		return refuse(problem.OriginRefused, "", "other_site")
	}
	if slices.Contains(policy.roles, stranger) {
		return g.limits.newcomer(c)
	}
	return g.limits.stranger(c)
}

// trail begins the request's line in the audit log. Its parameters are names of
// things, bounded as the router takes them.
func (g *guard) trail(c echo.Context, id string) *service.Trail {
	target := map[string]string{}
	for _, name := range c.ParamNames() {
		target[name] = truncated(pathParam(c, name), 80)
	}
	return &service.Trail{Request: requestID(c), Operation: id, Target: target}
}

func truncated(s string, most int) string {
	return strings.ToValidUTF8(s[:min(len(s), most)], "")
}

// authenticate finds the account of the request's key or session. Whoever has
// none is held back by address.
func (g *guard) authenticate(c echo.Context) (record.Account, record.Session, error) {
	if account, ok, err := g.byKey(c); ok || err != nil {
		return account, record.Session{}, err
	}
	if account, session, ok, err := g.bySession(c); ok || err != nil {
		return account, session, err
	}
	if err := g.limits.stranger(c); err != nil {
		return record.Account{}, record.Session{}, err
	}
	c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer")
	return record.Account{}, record.Session{}, refuse(problem.Unauthenticated, "", "sign_in")
}

func (g *guard) byKey(c echo.Context) (record.Account, bool, error) {
	key, ok := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
	if !ok {
		return record.Account{}, false, nil
	}
	hash := service.HashKey(key)
	account, stored, known, err := g.o.Accounts.AccountByKey(c.Request().Context(), hash)
	return account, known && subtle.ConstantTimeCompare(hash[:], stored[:]) == 1, err
}

// bySession reads the session's cookie, which browsers send on their own: so the
// request must come from a page of ours.
func (g *guard) bySession(c echo.Context) (account record.Account, session record.Session, ok bool, err error) {
	token := visitOf(c.Request().Context()).session
	if token == "" || c.Request().Header.Get(echo.HeaderAuthorization) != "" {
		return account, session, false, nil
	}
	if err := g.origin.Check(c.Request()); err != nil {
		return account, session, false, refuse(problem.OriginRefused, "", "other_site")
	}
	return g.o.Access.Authenticate(c.Request().Context(), token)
}
