package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
)

// Every problem is told in the language that was asked for: each reason's title and who can mend it, what the
// gateway itself makes of an error, and who may not call what. That each message of a refusal has its
// Chinese, chaincode/trace holds.
func TestEveryProblemIsInTheLanguageAskedFor(t *testing.T) {
	var problems []*trace.Error
	for _, code := range problem.Gateway.Codes() {
		problems = append(problems, &trace.Error{Code: code})
	}
	for _, err := range []error{
		&http.MaxBytesError{Limit: 5}, record.ErrConflict, record.ErrTakenOver, &record.Unavailable{}, share.ErrOwn, share.ErrAll,
		&json.UnmarshalTypeError{Field: "quantity"}, echo.ErrNotFound, echo.ErrMethodNotAllowed, echo.ErrBadRequest, errors.New("a fault"),
	} {
		problems = append(problems, classify(err))
	}
	for _, p := range policies {
		for _, a := range []record.Account{{Role: record.RoleCreator, Roles: []trace.Role{record.RoleCreator}}, {Role: trace.RoleSeller, Roles: trace.Roles, Duty: record.DutyReadOnly}} {
			if _, err := p.roleOf(a); err != nil && !p.isOpen() {
				problems = append(problems, classify(err))
			}
		}
	}
	han := regexp.MustCompile(`\p{Han}`)
	for language, wanted := range map[string]bool{"zh-CN,en;q=0.5": true, "en": false} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Language", language)
		c := echo.New().NewContext(r, httptest.NewRecorder())
		for _, e := range problems {
			p := problemOf(c, e)
			for _, told := range []string{p.Title, p.Detail} {
				if told != "" && han.MatchString(told) != wanted {
					t.Errorf("in %s %s says %q", language, e.Code, told)
				}
			}
		}
	}
}
