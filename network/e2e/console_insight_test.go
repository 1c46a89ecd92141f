package e2e

import (
	"database/sql"
	"fmt"
	"testing"

	_ "github.com/lib/pq"
)

// Figures are of whole days up to yesterday: what shoppers opened is entered as of the day before it.
func opened(t *testing.T, gtin, kind, by, link string, shoppers int) {
	t.Helper()
	db, err := sql.Open("postgres", touchstone.env["TOUCHSTONE_DATABASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`insert into scan.click (gtin, link, day, device, kind, by, url)
		select $1, substring(sha256(convert_to($4, 'UTF8')) for 8), current_date - 2, decode(md5(n::text), 'hex'), $2, $3, $4 from generate_series(1, $5::int) n`, gtin, kind, by, link, shoppers); err != nil {
		t.Fatal(err)
	}
}

// A brand and a seller read what scans add up to, down to a campaign.
func TestConsoleInsight(t *testing.T) {
	const lot, link = "INSIGHT01", "https://shop.example/?utm_campaign=double11"
	gtin := newBatch(t, lot, 40)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 40))
	touchstone.as("seller").must(t, 201, "/api/v1/sales", object{"lines": []object{line(gtin, lot, 0, 30)}})
	unit := units(t, gtin, lot, 3, 1)[0]
	var crowd []shopper
	for i := range 12 {
		crowd = append(crowd, shopper{fmt.Sprint("203.0.113.", 100+i), "杭州", "30.27,120.16"})
	}
	longAgo(t, gtin, lot, unit.serial, crowd)
	opened(t, gtin, "buy", party(t, "seller"), link, 7)
	opened(t, gtin, "buy", party(t, "producer"), "https://few.example/?utm_campaign=few", 3)
	consoleJourney(t, "insight", object{"gtin": gtin})
}
