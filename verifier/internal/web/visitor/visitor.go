// Package visitor knows of whoever asks what may be known: a name that holds for a month and says
// nothing about them, the place that a trusted proxy tells, whether it is a program, and the tokens
// by which a page's answer is told from one that nobody saw. It keeps nothing.
package visitor

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"net"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// For how long who asks may be kept waiting.
const (
	// AnswerTime bounds what is read: with Postgres gone the shopper is told within two seconds.
	AnswerTime = 1500 * time.Millisecond
	// ConfirmTime bounds what is written, until its commit.
	ConfirmTime = 5 * time.Second
)

// ForgetAddress is for how long an address is remembered, to hold its bearer to the limits.
const ForgetAddress = 5 * time.Minute

// Desk is where visitors are received.
type Desk struct {
	Secret  []byte // 32 bytes or more; tokens and names hang on it
	Now     func() time.Time
	Proxies []*net.IPNet // whose X-Forwarded-For and the headers below are believed
	// PlaceHeader is the header in which a trusted proxy names the asker's city; empty for none.
	PlaceHeader string
	// PointHeader is the header in which a trusted proxy gives that city's point, "lat,lon" in degrees; empty for none.
	PointHeader string
	// MarketHeader is the header in which a trusted proxy names the asker's country, as ISO 3166-1
	// alpha-2; empty for none.
	MarketHeader string
}

// Of names who asks, and their network, for the month of a time.
func (d *Desk) Of(c echo.Context, at time.Time) verdict.Visitor {
	r := c.Request()
	return verdict.Visitor{
		Network: d.network(c.RealIP(), at),
		Device:  d.device(c.RealIP(), r.UserAgent(), r.Header.Get("Accept-Language"), at),
	}
}

// Before names them as a visit that goes on into a new month began. It
// is empty at all other times.
func (d *Desk) Before(c echo.Context, now time.Time) verdict.Visitor {
	before := now.Add(-verdict.SameVisit)
	if monthOf(before) == monthOf(now) {
		return verdict.Visitor{}
	}
	return d.Of(c, before)
}

// device is a name for whoever asks that says nothing about them and holds for
// one month: two visits in different months cannot be told to be one person's.
// It takes in only what every request carries, so that nothing is stored on the phone.
func (d *Desk) device(address, agent, languages string, at time.Time) []byte {
	m := d.Keyed("device " + monthOf(at))
	m.Write([]byte(address + "\x00" + agent + "\x00" + languages))
	return m.Sum(nil)[:16]
}

// network is such a name for the address alone, or an IPv6 subscriber's prefix.
func (d *Desk) network(address string, at time.Time) []byte {
	m := d.Keyed("network " + monthOf(at))
	m.Write([]byte(door.Network(address)))
	return m.Sum(nil)[:16]
}

func monthOf(at time.Time) string { return at.UTC().Format("2006-01") }

// Keyed gives a MAC under a key of its own for each purpose.
func (d *Desk) Keyed(purpose string) hash.Hash {
	k := hmac.New(sha256.New, d.Secret)
	k.Write([]byte(purpose))
	return hmac.New(sha256.New, k.Sum(nil))
}
