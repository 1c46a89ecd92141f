package views

import (
	"context"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// rest is what a test does not use.
type rest = Views

type kept struct {
	rest
	views []record.View
	full  bool
}

func (k *kept) SaveView(_ context.Context, _, _ string, v record.View) (record.View, bool, error) {
	if k.full {
		return v, false, nil
	}
	k.views = append(k.views, v)
	return v, true, nil
}

func (k *kept) DeleteView(_ context.Context, _, _, id string) (bool, error) { return id == "mine", nil }

func TestSaveViewKeepsToItsBounds(t *testing.T) {
	good := record.View{List: "batches", Name: " 快到期 ", Query: "status=released"}
	for name, x := range map[string]struct {
		change func(*record.View)
		full   bool
		code   trace.Code
		field  string
	}{
		"good":         {code: ""},
		"no such list": {change: func(v *record.View) { v.List = "passwords" }, code: trace.FieldInvalid, field: "list"},
		"no name":      {change: func(v *record.View) { v.Name = " " }, code: trace.FieldInvalid, field: "name"},
		"a long name":  {change: func(v *record.View) { v.Name = strings.Repeat("名", 61) }, code: trace.FieldInvalid, field: "name"},
		"the longest":  {change: func(v *record.View) { v.Name = strings.Repeat("名", 60) }},
		"a long query": {change: func(v *record.View) { v.Query = strings.Repeat("q", 1001) }, code: trace.FieldInvalid, field: "query"},
		"one too many": {full: true, code: service.ViewLimit, field: "name"},
	} {
		k := &kept{full: x.full}
		v := good
		if x.change != nil {
			x.change(&v)
		}
		saved, err := (&Service{Views: k}).SaveView(t.Context(), service.Caller{Account: "li", Party: "maker"}, v)
		e, _ := trace.Refused(err)
		if trace.CodeOf(err) != x.code || e != nil && e.Field != x.field {
			t.Errorf("%s: %v", name, err)
		}
		if x.code == "" && (len(k.views) != 1 || saved.Name != strings.TrimSpace(v.Name) || saved.ID == "") {
			t.Errorf("%s: saved %+v", name, saved)
		}
	}
}

func TestDeleteViewKnowsOnlyOnesOwn(t *testing.T) {
	s := &Service{Views: &kept{}}
	if err := s.DeleteView(t.Context(), service.Caller{}, "mine"); err != nil {
		t.Error(err)
	}
	if err := s.DeleteView(t.Context(), service.Caller{}, "another's"); trace.CodeOf(err) != service.ViewUnknown {
		t.Error(err)
	}
}
