package door

import (
	"net/netip"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/expirable"
	"golang.org/x/time/rate"
)

// mostRemembered bounds of how many askers a Rates knows how often they asked.
// Those that asked longest ago are forgotten first.
const mostRemembered = 50_000

// Rates holds back who asks too often.
type Rates struct {
	mu   sync.Mutex
	seen *expirable.LRU[string, *rate.Limiter]
}

// NewRates gives one that forgets who has not asked for so long.
func NewRates(forget time.Duration) *Rates {
	return &Rates{seen: expirable.NewLRU[string, *rate.Limiter](mostRemembered, nil, forget)}
}

// Wait counts a request of who, and is 0 where it may go on; else it says how
// long who has to wait, and counts nothing. who should be short, and no more than
// one for each that is to be held back: an account, a network.
func (r *Rates) Wait(who string, perSecond float64, burst int) time.Duration {
	reservation := r.limiter(who, perSecond, burst).Reserve()
	wait := reservation.Delay()
	if wait > 0 {
		reservation.Cancel()
	}
	return wait
}

func (r *Rates) limiter(who string, perSecond float64, burst int) *rate.Limiter {
	r.mu.Lock()
	defer r.mu.Unlock()
	limiter, known := r.seen.Get(who)
	if !known {
		limiter = rate.NewLimiter(rate.Limit(perSecond), burst)
	}
	r.seen.Add(who, limiter) // its time begins again
	return limiter
}

// Network is what counts as one address: an IPv4 address, or the 64-bit prefix
// that an IPv6 subscriber has to himself. What is no address is "unknown".
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return "unknown"
	}
	ip = ip.Unmap().WithZone("")
	if prefix, err := ip.Prefix(64); ip.Is6() && err == nil {
		return prefix.Addr().String()
	}
	return ip.String()
}

// methods are those that either program serves.
var methods = map[string]bool{
	"GET":     true,
	"HEAD":    true,
	"POST":    true,
	"PUT":     true,
	"PATCH":   true,
	"DELETE":  true,
	"OPTIONS": true,
}

// Method names a request's method for logs and metrics; one that nobody serves is "other".
func Method(method string) string {
	if methods[method] {
		return method
	}
	return "other"
}
