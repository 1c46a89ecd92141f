package imports

// Read reads a file whose headings mean what they usually do.
func Read(kind Kind, file []byte) (File, error) { return ReadMapped(kind, file, Mapping{}) }
