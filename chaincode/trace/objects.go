package trace

import (
	"fmt"
	"reflect"
	"strings"
)

// Kind names a kind of object of the ledger.
type Kind string

// Object is a thing of the ledger as a transaction left it, whole. Key tells it from others of its kind.
type Object struct {
	Kind Kind
	Key  string
	Doc  any
}

// An objectifier is the type of an object. A field of Event of such a type, or a list of such, is
// an object that the transaction wrote; nothing else has to list it.
type objectifier interface{ object() Object }

// objectFields are the fields of an Event that hold objects.
var objectFields = fieldsOf(reflect.TypeFor[Event]())

func fieldsOf(event reflect.Type) (indices []int) {
	for i := range event.NumField() {
		if k := event.Field(i).Type.Kind(); k != reflect.Pointer && k != reflect.Slice {
			continue
		}
		if event.Field(i).Type.Elem().Implements(reflect.TypeFor[objectifier]()) {
			indices = append(indices, i)
		}
	}
	return indices
}

// Kinds gives every kind of object that an event can hold.
func Kinds() []Kind {
	var all []Kind
	event := reflect.TypeFor[Event]()
	for _, i := range objectFields {
		if k := objectOf(reflect.Zero(event.Field(i).Type.Elem())).Kind; len(all) == 0 || all[len(all)-1] != k {
			all = append(all, k)
		}
	}
	return all
}

// Objects gives what the event wrote, in the order of its fields.
func (e Event) Objects() []Object {
	var all []Object
	event := reflect.ValueOf(e)
	for _, i := range objectFields {
		field := event.Field(i)
		switch {
		case field.Kind() == reflect.Slice:
			for j := range field.Len() {
				all = append(all, objectOf(field.Index(j)))
			}
		case !field.IsNil():
			all = append(all, objectOf(field.Elem()))
		}
	}
	return all
}

func objectOf(v reflect.Value) Object {
	x, _ := v.Interface().(objectifier)
	return x.object()
}

// keyOf joins the parts of an object's key, none of which holds a NUL.
func keyOf(parts ...any) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = fmt.Sprint(p)
	}
	return strings.Join(texts, "\x00")
}
