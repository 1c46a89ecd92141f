package replay

import (
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/scanrisk"
)

// Columns are the heading of a scan log.
var Columns = []string{"time", "gtin", "lot", "serial", "event", "city", "lat", "lon", "device"}

const maxField = 200 // bytes

type row struct {
	serial string
	batch  uint64
	event  scanrisk.Event
}

// FieldError says which field of a line is wrong, and how.
type FieldError struct {
	Field   string // empty where the line as a whole is wrong
	Message string
}

func (e *FieldError) Error() string {
	if e.Field == "" {
		return e.Message
	}
	return e.Field + ": " + e.Message
}

func wrong(field, format string, args ...any) *FieldError {
	return &FieldError{field, fmt.Sprintf(format, args...)}
}

// parser reads lines; it keeps the fields' memory between them.
type parser struct{ fields []string }

// split cuts a line into fields. Few lines have quotes.
func (p *parser) split(line string) ([]string, *FieldError) {
	if strings.IndexByte(line, '"') < 0 {
		p.fields = p.fields[:0]
		for {
			field, rest, more := strings.Cut(line, ",")
			p.fields = append(p.fields, field)
			if line = rest; !more {
				return p.fields, nil
			}
		}
	}
	fields, err := csv.NewReader(strings.NewReader(line)).Read()
	if err != nil {
		return nil, wrong("", "not CSV: a quote is out of place or not closed on its line")
	}
	return fields, nil
}

func (p *parser) parse(line string) (row, *FieldError) {
	f, err := p.split(line)
	if err != nil {
		return row{}, err
	}
	if len(f) != len(Columns) {
		return row{}, wrong("", "%d fields; there must be %d: %s", len(f), len(Columns), strings.Join(Columns, ","))
	}
	for i, field := range f {
		if len(field) > maxField {
			return row{}, wrong(Columns[i], "%d bytes; at most %d", len(field), maxField)
		}
	}
	for i := 1; i <= 3; i++ {
		if strings.TrimSpace(f[i]) == "" {
			return row{}, wrong(Columns[i], "missing")
		}
	}
	r := row{serial: f[3], batch: scanrisk.Key(f[1], f[2])}
	r.event.Unit = scanrisk.Key(f[1], f[2], f[3])
	r.event.Device = device(f[8])
	err = firstOf(r.setTime(f[0]), r.setKind(f[4]), r.setPlace(f[5], f[6], f[7]))
	return r, err
}

func firstOf(errs ...*FieldError) *FieldError {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *row) setTime(s string) *FieldError {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return wrong("time", "not an RFC 3339 time such as 2026-03-01T08:00:00Z")
	}
	if y := t.Year(); y < 2000 || y > 2100 {
		return wrong("time", "year %d; must be from 2000 to 2100", y)
	}
	r.event.Time = t
	return nil
}

func (r *row) setKind(s string) *FieldError {
	kind, ok := scanrisk.ParseKind(s)
	if !ok {
		return wrong("event", "not one of scan, activate, pin_failed, sold, shipped, received")
	}
	r.event.Kind = kind
	return nil
}

func (r *row) setPlace(city, lat, lon string) *FieldError {
	if lat == "" && lon == "" {
		r.event.Place = scanrisk.PlaceOf(city, 0, 0)
		return nil
	}
	y, err := degrees("lat", lat, 90)
	if err != nil {
		return err
	}
	x, err := degrees("lon", lon, 180)
	if err != nil {
		return err
	}
	r.event.Place = scanrisk.PlaceOf(city, y, x)
	return nil
}

func degrees(field, s string, limit float64) (float64, *FieldError) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(math.Abs(v) <= limit) {
		return 0, wrong(field, "not a number of degrees from -%g to %g; leave lat and lon both empty where the point is not known", limit, limit)
	}
	return v, nil
}

// device reads a keyed hash. What systems write for "not known" is not one.
func device(s string) uint64 {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "-", "0", "none", "null", "nan", "n/a", "unknown":
		return 0
	}
	return scanrisk.Key(s)
}
