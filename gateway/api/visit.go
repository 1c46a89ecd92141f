package api

import (
	"context"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/gateway/access"
)

// The cookies of the console. Behind TLS their names begin with __Host-, which
// no other host of the domain can set.
const (
	sessionCookie = "touchstone-session"
	deviceCookie  = "touchstone-device"
	stepCookie    = "touchstone-step"
)

// visit is what a browser brought, and what it is given back.
type visit struct {
	access.Visit
	session string
	secure  bool
	set     func(*http.Cookie)
}

type visitKey struct{}

func visitOf(ctx context.Context) visit {
	v, _ := ctx.Value(visitKey{}).(visit)
	return v
}

func (g *guard) visit(c echo.Context) {
	r := c.Request()
	v := visit{secure: g.isSecure(r), set: func(cookie *http.Cookie) { http.SetCookie(c.Response(), cookie) }}
	v.session = v.read(r, sessionCookie)
	v.Visit = access.Visit{
		Network: subscriber(c),
		Agent:   strings.ToValidUTF8(r.UserAgent(), "?"),
		Device:  v.read(r, deviceCookie),
		Step:    v.read(r, stepCookie),
	}
	withValue(c, visitKey{}, v)
}

// isSecure reports whether the browser speaks TLS, to us or to a proxy that we trust.
func (g *guard) isSecure(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	peer := net.ParseIP(host)
	trusted := slices.ContainsFunc(g.o.TrustedProxies, func(n *net.IPNet) bool { return n.Contains(peer) })
	return trusted && r.Header.Get(echo.HeaderXForwardedProto) == "https"
}

func (v visit) name(cookie string) string {
	if v.secure {
		return "__Host-" + cookie
	}
	return cookie
}

func (v visit) read(r *http.Request, name string) string {
	cookie, err := r.Cookie(v.name(name))
	if err != nil || len(cookie.Value) > 100 {
		return ""
	}
	return cookie.Value
}

// give sets a cookie that no script can read, or takes it away where it is empty.
func (v visit) give(name, value string, lasts time.Duration) {
	cookie := &http.Cookie{ //nolint:gosec // Secure comes from the setting: on wherever the console is served over HTTPS
		Name:     v.name(name),
		Value:    value,
		Path:     "/",
		HttpOnly: true,
		Secure:   v.secure,
		SameSite: http.SameSiteLaxMode,
		MaxAge:   int(lasts.Seconds()),
	}
	if value == "" {
		cookie.MaxAge = -1
	}
	v.set(cookie)
}

// welcome gives the browser the tokens of an admission.
func (v visit) welcome(a access.Admission) {
	if a.Session != "" {
		v.give(sessionCookie, a.Session, access.Lasts)
	}
	if a.Device != "" {
		v.give(deviceCookie, a.Device, access.DeviceLasts)
	}
	if v.Step != "" || a.Step != "" {
		v.give(stepCookie, a.Step, access.StepLasts)
	}
}
