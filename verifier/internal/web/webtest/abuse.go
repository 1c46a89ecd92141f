package webtest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/sampling"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Marker is what nobody says, to be found where it comes back.
const Marker = "zqMarkerqz"

// CountedRecords counts what is asked of the database.
type CountedRecords struct {
	Real web.Records
	N    atomic.Int64
}

// Records counts.
func (c *CountedRecords) Records(ctx context.Context, u verdict.Unit) (*verdict.Records, error) {
	c.N.Add(1)
	return c.Real.Records(ctx, u)
}

// TreeRow counts.
func (c *CountedRecords) TreeRow(ctx context.Context, root [32]byte) ([]byte, error) {
	c.N.Add(1)
	return c.Real.TreeRow(ctx, root)
}

// Commitments counts.
func (c *CountedRecords) Commitments(ctx context.Context, root [32]byte, first, count int64) ([]byte, error) {
	c.N.Add(1)
	return c.Real.Commitments(ctx, root, first, count)
}

// Ready asks nothing of the database that counts.
func (c *CountedRecords) Ready(ctx context.Context) error { return c.Real.Ready(ctx) }

// ForgedPaths are whole codes of units that were not issued.
func ForgedPaths(b verifiertest.Batch) map[string]string {
	good, serial := b.Path(7), b.Unit(7).Serial
	return map[string]string{
		"a serial nobody issued":     good[:len(good)-20] + "00000000000000000000",
		"another lot's":              strings.Replace(good, "/10/L1/", "/10/L2/", 1),
		"another unit's tag":         good[:len(good)-20] + b.Unit(8).Serial[:10] + serial[10:],
		"one digit changed":          good[:len(good)-1] + map[bool]string{true: "0", false: "1"}[good[len(good)-1] == '1'],
		"an unknown product":         strings.Replace(good, b.GTIN, "06901234567892", 1),
		"encoded twice":              strings.Replace(good, "L1", "%254C1", 1),
		"a slash in the lot":         "/01/" + b.GTIN + "/10/L%2F1/21/" + serial,
		"a lot of zeros and letters": "/01/" + b.GTIN + "/10/0O0O0O0O/21/" + serial,
		"SQL":                        "/01/" + b.GTIN + "/10/L1'/*%22/21/" + serial,
	}
}

// BrokenPaths are what may stand behind /01/ and is no whole code.
func BrokenPaths(b verifiertest.Batch) map[string]string {
	good, serial := b.Path(7), b.Unit(7).Serial
	return map[string]string{
		"nothing":              "/01/",
		"only a barcode":       "/01/" + b.GTIN,
		"a wrong check digit":  strings.Replace(good, b.GTIN, "06998801000037", 1),
		"a serial cut short":   good[:len(good)-1],
		"invalid UTF-8":        "/01/" + b.GTIN + "/10/L1/21/%ff%fe" + serial,
		"CR LF":                "/01/" + b.GTIN + "/10/L1%0d%0aSet-Cookie:%20a=b/21/" + serial,
		"NUL":                  "/01/" + b.GTIN + "/10/L1%00/21/" + serial,
		"Cyrillic":             strings.Replace(good, "L1", "%D0%85L1", 1),
		"full-width digits":    strings.Replace(good, b.GTIN, "%EF%BC%90"+b.GTIN[1:], 1),
		"10 kB of serial":      good + strings.Repeat("0", 10<<10),
		"10 kB of lot":         "/01/" + b.GTIN + "/10/" + strings.Repeat("A", 10<<10) + "/21/" + serial,
		"up and away":          "/01/../../../../etc/passwd",
		"up and away, encoded": "/01/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
		"a backslash": strings.Replace(
			good,
			"/10/",
			`\10\`,
			1,
		),
		"markup":               "/01/%3Cscript%3Ealert(1)%3C/script%3E",
		"SQL":                  "/01/" + b.GTIN + "/10/L1'%20or%20'1'='1/21/" + serial,
		"a format string":      "/01/%25s%25n",
		"a lone percent sign":  "/01/%",
		"half an escape":       "/01/%4",
		"a template":           "/01/{{.}}",
		"an overlong escape":   strings.Replace(good, "L1", "%C1%8C1", 1),
		"a right-to-left mark": strings.Replace(good, "L1", "%E2%80%AEL1", 1),
		"pairs without end":    "/01/" + b.GTIN + strings.Repeat("/10/A", 2000),
	}
}

// Numbers is what /metrics of the program's own address says.
func Numbers(t *testing.T, metrics *prometheus.Registry) string {
	t.Helper()
	rec := httptest.NewRecorder()
	door.Numbers(metrics).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return rec.Body.String()
}

// Examined gives a batch a passed inspection by a standard with a name.
func Examined(b verifiertest.Batch) {
	s := trace.Standard{
		ID:       "STD-1",
		Version:  1,
		Category: "食品",
		Name:     trace.Text{ZhCN: "冻干咖啡检验规程", En: "Freeze-dried coffee"},
	}
	b.Happens(
		trace.Event{Type: trace.EventStandardRegistered, At: b.Day(0), By: "platform", Standard: &s}, trace.Place{},
	)
	i := trace.Inspection{
		ID:         "INSPECTION-" + b.Lot,
		GTIN:       b.GTIN,
		Lot:        b.Lot,
		Standard:   s.ID,
		Version:    1,
		Accepted:   true,
		ReportHash: strings.Repeat("ab12", 16),
		By:         verifiertest.Distributor,
		At:         b.Day(1),
		Classes:    []trace.ClassResult{{ClassPlan: trace.ClassPlan{Plan: sampling.Plan{SampleSize: 20}}}},
	}
	q := trace.Quality{GTIN: b.GTIN, Lot: b.Lot, Inspection: i.ID, Accepted: true}
	b.Happens(
		trace.Event{Type: trace.EventInspected, At: b.Day(1), By: i.By, Inspection: &i, Quality: &q}, trace.Place{},
	)
}
