package replay

import (
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

// Row is what a line says; what it leaves out is empty.
type Row struct {
	Time              time.Time
	GTIN, Lot, Serial string // as written
	Kind              scanrisk.Kind
	City              string
	Lat, Lon          float64 // of the city, in degrees; 0 and 0 where it is not known
	Device            string
}

func (r *Row) batch() uint64 { return scanrisk.Key(r.GTIN, r.Lot) }

func (r *Row) event() scanrisk.Event {
	e := scanrisk.Event{
		Kind:  r.Kind,
		Time:  r.Time,
		Unit:  scanrisk.Key(r.GTIN, r.Lot, r.Serial),
		Place: scanrisk.PlaceOf(r.City, r.Lat, r.Lon),
	}
	if r.Device != "" {
		e.Device = scanrisk.Key(r.Device)
	}
	return e
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
type parser struct {
	columns heading
	fields  []string
}

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

// parse reads a line. Of one that is wrong it gives what can be told of the unit.
func (p *parser) parse(line string) (Row, *FieldError) {
	f, err := p.split(line)
	if err != nil {
		return Row{}, err
	}
	c := &p.columns
	r := Row{
		GTIN:   c.field(f, gtinColumn),
		Lot:    c.field(f, lotColumn),
		Serial: c.field(f, serialColumn),
		Device: device(c.field(f, deviceColumn)),
	}
	if len(f) != c.width {
		return r, wrong("", "%d fields; the heading has %d", len(f), c.width)
	}
	if r.Serial == "" {
		return r, wrong("serial", "missing")
	}
	err = firstOf(r.setTime(c.field(f, timeColumn)), r.setKind(c.field(f, eventColumn)),
		r.setPlace(c.field(f, cityColumn), c.field(f, latColumn), c.field(f, lonColumn)))
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

// layouts are RFC 3339, with fractions of a second or without, and how common
// tools write it otherwise: with a blank for the T, or without an offset, which
// then is UTC.
var layouts = []string{time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05", time.DateTime}

func (r *Row) setTime(s string) *FieldError {
	for _, layout := range layouts {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if y := t.UTC().Year(); y < 1971 || y > 2100 {
			return wrong("time", "year %d; must be from 1971 to 2100", y)
		}
		r.Time = t
		return nil
	}
	return wrong("time", "not an RFC 3339 time such as 2026-03-01T08:00:00Z")
}

func (r *Row) setKind(s string) *FieldError {
	kind, ok := scanrisk.ParseKind(s)
	if !ok {
		if kind, ok = scanrisk.ParseKind(strings.ToLower(s)); !ok {
			return wrong("event", "not one of scan, activate, pin_failed, sold, shipped, received")
		}
	}
	r.Kind = kind
	return nil
}

func (r *Row) setPlace(city, lat, lon string) *FieldError {
	if !absent(city) {
		r.City = city
	}
	if absent(lat) || absent(lon) { // half a point is none
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
	r.Lat, r.Lon = y, x
	return nil
}

func degrees(field, s string, limit float64) (float64, *FieldError) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(math.Abs(v) <= limit) {
		return 0, wrong(
			field,
			"not a number of degrees from -%g to %g; leave it empty where the point is not known",
			limit,
			limit,
		)
	}
	return v, nil
}

func device(s string) string {
	if s == "0" || absent(s) {
		return ""
	}
	return s
}

// absent knows what systems write for "not known".
func absent(s string) bool {
	if len(s) > len("undefined") {
		return false
	}
	switch strings.ToLower(s) {
	case "", "-", "none", "null", "nil", "nan", "na", "n/a", "unknown", "undefined":
		return true
	}
	return false
}
