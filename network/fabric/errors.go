package fabric

import (
	"bytes"
	"fmt"
	"strings"
)

// commandError is a Fabric command that failed.
type commandError struct {
	Command string
	Said    []byte
}

func (e *commandError) Error() string {
	lines := strings.Split(strings.TrimSpace(string(e.Said)), "\n")
	return fmt.Sprintf("%s: %s", e.Command, lines[len(lines)-1])
}

func (e *commandError) mentions(what string) bool { return bytes.Contains(e.Said, []byte(what)) }
