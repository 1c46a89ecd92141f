package scanimport

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/replay"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

func (r *run) entry(u verdict.Unit, row replay.Row) Entry {
	e := Entry{
		Unit:  u,
		Kind:  row.Kind,
		At:    row.Time.UTC(),
		City:  verdict.CityName(row.City),
		Point: verdict.PointAt(row.Lat, row.Lon),
	}
	e.ID = r.keyed(
		"imported entry",
		fmt.Sprintf(
			"%q %d %s %d %q %q", u.GTIN+"/"+u.Lot, u.Index, e.At.Format(time.RFC3339Nano), e.Kind, row.Device,
			e.City,
		),
	)
	if row.Device != "" {
		device := r.keyed("imported device "+e.At.Format("2006-01"), row.Device)
		e.Device = device[:]
	}
	return e
}

// keyed gives a MAC under a key of its own for each purpose.
func (r *run) keyed(purpose, text string) (mac [16]byte) {
	k := hmac.New(sha256.New, r.Secret)
	k.Write([]byte(purpose))
	m := hmac.New(sha256.New, k.Sum(nil))
	m.Write([]byte(text))
	return [16]byte(m.Sum(nil)[:16])
}

// visits is when each device last counted for each unit, as far as that matters
// for lines to come.
type visits map[visit]time.Time

type visit struct {
	unit   verdict.Unit
	device string
}

// manyVisits is when it is time to forget those that are over.
const manyVisits = 100_000

// count says whether a scan begins a visit. Who is not known never repeats one.
func (v visits) count(u verdict.Unit, device string, at time.Time) bool {
	if device == "" {
		return true
	}
	key := visit{u, device}
	if last, ok := v[key]; ok && at.Sub(last) < verdict.SameVisit {
		return false
	}
	if len(v) >= manyVisits {
		for old, last := range v {
			if at.Sub(last) >= verdict.SameVisit {
				delete(v, old)
			}
		}
	}
	v[key] = at
	return true
}
