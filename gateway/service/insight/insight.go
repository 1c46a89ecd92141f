// Package insight tells merchants and creators what the scans of their goods add
// up to, and nothing of which a single shopper could be known.
package insight

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Insights adds up the log of scans.
type Insights interface {
	Insight(ctx context.Context, f record.InsightFilter) (record.Insight, error)
	OwnGTINs(ctx context.Context, party string, most int) ([]string, error)
	Sold(ctx context.Context, party, gtin string) (bool, error)
}

// Goods reads products.
type Goods interface {
	Product(ctx context.Context, gtin string) (record.Product, bool, error)
}

// Names gives products their names, by GTIN.
type Names interface {
	Names(ctx context.Context, gtins, parties []string) (map[string]trace.Text, error)
}

// Service answers for scans. All fields are required.
type Service struct {
	Insights Insights
	Goods    Goods
	Names    Names
	Now      func() time.Time
}

// SmallestGroup is the least number of shoppers of whom a figure is told. Figures are rounded down
// to multiples of it, each by itself, so that two of them subtracted tell of no smaller group
// either (docs/decisions/0050).
const SmallestGroup = 5

// InsightPeriods are the spans, in days up to yesterday, that can be asked for. There are no
// others, so that no two differ by less than a day.
var InsightPeriods = []int{7, 30, 90, 365}

// maxInsightGoods bounds how many products are added up.
const maxInsightGoods = 10_000

// Figure is a count that may be told, or hidden because too few shoppers are behind it.
type Figure struct {
	Key    string     `json:"key"`
	Name   trace.Text `json:"name,omitzero"`
	Count  int64      `json:"count"`
	Hidden bool       `json:"hidden,omitempty"`
}

// View is what a merchant learns of scans, or a creator of his links. ComplaintRate is complaints
// for each item scanned, missing where either is hidden.
type View struct {
	From          trace.Date     `json:"from"`
	To            trace.Date     `json:"to"` // the last day
	Days          []Figure       `json:"days"`
	Places        []Figure       `json:"places"`
	Unusual       []UnusualPlace `json:"unusual"`
	Goods         []Figure       `json:"goods"`
	Steps         []Figure       `json:"steps"`
	ComplaintRate *float64       `json:"complaintRate,omitempty"`
	Links         []LinkFigures  `json:"links"`
}

// Insight tells what the scans of the caller's products add up to, of what he sold where he makes
// none, or of everybody's for those who see all.
func (s *Service) Insight(ctx context.Context, c service.Caller, days int, gtin string) (View, error) {
	if !slices.Contains(InsightPeriods, days) {
		return View{}, trace.Refuse(trace.FieldInvalid, "days", "one_of", "names", InsightPeriods)
	}
	today := trace.DayOf(s.Now())
	f := record.InsightFilter{Before: today.AddDays(-2 * days), From: today.AddDays(-days), To: today}
	v := View{
		From:    f.From,
		To:      f.To.AddDays(-1),
		Days:    []Figure{},
		Places:  []Figure{},
		Unusual: []UnusualPlace{},
		Goods:   []Figure{},
		Steps:   []Figure{},
		Links:   []LinkFigures{},
	}
	if err := s.insightOf(ctx, c, gtin, &f); err != nil {
		return v, err
	}
	in, err := s.Insights.Insight(ctx, f)
	if err != nil {
		return v, err
	}
	v.Days, v.Places, v.Goods, v.Links = figures(in.Days), figures(in.Places), figures(in.Goods), linkFigures(in.Links)
	v.Unusual = unusualPlaces(v.Places, figures(in.Before))
	slices.SortFunc(v.Days, func(a, b Figure) int { return cmp.Compare(a.Key, b.Key) })
	for _, step := range in.Steps {
		if step.Own {
			v.Steps = append(v.Steps, Figure{Key: step.Name, Count: step.Count})
		} else {
			v.Steps = append(v.Steps, figure(record.Crowd{Key: step.Name, Count: step.Count, Devices: step.Devices}))
		}
	}
	v.ComplaintRate = rate(stepOf(v.Steps, "complained"), stepOf(v.Steps, "scanned"))
	return v, s.nameGoods(ctx, v.Goods)
}

// insightOf says whose figures a caller may see: a brand those of its products, another seller those of what he sold, a
// creator those of his links.
func (s *Service) insightOf(ctx context.Context, c service.Caller, gtin string, f *record.InsightFilter) (err error) {
	switch {
	case c.Role == record.RoleCreator:
		f.Creator = c.Handle()
	case !c.SeesAll() && c.Role != trace.RoleProducer:
		f.Seller = c.Party
	default:
		if f.GTINs, err = s.insightGoods(ctx, c, gtin); err == nil && len(f.GTINs) == 0 && !c.SeesAll() {
			f.Seller = c.Party
		}
		return err
	}
	f.GTINs = []string{}
	if gtin == "" {
		return nil
	}
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return err
	}
	f.GTINs = append(f.GTINs, g)
	if f.Creator != "" {
		return nil
	}
	sold, err := s.Insights.Sold(ctx, c.Party, g)
	_, err = service.Found(g, sold, err)(trace.ProductUnknown, "gtin", g)
	return err
}

func (s *Service) insightGoods(ctx context.Context, c service.Caller, gtin string) ([]string, error) {
	if gtin == "" {
		if c.SeesAll() {
			return []string{}, nil
		}
		return s.Insights.OwnGTINs(ctx, c.Party, maxInsightGoods)
	}
	g, err := trace.ParseGTIN(gtin)
	if err != nil {
		return nil, err
	}
	p, ok, err := s.Goods.Product(ctx, g)
	_, err = service.Found(p, ok && (c.SeesAll() || p.Owner == c.Party), err)(trace.ProductUnknown, "gtin", g)
	return []string{g}, err
}

func figures(crowds []record.Crowd) []Figure {
	all := []Figure{}
	for _, c := range crowds {
		all = append(all, figure(c))
	}
	slices.SortStableFunc(
		all, func(a, b Figure) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Key, b.Key)) },
	)
	return all
}

// figure hides what too few are behind and rounds the rest down.
func figure(c record.Crowd) Figure {
	if c.Devices < SmallestGroup {
		return Figure{Key: c.Key, Hidden: true}
	}
	return Figure{Key: c.Key, Count: c.Count - c.Count%SmallestGroup}
}

func (s *Service) nameGoods(ctx context.Context, goods []Figure) error {
	gtins := make([]string, len(goods))
	for i, g := range goods {
		gtins[i] = g.Key
	}
	names, err := s.Names.Names(ctx, gtins, []string{})
	for i := range goods {
		goods[i].Name = names[goods[i].Key]
	}
	return err
}
