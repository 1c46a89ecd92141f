// Package page is what all pages of the verifier have in common: the frame around them, their style and
// policy, the reader's language, their texts and scripts, the forms that they send, and the page of a
// problem. It knows nothing of units and keeps nothing.
package page

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// Frame is what every page has: the reader's language and the links to change it.
type Frame struct {
	Lang    string
	Chinese string // link to this page in Chinese
	English string
	room    *Room
}

// Frame gives the frame of an answer to a request. The links to change the language keep what is given of the query.
func (m *Room) Frame(r *http.Request, keep url.Values) Frame {
	link := func(lang string) string {
		q := url.Values{"lang": {lang}}
		for name := range keep {
			q.Set(name, keep.Get(name))
		}
		return "?" + q.Encode()
	}
	return Frame{Lang: LanguageOf(r), Chinese: link(wording.Chinese), English: link(wording.English), room: m}
}

// T gives one of the page's own texts.
func (f Frame) T(name string) string { return f.room.Word(name).In(f.Lang) }

// Say gives one that quotes facts.
func (f Frame) Say(name string, facts wording.Args) string {
	return f.room.Word(name).With(facts).In(f.Lang)
}

// In gives a text in the reader's language. Dates and counts stay on one line,
// as far as a space or a hyphen would let them be broken.
func (f Frame) In(t trace.Text) string {
	return englishDate.ReplaceAllString(unbroken.Replace(t.In(f.Lang)), "$1\u00a0$2\u00a0$3")
}

var englishDate = regexp.MustCompile(`(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})`)

var unbroken = strings.NewReplacer(
	" 月 ", "\u00a0月\u00a0", " 年", "\u00a0年", " 月", "\u00a0月", " 日", "\u00a0日", " 次", "\u00a0次", "-0",
	"-\u20600", "-1", "-\u20601", "-2", "-\u20602", "-3", "-\u20603",
)

// Day writes a date for the reader.
func (f Frame) Day(d trace.Date) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil || f.Lang == wording.Chinese {
		return string(d)
	}
	return t.Format("2\u00a0Jan\u00a02006")
}

// Time writes a moment as its day, for the reader.
func (f Frame) Time(t time.Time) string { return f.Day(trace.DayOf(t)) }

// Moment writes a day and a time of day, as clocks in China show it.
func (f Frame) Moment(t time.Time) string {
	return f.Say("moment", wording.Args{"day": f.Time(t), "clock": t.In(trace.Zone).Format("15:04")})
}
