package privacy

// Columns are all that the page tells of.
func Columns() (all []string) {
	for _, k := range keepings {
		all = append(all, k.columns...)
	}
	return all
}
