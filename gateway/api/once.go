package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"log/slog"
	"mime"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// AnswerStore remembers what a request with an Idempotency-Key was answered.
// holder names one attempt; the methods after ClaimKey do nothing for another.
type AnswerStore interface {
	ClaimKey(
		ctx context.Context, account, key, holder string, requestHash [32]byte,
	) (record.Claim, record.Answer, error)
	RenewKey(ctx context.Context, account, key, holder string) error
	AnswerKey(ctx context.Context, account, key, holder string, a record.Answer) error
	ReleaseKey(ctx context.Context, account, key, holder string) error
	SuspendKey(ctx context.Context, account, key, holder string) error
}

// attempt is one request with an Idempotency-Key while it runs.
type attempt struct {
	store                AnswerStore
	account, key, holder string
	log                  *slog.Logger
}

// once lets a POST with an Idempotency-Key happen once. A success is kept and
// given again; a refusal changed nothing and may be tried again; where the end
// is not known, the next repeat takes the request up and finds out (see
// service.Caller.Resumed).
func once(store AnswerStore, log *slog.Logger, operation string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			key := r.Header.Get("Idempotency-Key")
			if key == "" || callerOf(r.Context()).Account == "" || r.Method != http.MethodPost {
				return next(c)
			}
			caller := callerOf(r.Context())
			a := attempt{store: store, account: caller.Account, key: key, holder: rand.Text(), log: log}
			claim, answer, err := store.ClaimKey(r.Context(), a.account, a.key, a.holder, requestHash(r))
			if err != nil {
				return err
			}
			switch claim {
			case record.ClaimAnswered:
				return repeat(c, answer)
			case record.ClaimOtherRequest:
				return refuse(problem.KeyReused, "Idempotency-Key", "key_used")
			case record.ClaimInProgress:
				c.Response().Header().Set(echo.HeaderRetryAfter, "1")
				return errKeyInProgress
			}
			caller.Ref, caller.Resumed = caller.Account+"/"+key, claim == record.ClaimResumed
			caller.Hold = record.Hold{Account: a.account, Key: a.key, Holder: a.holder}
			setCaller(c, caller)
			return a.run(c, next, operation)
		}
	}
}

// run handles the request and keeps its answer before anybody sees it.
func (a attempt) run(c echo.Context, next echo.HandlerFunc, operation string) (err error) {
	ctx := context.WithoutCancel(c.Request().Context())
	renewing, stop := context.WithCancel(ctx)
	defer stop()
	go a.renew(renewing)
	response := c.Response()
	out := &recorder{ResponseWriter: response.Writer}
	response.Writer = out
	settled := false
	defer func() {
		response.Writer = out.ResponseWriter
		if !settled { // a panic
			_ = a.store.SuspendKey(ctx, a.account, a.key, a.holder)
		}
	}()
	err = next(c)
	settled = true
	if err != nil {
		return errors.Join(err, a.giveUp(ctx, err))
	}
	if !out.json() {
		if err := a.store.ReleaseKey(ctx, a.account, a.key, a.holder); err != nil {
			a.log.Warn("key not released", "requestId", requestID(c), "error", err) // its lease runs out
		}
		return nil
	}
	if err := a.store.AnswerKey(ctx, a.account, a.key, a.holder, out.answer(operation)); err != nil {
		a.log.Error(
			"answer not kept", "requestId", requestID(c), "error", err,
		) // it is true all the same; a repeat finds out
	}
	return out.send()
}

func (a attempt) giveUp(ctx context.Context, err error) error {
	var refused *trace.Error
	var unavailable *record.Unavailable
	if errors.As(err, &refused) || errors.As(err, &unavailable) {
		return a.store.ReleaseKey(ctx, a.account, a.key, a.holder)
	}
	return a.store.SuspendKey(ctx, a.account, a.key, a.holder)
}

var errKeyInProgress = refuse(problem.KeyInProgress, "Idempotency-Key", "key_running")

// renewEvery is well below the lease (see store.ClaimKey).
const renewEvery = 500 * time.Millisecond

func (a attempt) renew(ctx context.Context) {
	for wait.For(ctx, renewEvery) {
		_ = a.store.RenewKey(ctx, a.account, a.key, a.holder) // a lost lease is found out at the end
	}
}

// requestHash tells whether two requests are the same. The boundary of a form
// differs each time it is sent, so it does not count.
func requestHash(r *http.Request) [32]byte {
	body, _ := r.Body.(bodyBytes)
	content := body.all
	if _, params, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType)); err == nil &&
		params["boundary"] != "" {
		content = bytes.ReplaceAll(content, []byte(params["boundary"]), nil)
	}
	head := sha256.Sum256([]byte(r.Method + " " + r.URL.RequestURI()))
	return sha256.Sum256(append(head[:], content...))
}

// repeat gives a kept answer again.
func repeat(c echo.Context, a record.Answer) error {
	for k, v := range a.Headers {
		c.Response().Header().Set(k, v)
	}
	c.Response().Header().Set("Idempotent-Replayed", "true")
	return c.Blob(a.Status, a.Headers[echo.HeaderContentType], a.Body)
}
