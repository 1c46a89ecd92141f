package record

import (
	"fmt"
	"time"
)

// Changed is the error of who would overwrite what somebody else has changed
// since he looked: who that was, by name, and when. An empty By is nobody known,
// as where the thing was deleted.
type Changed struct {
	By string
	At time.Time
}

func (c *Changed) Error() string {
	if c.By == "" {
		return "somebody else has changed it since; look at it again"
	}
	return fmt.Sprintf("%s changed it at %s; look at it again", c.By, c.At.UTC().Format(time.RFC3339))
}
