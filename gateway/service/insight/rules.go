package insight

import (
	"net/url"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Everything here is made of figures that are told already, rounded and with the small ones hidden,
// and so tells no more than they do.

// LinkFigures are to how many a creator's, a seller's or a campaign's links were shown, how many
// opened one, and for a creator how many then opened a link to buy as well. Rate is the part that
// opened one, Conversion the part of those that went on to buy.
type LinkFigures struct {
	By         string     `json:"by"`
	Key        string     `json:"key"`
	Name       trace.Text `json:"name,omitzero"`
	Shown      Figure     `json:"shown"`
	Opened     Figure     `json:"opened"`
	Bought     *Figure    `json:"bought,omitempty"`
	Rate       *float64   `json:"rate,omitempty"`
	Conversion *float64   `json:"conversion,omitempty"`
}

func linkFigures(crowds []record.LinkCrowds) []LinkFigures {
	all := []LinkFigures{}
	for _, c := range crowds {
		l := LinkFigures{By: c.By, Key: c.Key, Name: c.Name, Shown: figure(c.Shown), Opened: figure(c.Opened)}
		l.Rate = rate(l.Opened, l.Shown)
		if c.By == "campaign" {
			if name, err := url.QueryUnescape(c.Key); err == nil {
				l.Key = name
			}
		}
		if c.By == "creator" {
			bought := figure(c.Bought)
			l.Bought, l.Conversion = &bought, rate(bought, l.Opened)
		}
		all = append(all, l)
	}
	return all
}

// rate is a part of a whole; nil where either is hidden or the whole is nothing.
func rate(part, whole Figure) *float64 {
	if part.Hidden || whole.Hidden || whole.Count == 0 {
		return nil
	}
	r := min(1, float64(part.Count)/float64(whole.Count))
	return &r
}

func stepOf(steps []Figure, key string) Figure {
	if i := slices.IndexFunc(steps, func(f Figure) bool { return f.Key == key }); i >= 0 {
		return steps[i]
	}
	return Figure{Key: key, Hidden: true}
}

// A place is unusual where its part of all scans is unusualTimes what it was in as many days
// before, and it has unusualLeast scans. Where there were no scans before nothing is unusual.
const (
	unusualTimes = 3
	unusualLeast = 20
)

// UnusualPlace is a place with far more of the scans than before.
type UnusualPlace struct {
	Key    string `json:"key"`
	Count  int64  `json:"count"`
	Before int64  `json:"before"`
}

func unusualPlaces(now, before []Figure) []UnusualPlace {
	all, was := []UnusualPlace{}, map[string]int64{}
	for _, f := range before {
		was[f.Key] = f.Count
	}
	nowAll, beforeAll := sumOf(now), sumOf(before)
	for _, f := range now {
		if f.Key != "" && beforeAll > 0 && f.Count >= unusualLeast &&
			f.Count*beforeAll >= unusualTimes*was[f.Key]*nowAll {
			all = append(all, UnusualPlace{f.Key, f.Count, was[f.Key]})
		}
	}
	return all
}

func sumOf(figures []Figure) (sum int64) {
	for _, f := range figures {
		sum += f.Count
	}
	return sum
}
