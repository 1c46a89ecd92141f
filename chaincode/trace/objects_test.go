package trace

import (
	"reflect"
	"slices"
	"testing"
)

// TestObjects: every struct that an event points to is an object, but for what it only tells of.
func TestObjects(t *testing.T) {
	told := map[string]bool{"Undoes": true, "Receipt": true, "Units": true, "Moves": true, "Lines": true}
	event := reflect.TypeFor[Event]()
	var held []string
	for _, i := range objectFields {
		held = append(held, event.Field(i).Name)
	}
	for i := range event.NumField() {
		f := event.Field(i)
		if k := f.Type.Kind(); (k == reflect.Pointer || k == reflect.Slice) && !told[f.Name] &&
			!slices.Contains(held, f.Name) {
			t.Errorf("%s is no object; give %s a method object", f.Name, f.Type.Elem().Name())
		}
	}
	e := Event{
		Case:   &Case{ID: "C-1"},
		Cases:  []Case{{ID: "C-2"}},
		Batch:  &Batch{GTIN: "1", Lot: "A"},
		Anchor: &Anchor{Log: "scans", From: 7},
	}
	var keys []string
	for _, o := range e.Objects() {
		keys = append(keys, string(o.Kind)+" "+o.Key)
	}
	want := []string{"batch 1\x00A", "case C-1", "case C-2", "anchor scans\x007"}
	if !reflect.DeepEqual(keys, want) {
		t.Errorf("%q, want %q", keys, want)
	}
	seen := map[Kind]bool{}
	for _, k := range Kinds() {
		if k == "" || seen[k] {
			t.Errorf("the kind %q is there twice, or has no name", k)
		}
		seen[k] = true
	}
}
