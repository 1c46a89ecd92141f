package api

import (
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Of two people who change one record, the second is told who was first, and
// what the first one wrote stays until the second has seen it.
func TestTwoPeopleChangeOneRecord(t *testing.T) {
	w := newWorld(t)
	w.person("ann", "maker", record.DutyOwner)
	w.person("bob", "maker", record.DutyOwner)
	w.person("eve", "maker", record.DutyReadOnly)
	w.stock(1)
	eve := w.must("eve", 200, "GET", "/api/v1/me", nil).body["account"].(string)
	design := func(name string, version int) object {
		return object{
			"name":    name,
			"version": version,
			"design":  object{"width": 60, "height": 40, "fields": []string{"lot"}},
		}
	}
	for _, c := range []struct {
		what, path    string
		first, second object
	}{
		{"a label design", "/api/v1/labels/designs/shared", design("安", 1), design("博", 1)},
		{"a printer", "/api/v1/labels/printers/shared", object{"name": "安", "version": 1}, object{"name": "博", "version": 1}},
		{"a presentation", presented, object{"story": object{"zh-CN": "安"}, "after": 1}, object{"story": object{"zh-CN": "博"}, "after": 1}},
		{"a duty", "/api/v1/team/" + eve, object{"duty": "goods", "was": "read_only"}, object{"duty": "warehouse", "was": "read_only"}},
	} {
		done := 200
		if strings.Contains(c.path, "/team/") {
			done = 204
		} else {
			base := object{}
			for k, v := range c.first {
				if k != "version" && k != "after" {
					base[k] = v
				}
			}
			w.must("ann", 200, "PUT", c.path, base)
		}
		w.must("ann", done, "PUT", c.path, c.first)
		a := w.refused("bob", 409, "CHANGED_MEANWHILE", "PUT", c.path, c.second)
		if detail, _ := a.body["detail"].(string); !strings.Contains(detail, "ann") {
			t.Errorf("%s: %q does not say that ann was first", c.what, detail)
		}
	}
	w.refused("bob", 409, "CHANGED_MEANWHILE", "PUT", "/api/v1/labels/designs/deleted", design("博", 3))
	if d := w.must("ann", 200, "GET", "/api/v1/labels/designs", nil).body["designs"].([]any)[0].(object); d["name"] != "安" ||
		d["version"] != 2.0 {
		t.Errorf("the design is %v", d)
	}
	w.must("bob", 200, "PUT", "/api/v1/labels/designs/shared", design("博", 2))
	w.must("bob", 204, "PUT", "/api/v1/team/"+eve, object{"duty": "warehouse", "was": "goods"})
}
