package api

import (
	"errors"
	"math/big"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// misfit says what the document asks of a value that is not so, without quoting the value.
func misfit(e *openapi3.SchemaError, field string) *trace.Error {
	asked := askedOf(e)
	switch e.SchemaField {
	case "required":
		return refuse(trace.FieldInvalid, field, "property_missing")
	case "properties", "additionalProperties":
		return refuse(trace.FieldInvalid, field, "property_unknown")
	case "type":
		return refuse(trace.FieldInvalid, field, "type", "types", asked.names)
	case "enum":
		return trace.Refuse(trace.FieldInvalid, field, "one_of", "names", asked.names)
	case "minItems":
		return refuse(trace.FieldInvalid, field, "least_items", "least", asked.bound)
	case "maxItems":
		return refuse(trace.FieldInvalid, field, "most_items", "most", asked.bound)
	case "minLength":
		return refuse(trace.FieldInvalid, field, "least_characters", "least", asked.bound)
	case "maxLength":
		return trace.Refuse(trace.FieldInvalid, field, "at_most_characters", "most", asked.bound)
	case "minimum":
		return refuse(trace.FieldInvalid, field, "minimum", "least", asked.bound)
	case "maximum":
		return refuse(trace.FieldInvalid, field, "maximum", "most", asked.bound)
	case "pattern":
		return refuse(trace.FieldInvalid, field, "pattern", "pattern", trace.Beginning(100, asked.bound))
	case "format":
		return refuse(trace.FieldInvalid, field, "format", "format", trace.Beginning(100, asked.bound))
	}
	return refuse(trace.FieldInvalid, field, "misfit")
}

// asked is what a schema wants: names of types or values, or a bound as it is written.
type asked struct {
	names []any
	bound any
}

// askedOf reads it from the schema, or from the error of the other validator, by which parameters are held against it.
func askedOf(e *openapi3.SchemaError) asked {
	if e.Schema != nil {
		return askedBySchema(e.Schema, e.SchemaField)
	}
	verr, is := errors.AsType[*jsonschema.ValidationError](e)
	if !is {
		return asked{}
	}
	for len(verr.Causes) == 1 {
		verr = verr.Causes[0]
	}
	return askedByKind(verr.ErrorKind)
}

func askedBySchema(s *openapi3.Schema, keyword string) (a asked) {
	switch keyword {
	case "type":
		a.names = typesOf(s.Type.Slice())
	case "enum":
		a.names = s.Enum
	case "minItems":
		a.bound = s.MinItems
	case "maxItems":
		a.bound = valueOf(s.MaxItems)
	case "minLength":
		a.bound = s.MinLength
	case "maxLength":
		a.bound = valueOf(s.MaxLength)
	case "minimum":
		a.bound = valueOf(s.Min)
	case "maximum":
		a.bound = valueOf(s.Max)
	case "pattern":
		a.bound = s.Pattern
	case "format":
		a.bound = s.Format
	}
	return a
}

func askedByKind(k jsonschema.ErrorKind) asked {
	switch k := k.(type) {
	case *kind.Type:
		return asked{names: typesOf(k.Want)}
	case *kind.Enum:
		return asked{names: k.Want}
	case *kind.MinItems:
		return asked{bound: k.Want}
	case *kind.MaxItems:
		return asked{bound: k.Want}
	case *kind.MinLength:
		return asked{bound: k.Want}
	case *kind.MaxLength:
		return asked{bound: k.Want}
	case *kind.Minimum:
		return asked{bound: decimal(k.Want)}
	case *kind.Maximum:
		return asked{bound: decimal(k.Want)}
	case *kind.Pattern:
		return asked{bound: k.Want}
	case *kind.Format:
		return asked{bound: k.Want}
	}
	return asked{}
}

// typesOf leaves out that a value may be null, which nobody sends on purpose.
func typesOf(names []string) (types []any) {
	for _, name := range names {
		if name != openapi3.TypeNull {
			types = append(types, name)
		}
	}
	return types
}

// unknownProperty gives one that the schema does not have, "" where there is none whose name can be told.
func unknownProperty(e *openapi3.SchemaError) string {
	value, is := e.Value.(map[string]any)
	if !is || e.Schema == nil {
		return ""
	}
	var unknown []string
	for name := range value {
		if e.Schema.Properties[name] == nil && plainName.MatchString(name) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) == 0 {
		return ""
	}
	return slices.Min(unknown)
}

func valueOf[T any](bound *T) (v T) {
	if bound != nil {
		v = *bound
	}
	return v
}

func decimal(x *big.Rat) string {
	if x.IsInt() {
		return x.Num().String()
	}
	return x.FloatString(2)
}
