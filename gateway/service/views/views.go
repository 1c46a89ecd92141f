// Package views keeps how people like to look at lists.
package views

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Views keeps views, each person's own. SaveView keeps none beyond what one may have.
type Views interface {
	Views(ctx context.Context, account, party, list string) ([]record.View, error)
	SaveView(ctx context.Context, account, party string, v record.View) (record.View, bool, error)
	DeleteView(ctx context.Context, account, party, id string) (bool, error)
}

// Service keeps views.
type Service struct{ Views Views }

// Bounds of a view, in characters.
const (
	maxViewName  = 60
	maxViewQuery = 1000
)

// viewLists are the lists that can have views.
var viewLists = []string{
	"products",
	"batches",
	"shipments",
	"containers",
	"recalls",
	"complaints",
	"inspections",
	"standards",
	"cases",
	"reviews",
	"alerts",
	"reports",
	"parties",
	"applications",
	"messages",
	"jobs",
	"imports",
	"audit",
	"deliveries",
}

// ListViews gives the caller's views of a list.
func (s *Service) ListViews(ctx context.Context, c service.Caller, list string) ([]record.View, error) {
	return s.Views.Views(ctx, c.Account, c.Party, list)
}

// SaveView keeps a view under its name, in place of the caller's one of that name.
func (s *Service) SaveView(ctx context.Context, c service.Caller, v record.View) (record.View, error) {
	v.Name = strings.TrimSpace(v.Name)
	switch {
	case !slices.Contains(viewLists, v.List):
		return v, trace.Refuse(trace.FieldInvalid, "list", "one_of", "names", viewLists)
	case v.Name == "" || utf8.RuneCountInString(v.Name) > maxViewName:
		return v, service.Refuse(trace.FieldInvalid, "name", "characters", "most", maxViewName)
	case utf8.RuneCountInString(v.Query) > maxViewQuery:
		return v, trace.Refuse(trace.FieldInvalid, "query", "at_most_characters", "most", maxViewQuery)
	}
	v.ID = strings.ToLower(service.NewID("v", c))
	saved, kept, err := s.Views.SaveView(ctx, c.Account, c.Party, v)
	if err == nil && !kept {
		err = service.Refuse(service.ViewLimit, "name", "delete_view")
	}
	return saved, err
}

// DeleteView forgets one of the caller's views.
func (s *Service) DeleteView(ctx context.Context, c service.Caller, id string) error {
	ok, err := s.Views.DeleteView(ctx, c.Account, c.Party, id)
	_, err = service.Found(id, ok, err)(service.ViewUnknown, "id", id)
	return err
}
