package service

import (
	"fmt"
	"runtime/debug"
)

// Guarded calls f and turns its panic into an error: work beside a request must
// not end the whole process.
func Guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return f()
}
