package demo

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

// Units of the first lot with scans from before the demo was loaded: one has its
// code copied, one was in a picture that many saw, and of the rest some were
// looked at as goods are.
const (
	copiedUnit    = 20
	picturedUnit  = 21
	ordinaryUnit  = 22
	ordinaryUnits = 18
)

// town is a city as its name and its point.
type town struct{ name, lat, lon string }

// towns are where shoppers are, the seller's own first.
var towns = []town{
	{
		"上海",
		"31.2",
		"121.5",
	},
	{"北京", "39.9", "116.4"},
	{"成都", "30.6", "104.1"},
	{"广州", "23.1", "113.3"},
	{"西安", "34.3", "108.9"},
	{
		"武汉",
		"30.6",
		"114.3",
	},
	{"沈阳", "41.8", "123.4"},
	{"昆明", "24.9", "102.8"},
	{"兰州", "36.1", "103.8"},
	{"乌鲁木齐", "43.8", "87.6"},
	{"哈尔滨", "45.8", "126.5"},
	{"福州", "26.1", "119.3"},
}

// look is a scan of before: of a unit, so long before today began, in a town, by a device.
type look struct {
	unit   int64
	before time.Duration
	town   town
	device string
}

const day = 24 * time.Hour

// looks are the scans of the last six weeks, oldest first, at hours at which
// people in China are awake: UTC is eight hours behind.
func looks() []look {
	all := slices.Concat(copiesSold(), pictured(), ordinary())
	slices.SortStableFunc(all, func(a, b look) int { return int((b.before - a.before) / time.Second) })
	return all
}

// copiesSold are of people who bought copies of one item, town after town, some
// of whom look again a few days later.
func copiesSold() (all []look) {
	for n, days := range []int{41, 37, 34, 30, 26, 23, 19, 15, 12, 8, 5, 2} {
		at := time.Duration(days)*day - time.Duration(1+5*n%13)*time.Hour - time.Duration(17*n%60)*time.Minute
		buyer := look{copiedUnit, at, towns[(5*n+1)%9], fmt.Sprint("buyer ", n)}
		if all = append(all, buyer); n%3 == 0 && days > 4 {
			buyer.before -= 3*day + 2*time.Hour
			all = append(all, buyer)
		}
	}
	return all
}

// pictured are of the readers of an article that shows one item with its code.
func pictured() (all []look) {
	for n := range 36 {
		at := 10*day - 11*time.Hour - time.Duration(n*n)*time.Minute/6
		all = append(all, look{picturedUnit, at, towns[7*n%len(towns)], fmt.Sprint("reader ", n)})
	}
	return all
}

// ordinary are of buyers who live where the seller is.
func ordinary() (all []look) {
	for n := range int64(ordinaryUnits) {
		at := time.Duration(40-2*n)*day - time.Duration(1+7*n%12)*time.Hour
		all = append(all, look{ordinaryUnit + n, at, towns[0], fmt.Sprint("owner ", n)})
	}
	return all
}

// remember brings the scans of before into the verifier's log. They hang on the
// day alone, so that a load that goes on after an interruption adds none twice.
func (a actors) remember(ctx context.Context, l Loader, first lot) error {
	r, err := a.producer.ListUnitsWithResponse(
		ctx, first.gtin, first.lot, &client.ListUnitsParams{From: 0, Count: ordinaryUnit + ordinaryUnits},
	)
	if err := step("units", r, err, ""); err != nil {
		return err
	}
	if r.JSON200 == nil || len(*r.JSON200) != ordinaryUnit+ordinaryUnits {
		return fmt.Errorf("units: the gateway answered %s", r.Body)
	}
	var log bytes.Buffer
	w := csv.NewWriter(&log)
	_ = w.Write([]string{"time", "gtin", "lot", "serial", "event", "city", "lat", "lon", "device"})
	today := time.Now().UTC().Truncate(day)
	for _, x := range looks() {
		uri := (*r.JSON200)[x.unit].URI
		_ = w.Write(
			[]string{
				today.Add(-x.before).Format(time.RFC3339),
				first.gtin,
				first.lot,
				uri[strings.LastIndex(uri, "/")+1:],
				"scan",
				x.town.name,
				x.town.lat,
				x.town.lon,
				x.device,
			},
		)
	}
	w.Flush()
	if err := l.ImportScans(ctx, log.Bytes()); err != nil {
		return fmt.Errorf("import scans of before: %w", err)
	}
	return nil
}
