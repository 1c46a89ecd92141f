package story

import (
	"bytes"
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/reports"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Format is how a report is written; what it means is in gateway/reports.
type Format = reports.Format

// File is a file to save.
type File struct {
	Name, ContentType string
	Content           []byte
}

// maxReportRows bounds a report's steps: a batch of a million units may have as many sales.
const maxReportRows = 20_000

// TraceReport writes the story of a batch, or of one unit, as a file, each step with the transaction that proves it.
func (s *Service) TraceReport(
	ctx context.Context, c service.Caller, gtin, lot, serial string, format reports.Format, language string,
) (File, error) {
	p, err := s.storyOf(ctx, c, gtin, lot, serial)
	if err != nil {
		return File{}, err
	}
	if len(p.Events) > maxReportRows {
		return File{}, service.Refuse(
			trace.FieldInvalid, "serial", "story_too_long", "steps", len(p.Events), "most", maxReportRows,
		)
	}
	product, _, err := s.Store.Product(ctx, p.GTIN)
	if err != nil {
		return File{}, err
	}
	r := traceReport(p, product.Name, s.Now(), language)
	if r.Pictures, err = s.Store.ShownPictures(ctx, p.GTIN, 2); err != nil {
		return File{}, err
	}
	var out bytes.Buffer
	err = reports.Write(&out, format, r)
	name := strings.NewReplacer("/", "_", `\`, "_").Replace("trace-" + p.GTIN + "-" + p.Lot + "." + string(format))
	return File{Name: name, ContentType: reports.ContentTypes[format], Content: out.Bytes()}, err
}

func (s *Service) storyOf(ctx context.Context, c service.Caller, gtin, lot, serial string) (record.Provenance, error) {
	if serial != "" {
		return s.TraceUnit(ctx, c, gtin, lot, serial)
	}
	return s.TraceBatch(ctx, c, gtin, lot)
}

// reportWords are a report's own words.
var reportWords = trace.Table[string](
	texts, "report", "title", "product", "gtin", "lot", "serial", "quantity", "made", "steps", "now", "related",
	"at", "step", "by", "way", "units", "block", "tx", "endorsed", "state", "depth", "closing",
)

func traceReport(p record.Provenance, name trace.Text, now time.Time, language string) reports.Report {
	say := func(key string) string { return reportWords[key].In(language) }
	r := reports.Report{Title: say("title") + " " + p.GTIN + " " + p.Lot, Closing: say("closing"), Facts: [][2]string{
		{
			say("product"),
			name.In(language),
		},
		{say("gtin"), p.GTIN},
		{say("lot"), p.Lot},
		{say("quantity"), strconv.FormatInt(p.Quantity, 10)},
		{say("made"), now.In(trace.Zone).Format(time.DateTime)},
	}}
	if p.Serial != "" {
		r.Facts = append(r.Facts, [2]string{say("serial"), p.Serial})
	}
	steps := reports.Table{
		Title: say("steps"),
		Columns: []string{
			say("at"),
			say("step"),
			say("by"),
			say("way"),
			say("units"),
			say("block"),
			say("tx"),
			say("endorsed"),
		},
		Shares: []float64{0.11, 0.12, 0.11, 0.14, 0.06, 0.06, 0.24, 0.16},
	}
	for _, e := range p.Events {
		way := ""
		if e.To != "" {
			way = e.From + " > " + e.To
		}
		steps.Rows = append(
			steps.Rows,
			[]string{
				e.At.In(trace.Zone).Format(time.DateTime),
				e.Type.Text().In(language),
				e.By,
				way,
				strconv.FormatInt(e.Units, 10),
				strconv.FormatUint(e.Block, 10),
				e.TxID,
				strings.Join(e.Endorsers, ", "),
			},
		)
	}
	held := reports.Table{
		Title:   say("now"),
		Columns: []string{say("by"), say("state"), say("way"), say("units")},
		Shares:  []float64{0.3, 0.2, 0.3, 0.2},
	}
	for _, h := range p.Holdings {
		held.Rows = append(
			held.Rows,
			[]string{h.Party, worded(stateWords, h.State, language), h.To, strconv.FormatInt(h.Count, 10)},
		)
	}
	related := reports.Table{
		Title:   say("related"),
		Columns: []string{say("gtin"), say("lot"), say("depth")},
		Shares:  []float64{0.4, 0.4, 0.2},
	}
	for _, side := range []struct {
		all  []record.Relative
		sign string
	}{{p.MadeFrom, "-"}, {p.MadeInto, "+"}} {
		for _, x := range side.all {
			related.Rows = append(related.Rows, []string{x.GTIN, x.Lot, side.sign + strconv.Itoa(x.Depth)})
		}
	}
	r.Tables = []reports.Table{steps, held, related}
	return r
}
