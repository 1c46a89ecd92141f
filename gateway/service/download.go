package service

import "io"

// Download is a file that is made while it is written. Write refuses with a
// *trace.Error, before it writes anything, what cannot be printed.
type Download struct {
	ContentType string
	Name        string
	Size        int64 // in bytes, 0 where it is not known yet
	Write       func(io.Writer) error
}
