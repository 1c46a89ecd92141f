package api

import (
	"math"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
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

// limits holds back who asks too often. What it remembers of an account or an
// address it forgets after some idle minutes.
type limits struct {
	rate  rate.Limit
	burst int

	mu    sync.Mutex
	seen  map[string]*visitor
	swept time.Time
}

type visitor struct {
	limiter *rate.Limiter
	last    time.Time
}

func newLimits(perSecond float64, burst int) *limits {
	return &limits{rate: rate.Limit(perSecond), burst: burst, seen: map[string]*visitor{}}
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

// subscriber is what counts as one address: an IPv4 address, or the 64-bit
// prefix that an IPv6 subscriber has to himself.
func subscriber(c echo.Context) string {
	ip, err := netip.ParseAddr(c.RealIP())
	if err != nil {
		return "unknown"
	}
	ip = ip.Unmap()
	if prefix, err := ip.Prefix(64); ip.Is6() && err == nil {
		return prefix.String()
	}
	return ip.String()
}

func (l *limits) allow(c echo.Context, who string, r rate.Limit, burst int) error {
	reservation := l.limiter(who, r, burst).Reserve()
	wait := reservation.Delay()
	if wait == 0 {
		return nil
	}
	reservation.Cancel()
	seconds := int(math.Ceil(wait.Seconds()))
	c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(seconds))
	return trace.Errorf(TooOften, "", "ask again in %d s", seconds)
}

const forgetAfter = 10 * time.Minute

func (l *limits) limiter(who string, r rate.Limit, burst int) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if now.Sub(l.swept) > forgetAfter {
		for k, v := range l.seen {
			if now.Sub(v.last) > forgetAfter {
				delete(l.seen, k)
			}
		}
		l.swept = now
	}
	v := l.seen[who]
	if v == nil {
		v = &visitor{limiter: rate.NewLimiter(r, burst)}
		l.seen[who] = v
	}
	v.last = now
	return v.limiter
}
