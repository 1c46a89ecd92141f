// Package webhook sends what parties are told to the addresses they gave, and
// to nowhere inside our own network. It knows nothing of notices or SQL.
//
// A delivery is a POST of JSON with two headers: Touchstone-Delivery, its id,
// and Touchstone-Signature, "t=UNIX,v1=HEX", where HEX is HMAC-SHA-256 over
// UNIX + "." + body with the webhook's secret. A receiver refuses one whose t
// is more than five minutes off, and one whose id it has seen.
package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Bounds of one attempt. The answer's body is read only so far as to keep the
// connection, and never shown.
const (
	dialTime    = 5 * time.Second
	attemptTime = 15 * time.Second
	maxAnswer   = 16 << 10
	maxURL      = 500
)

// Sender sends. Trusting is for development and tests only: it lets http, and
// addresses of this machine, through.
type Sender struct {
	client   *http.Client
	trusting bool
}

// NewSender makes a Sender.
func NewSender(trusting bool) *Sender {
	s := &Sender{trusting: trusting}
	dialer := &net.Dialer{Timeout: dialTime, Control: s.control}
	s.client = &http.Client{
		Timeout: attemptTime,
		// No proxy: it would resolve names where control cannot see.
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			TLSHandshakeTimeout:    dialTime,
			DisableKeepAlives:      true,
			MaxResponseHeaderBytes: maxAnswer,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return s
}

// CheckURL refuses a target that could never be sent to, a name of this machine
// or network among them. Other names are looked at when they are resolved, at
// every attempt.
func (s *Sender) CheckURL(target string) error {
	u, err := s.parse(target)
	if err == nil && !s.trusting && localName(u.Hostname()) {
		err = errLocal
	}
	return err
}

var errLocal = service.Refuse(trace.FieldInvalid, "url", "private_network")

func (s *Sender) parse(target string) (*url.URL, error) {
	u, err := url.Parse(target)
	if err != nil || len(target) > maxURL || u.Host == "" || u.Fragment != "" || u.User != nil {
		return nil, service.Refuse(trace.FieldInvalid, "url", "hook_address")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !s.trusting) {
		return nil, service.Refuse(trace.FieldInvalid, "url", "hook_https")
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !s.trusting && !public(ip) {
		return nil, errLocal
	}
	return u, nil
}

// localName reports whether a name is of this machine or network wherever it is
// looked up (RFC 6761, 6762, 8375, and the clouds' .internal).
func localName(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, zone := range []string{"localhost", "local", "internal", "home.arpa"} {
		if host == zone || strings.HasSuffix(host, "."+zone) {
			return true
		}
	}
	return !strings.Contains(host, ".")
}

var errPrivate = errors.New("the address is not of the public internet")

// control sees every address after its name is resolved and before a connection
// is made, so that no name can lead inside, now or later.
func (s *Sender) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !s.trusting && !public(to.Addr()) {
		return errPrivate
	}
	return nil
}

// notPublic are the networks that are not the internet though Go's predicates
// do not say so (IANA special-purpose registries).
var notPublic = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
)

func prefixes(texts ...string) (all []netip.Prefix) {
	for _, t := range texts {
		all = append(all, netip.MustParsePrefix(t))
	}
	return all
}

// public reports whether an address is of the public internet: none of this
// machine, a private network (the clouds' metadata services are link-local or
// ULA), carrier-grade NAT, multicast, and no IPv6 form of one of these.
func public(ip netip.Addr) bool {
	if ip.Zone() != "" {
		return false
	}
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return false
	}
	if ip.Is6() && !netip.MustParsePrefix("2000::/3").Contains(ip) {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// Signature is what a receiver checks; see the package comment.
func Signature(secret, body []byte, at time.Time) string {
	unix := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(unix + "."))
	mac.Write(body)
	return "t=" + unix + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

// Send makes one attempt and gives the answer's status, 0 where there was none.
// Any status of 200 to 299 is success; all else, a redirect too, is an error.
func (s *Sender) Send(ctx context.Context, target, id string, secret, body []byte, at time.Time) (int, error) {
	if _, err := s.parse(target); err != nil {
		return 0, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return 0, errors.New("not an address that can be called")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Touchstone-Webhook/1")
	r.Header.Set("Touchstone-Delivery", id)
	r.Header.Set("Touchstone-Signature", Signature(secret, body, at))
	response, err := s.client.Do(r)
	if err != nil {
		return 0, plain(err)
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, maxAnswer)
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return response.StatusCode, fmt.Errorf("answered %d", response.StatusCode)
	}
	return response.StatusCode, nil
}

// plain says what went wrong without the address, which the party knows, and
// without what a probe of other networks would want to know.
func plain(err error) error {
	var timeout net.Error
	var dns *net.DNSError
	switch {
	case errors.Is(err, errPrivate):
		return errPrivate
	case errors.As(err, &dns):
		return errors.New("the name cannot be resolved")
	case errors.As(err, &timeout) && timeout.Timeout():
		return errors.New("no answer in time")
	}
	return errors.New("no connection, or no HTTP answer")
}
