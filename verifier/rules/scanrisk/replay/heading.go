package replay

import (
	"slices"
	"strings"
)

// Columns are those of a scan log, in the order they are usually in.
var Columns = []string{"time", "gtin", "lot", "serial", "event", "city", "lat", "lon", "device"}

// Indexes into Columns.
const (
	timeColumn = iota
	gtinColumn
	lotColumn
	serialColumn
	eventColumn
	cityColumn
	latColumn
	lonColumn
	deviceColumn
	columns
)

// heading says where a log has its columns.
type heading struct {
	at    [columns]int // -1 where the log lacks it
	width int
}

// newHeading reads the heading's names, in any order and case. Columns it does
// not know are passed over; a log may lack all but time, serial and event.
func newHeading(names []string) (heading, *FieldError) {
	h := heading{width: len(names)}
	for i, column := range Columns {
		h.at[i] = slices.IndexFunc(
			names, func(name string) bool { return strings.EqualFold(strings.TrimSpace(name), column) },
		)
	}
	for _, needed := range []int{timeColumn, serialColumn, eventColumn} {
		if h.at[needed] < 0 {
			return h, wrong(Columns[needed], "no such column; the heading should be %s", strings.Join(Columns, ","))
		}
	}
	return h, nil
}

func (h *heading) field(fields []string, column int) string {
	if i := h.at[column]; i >= 0 && i < len(fields) {
		return strings.TrimSpace(fields[i])
	}
	return ""
}
