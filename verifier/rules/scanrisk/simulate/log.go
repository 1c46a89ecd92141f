package simulate

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

var kindNames = map[scanrisk.Kind]string{
	scanrisk.Scan: "scan", scanrisk.Activate: "activate", scanrisk.PINFailed: "pin_failed",
	scanrisk.Sold: "sold", scanrisk.Shipped: "shipped", scanrisk.Received: "received",
}

func (l *Log) city(r *Record) string {
	if r.City == nowhere {
		return ""
	}
	if l.Regime.English {
		return l.cities[r.City].English
	}
	return l.cities[r.City].Name
}

// Batch gives the batch of a record's unit.
func (l *Log) Batch(r *Record) int { return int(r.Unit) / l.Regime.BatchSize }

// Event gives a record as the detector takes it.
func (l *Log) Event(r *Record) scanrisk.Event {
	e := scanrisk.Event{Kind: r.Kind, Time: time.Unix(r.At, 0).UTC(), Unit: unitKey(uint64(r.Unit))}
	e.Place = scanrisk.PlaceOf(l.city(r), float64(r.Lat), float64(r.Lon))
	if r.Device != 0 {
		e.Device = unitKey(uint64(r.Device) << 32)
	}
	return e
}

// unitKey spreads a small number as a hash would.
func unitKey(n uint64) uint64 {
	n = (n + 1) * 0x9E3779B97F4A7C15
	return n ^ n>>29
}

// WriteCSV writes the log as cmd/replay reads it.
func (l *Log) WriteCSV(out io.Writer) error {
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "time,gtin,lot,serial,event,city,lat,lon,device")
	for i := range l.Records {
		r := &l.Records[i]
		fmt.Fprintf(
			w, "%s,06901234567892,L%d,%s,%s,%s,%s,%s,%s\n", time.Unix(r.At, 0).UTC().Format(time.RFC3339),
			l.Batch(r), Serial(int(r.Unit)), kindNames[r.Kind], l.city(r), degrees(r.Lat), degrees(r.Lon),
			deviceName(r.Device),
		)
	}
	return w.Flush()
}

// Serial names a unit in the log.
func Serial(unit int) string { return fmt.Sprintf("U%07d", unit) }

func degrees(v float32) string {
	if v == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(v), 'f', 4, 32)
}

func deviceName(d uint32) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%08x", d)
}
