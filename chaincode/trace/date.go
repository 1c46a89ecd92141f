package trace

import "time"

// Zone is the one zone in which days begin and end: licences, shelf lives and
// quotas are Chinese calendar days wherever a server stands.
var Zone = time.FixedZone("UTC+8", 8*3600)

// Date is a calendar day, "2006-01-02", or empty where there is none. Dates
// compare as strings.
type Date string

const dateLayout = "2006-01-02"

// DayOf gives the calendar day of an instant, in Zone.
func DayOf(t time.Time) Date { return Date(t.In(Zone).Format(dateLayout)) }

// AddDays gives the day n days later, or "" for a date that is not valid.
func (d Date) AddDays(n int) Date {
	t, err := time.Parse(dateLayout, string(d))
	if err != nil {
		return ""
	}
	return Date(t.AddDate(0, 0, n).Format(dateLayout))
}

// Expired reports whether d is a last valid day that lies before today.
func (d Date) Expired(today Date) bool { return d != "" && d < today }

// The years that days of goods, licences and checks lie in. Others are slips
// of the hand or made up by a program, such as 1970-01-01 and 9999-12-31.
const (
	FirstYear = 1971
	LastYear  = 2199
)

// Check takes an empty date, or a day of the calendar between FirstYear and LastYear.
func (d Date) Check(field string) error {
	if d == "" {
		return nil
	}
	t, err := time.Parse(dateLayout, string(d))
	if err != nil || t.Format(dateLayout) != string(d) {
		return Refuse(DateInvalid, field, "no_date", "value", Quoted(20, string(d)))
	}
	if t.Year() < FirstYear || t.Year() > LastYear {
		return Refuse(DateInvalid, field, "year_out_of_range", "day", d, "first", FirstYear, "last", LastYear)
	}
	return nil
}
