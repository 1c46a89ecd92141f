package scanrisk_test

import (
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

// The cities of the stories, all far apart.
var (
	shanghai = scanrisk.PlaceOf("上海", 31.23, 121.47)
	beijing  = scanrisk.PlaceOf("北京", 39.90, 116.41)
	chengdu  = scanrisk.PlaceOf("成都", 30.57, 104.07)
	urumqi   = scanrisk.PlaceOf("乌鲁木齐", 43.83, 87.62)
	kunming  = scanrisk.PlaceOf("昆明", 24.88, 102.83)
	harbin   = scanrisk.PlaceOf("哈尔滨", 45.80, 126.53)
	xian     = scanrisk.PlaceOf("西安", 34.34, 108.94)
	wuhan    = scanrisk.PlaceOf("武汉", 30.59, 114.31)
	places   = []scanrisk.Location{shanghai, beijing, chengdu, urumqi, kunming, harbin, xian, wuhan}
)

// story tells what happens to unit 1 of a batch of ordinary units.
type story struct {
	history *scanrisk.History
	score   scanrisk.Score
	highest float64
	worst   map[scanrisk.Code]bool
}

const subject = 1

// newStory has a batch of 400 units, most asked about by one device, some by
// two in one place, one in fifty sold on.
func newStory() *story {
	s := &story{history: scanrisk.NewHistory(), worst: make(map[scanrisk.Code]bool)}
	for i := range 400 {
		unit := scanrisk.Key("ordinary", fmt.Sprint(i))
		s.tell(unit, float64(i)/400, scanrisk.Scan, places[i%8], fmt.Sprint("owner", i))
		if i%4 == 0 {
			s.tell(unit, float64(i)/400+0.1, scanrisk.Scan, places[i%8], fmt.Sprint("family", i))
		}
		if i%50 == 0 {
			s.tell(unit, 40, scanrisk.Scan, places[(i+1)%8], fmt.Sprint("next owner", i))
		}
	}
	return s
}

func (s *story) tell(
	unit uint64, day float64, kind scanrisk.Kind, place scanrisk.Location, device string,
) scanrisk.Score {
	e := scanrisk.Event{
		Kind: kind, Unit: unit, Place: place,
		Time: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC).Add(time.Duration(day * 24 * float64(time.Hour))),
	}
	if device != "" {
		e.Device = scanrisk.Key(device)
	}
	return s.history.Observe(1, e)
}

// on is something that happens to the subject.
func (s *story) on(day float64, kind scanrisk.Kind, place scanrisk.Location, device string) *story {
	s.score = s.tell(subject, day, kind, place, device)
	s.highest = max(s.highest, s.score.Risk)
	for _, r := range s.score.Reasons {
		s.worst[r.Code] = true
	}
	return s
}

func (s *story) scan(day float64, place scanrisk.Location, device string) *story {
	return s.on(day, scanrisk.Scan, place, device)
}
