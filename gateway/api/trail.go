package api

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// TrailStore keeps the audit log.
type TrailStore interface {
	Audit(ctx context.Context, e record.Audit) error
	AuditResult(ctx context.Context, request, txID string, status int) error
}

// lookups are reads whose questions are long, so that they come as a body; what
// somebody looks at while he writes is none of what he did.
var lookups = []string{"resolveCodes", "previewImport", "previewRecall", "previewLabel", "previewPresentation"}

// audited notes every write in the audit log before it is done, and what came of
// it after. Reads of secrets note themselves (see service.audit), before they are
// answered.
func audited(trails TrailStore, operation, method string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		reads := method == http.MethodGet || slices.Contains(lookups, operation)
		return func(c echo.Context) error {
			caller := callerOf(c.Request().Context())
			if caller.Trail == nil {
				return next(c) // at the door, where nobody is known yet
			}
			ctx := context.WithoutCancel(c.Request().Context())
			if !reads {
				if err := trails.Audit(ctx, caller.Entry(caller.Trail.Operation, nil)); err != nil {
					return err
				}
			}
			err := next(c)
			if reads && !caller.Trail.Noted {
				return err
			}
			status, txID := resultOf(c, err, caller.Trail.TxID)
			return errors.Join(err, trails.AuditResult(ctx, caller.Trail.Request, txID, status))
		}
	}
}

func resultOf(c echo.Context, err error, txID string) (int, string) {
	var unknown *record.OutcomeUnknown
	switch {
	case errors.As(err, &unknown):
		return http.StatusAccepted, unknown.TxID
	case err != nil:
		return problem.Status(classify(err).Code), txID
	}
	return c.Response().Status, txID
}
