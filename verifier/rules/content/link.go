package content

import (
	"net"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

const maxURL = 500

// Link checks an address that a page will link to, and gives it in ASCII, with
// its host in small letters and Punycode (RFC 5891), so that a name made of
// look-alike letters is seen to be one. Only https on its usual port is taken,
// under a name with a dot in it: no addresses of machines, no user names.
func Link(field, address string) (string, error) {
	address = strings.TrimSpace(address)
	if len(address) > maxURL {
		return "", trace.Refuse(trace.FieldInvalid, field, "at_most_characters", "most", maxURL)
	}
	if !utf8.ValidString(address) ||
		strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' || steering(r) }) {
		return "", refuse(trace.FieldInvalid, field, "url_characters")
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Opaque != "":
		return "", refuse(trace.FieldInvalid, field, "url")
	case strings.ToLower(u.Scheme) != "https":
		return "", refuse(trace.FieldInvalid, field, "url_https")
	case u.User != nil || u.Port() != "":
		return "", refuse(trace.FieldInvalid, field, "url_plain")
	}
	if u.Host, err = hostName(u.Hostname()); err != nil {
		return "", refuse(trace.FieldInvalid, field, "url_host")
	}
	return u.String(), nil
}

// HostOf gives the host that a checked link leads to, in Punycode.
func HostOf(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return u.Host
}

var errHost = refuse(trace.FieldInvalid, "host", "host")

// hostName gives a name with at least one dot in ASCII and small letters.
func hostName(host string) (string, error) {
	ascii, err := idna.Lookup.ToASCII(strings.TrimSuffix(host, "."))
	if err == nil {
		host, err = idna.Lookup.ToASCII(ascii)
	}
	if err != nil || host != ascii || !strings.Contains(ascii, ".") || net.ParseIP(ascii) != nil || len(ascii) > 253 ||
		numericEnd.MatchString(ascii) {
		return "", errHost
	}
	return ascii, nil
}

// numericEnd finds what browsers read as an IPv4 address, however it is written
// (URL standard, "ends in a number").
var numericEnd = regexp.MustCompile(`(^|\.)(0x[0-9a-f]*|[0-9]+)$`)

var portForm = regexp.MustCompile(`^[1-9][0-9]{0,4}$`)

// Site checks the host on whose pages a badge may stand, with its port where it
// is not the usual one. The machine on which somebody develops is taken as well.
func Site(host string) (string, error) {
	name, port, found := strings.Cut(strings.TrimSpace(host), ":")
	if found && !portForm.MatchString(port) {
		return "", errHost
	}
	if name = strings.ToLower(name); name != "localhost" && name != "127.0.0.1" {
		var err error
		if name, err = hostName(name); err != nil {
			return "", err
		}
	}
	if found {
		name += ":" + port
	}
	return name, nil
}

// SiteOf gives the site that a browser names in an Origin or Referer header;
// empty where it names none.
func SiteOf(header string) string {
	u, err := url.Parse(header)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	if port := u.Port(); port == "443" && u.Scheme == "https" || port == "80" && u.Scheme == "http" {
		return strings.ToLower(u.Hostname())
	}
	return strings.ToLower(u.Host)
}
