package webtest

import "time"

// Clock is the time of day, moved.
type Clock struct{ ahead time.Duration }

// Now gives it.
func (c *Clock) Now() time.Time { return time.Now().Add(c.ahead) }

// Add moves it by minutes.
func (c *Clock) Add(minutes int) { c.ahead += time.Duration(minutes) * time.Minute }

// ToMonthsEnd goes to a minute before the next month.
func (c *Clock) ToMonthsEnd() {
	now := c.Now().UTC()
	c.ahead += time.Date(now.Year(), now.Month()+1, 1, 0, -1, 0, 0, time.UTC).Sub(now)
}
