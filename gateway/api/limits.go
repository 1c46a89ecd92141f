package api

import (
	"math"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// strangers' requests per second and address.
const strangerRate, strangerBurst = 5, 20

// newcomers per second: three an hour from one address, five a minute in all.
const (
	newcomerRate   = 3.0 / 3600
	newcomerBurst  = 3
	newcomersRate  = 5.0 / 60
	newcomersBurst = 20
)

// limits holds back who asks too often.
type limits struct {
	rate  float64
	burst int
	seen  *door.Rates
}

func newLimits(perSecond float64, burst int) *limits {
	return &limits{rate: perSecond, burst: burst, seen: door.NewRates(time.Hour)}
}

// partyShare is how many accounts' worth of requests all of a party's together have.
const partyShare = 3

func (l *limits) account(c echo.Context, name, party string) error {
	if err := l.allow(c, "account "+name, l.rate, l.burst); err != nil {
		return err
	}
	return l.allow(c, "party "+party, l.rate*partyShare, l.burst*partyShare)
}

func (l *limits) stranger(c echo.Context) error {
	return l.allow(c, "address "+subscriber(c), strangerRate, strangerBurst)
}

// newcomer holds back those who want to become a party: each writes to the
// ledger, so they are few from one address, and few from all together.
func (l *limits) newcomer(c echo.Context) error {
	if err := l.allow(c, "newcomer "+subscriber(c), newcomerRate, newcomerBurst); err != nil {
		return err
	}
	return l.allow(c, "newcomers", newcomersRate, newcomersBurst)
}

// subscriber is what counts as one address.
func subscriber(c echo.Context) string { return door.Network(c.RealIP()) }

func (l *limits) allow(c echo.Context, who string, perSecond float64, burst int) error {
	wait := l.seen.Wait(who, perSecond, burst)
	if wait == 0 {
		return nil
	}
	seconds := int(math.Ceil(wait.Seconds()))
	c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(seconds))
	return refuse(problem.TooOften, "", "ask_again", "seconds", seconds)
}
