package verdict

import (
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// How facts are written within a text, in its language.
type (
	quoted struct{ trace.Text } // what somebody else wrote
	list   []string
	moment time.Time
	date   trace.Date
	days   int // how long something took
)

var (
	separator    = text("list.separator")
	momentLayout = text("layout.moment")
	dateLayout   = text("layout.date")
	dayCount     = texts.Message("n.days")
)

func (q quoted) In(lang string) string { return endless(q.Text.In(lang)) }

func (l list) In(lang string) string { return strings.Join(l, separator.In(lang)) }

func (m moment) In(lang string) string {
	return time.Time(m).In(trace.Zone).Format(momentLayout.In(lang))
}

func (d date) In(lang string) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return t.Format(dateLayout.In(lang))
}

func (d days) In(lang string) string { return dayCount.Count(lang, int(d)) }

// endless drops the full stop that somebody else's text may end in, because
// ours puts its own.
func endless(s string) string { return strings.TrimRight(strings.TrimSpace(s), "。.；;") }
