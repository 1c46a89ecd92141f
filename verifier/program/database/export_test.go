package database

// Allowed says what each program may do with a table, or with a function with its
// owner's rights; nil where it has no place in the rules.
func Allowed(schema, name string, function bool) map[string]string {
	o := object{schema: schema, name: name}
	if function {
		o.signature = "()"
	}
	return allowed(o)
}
