package verdict

import (
	"fmt"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Message is what a finding has to say: what was found, what it means, what to
// do. Title is the finding in a few words, shown with the verdict's shape and
// colour; it and the last two are empty where a check passed.
type Message struct {
	Title, Found, Means, Do trace.Text
}

// Detail holds the facts of a finding. A text quotes one as {name}, see trace.Fill; each is
// written as its Go type asks: trace.Date and time.Time as a day in trace.Zone,
// trace.Text in the text's language.
type Detail map[string]any

// days is how long something took.
type days int

// fill writes the facts into the texts.
func (m Message) fill(d Detail) Message {
	return Message{d.fill(m.Title), d.fill(m.Found), d.fill(m.Means), d.fill(m.Do)}
}

func (d Detail) fill(t trace.Text) trace.Text {
	return trace.Text{
		ZhCN: trace.Fill(t.ZhCN, func(name string) string { return inChinese(d[name]) }),
		En:   trace.Fill(t.En, func(name string) string { return inEnglish(d[name]) }),
	}
}

func inChinese(value any) string {
	switch v := value.(type) {
	case trace.Text:
		return endless(v.ZhCN)
	case trace.RecallClass:
		return recallClasses[v].ZhCN
	case []string:
		return strings.Join(v, "、")
	case days:
		return fmt.Sprintf(" %d 天", int(v))
	case time.Time:
		return v.In(trace.Zone).Format("2006 年 1 月 2 日")
	}
	return fmt.Sprint(value)
}

func inEnglish(value any) string {
	switch v := value.(type) {
	case trace.Text:
		return endless(v.In("en"))
	case trace.RecallClass:
		return recallClasses[v].En
	case []string:
		return strings.Join(v, ", ")
	case days:
		if v == 1 {
			return "a day"
		}
		return fmt.Sprintf("%d days", int(v))
	case time.Time:
		return v.In(trace.Zone).Format("2 Jan 2006")
	case trace.Date:
		if t, err := time.Parse(time.DateOnly, string(v)); err == nil {
			return t.Format("2 Jan 2006")
		}
	}
	return fmt.Sprint(value)
}

// endless drops the full stop that somebody else's text may end in, because
// ours puts its own.
func endless(s string) string { return strings.TrimRight(strings.TrimSpace(s), "。.；;") }

var recallClasses = map[trace.RecallClass]trace.Text{
	trace.ClassI:   {ZhCN: "一级召回，缺陷可能严重危害健康", En: "This is a class I recall: the defect may seriously harm health"},
	trace.ClassII:  {ZhCN: "二级召回，缺陷可能危害健康", En: "This is a class II recall: the defect may harm health"},
	trace.ClassIII: {ZhCN: "三级召回，缺陷一般不会危害健康", En: "This is a class III recall: the defect is unlikely to harm health"},
}
