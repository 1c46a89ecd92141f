package web

import "time"

// clock is the time of day, moved.
type clock struct{ ahead time.Duration }

func (c *clock) now() time.Time { return time.Now().Add(c.ahead) }

func (c *clock) add(minutes int) { c.ahead += time.Duration(minutes) * time.Minute }

// toMonthsEnd goes to a minute before the next month.
func (c *clock) toMonthsEnd() {
	now := c.now().UTC()
	c.ahead += time.Date(now.Year(), now.Month()+1, 1, 0, -1, 0, 0, time.UTC).Sub(now)
}
