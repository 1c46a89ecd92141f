package content

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"
)

// ClickKept is how long it is kept that a link was opened: the longest period that is added up, and a month.
const ClickKept = 400 * 24 * time.Hour

// Kinds of links whose opening is counted.
const (
	BuyKind     = "buy"
	CreatorKind = "creator"
)

// CountedLink is a link of a product's page whose opening is counted. By is the party that sells
// there, or the creator's handle.
type CountedLink struct{ Kind, By, URL string }

// LinkID names a link on its page.
func LinkID(url string) string {
	sum := sha256.Sum256([]byte(url))
	return hex.EncodeToString(sum[:8])
}

// ID names the link on its page.
func (o Offer) ID() string { return LinkID(o.URL) }

// LinkID names the link to the full post on its page.
func (e ShownEndorsement) LinkID() string { return LinkID(e.URL) }

// Link finds a link that is shown by its id.
func (v *Shown) Link(id string) (CountedLink, bool) {
	if i := slices.IndexFunc(v.Offers, func(o Offer) bool { return o.ID() == id }); i >= 0 {
		return CountedLink{BuyKind, v.Offers[i].Party, v.Offers[i].URL}, true
	}
	for _, e := range v.Endorsements {
		if e.URL != "" && e.LinkID() == id {
			return CountedLink{CreatorKind, e.Creator.Handle, e.URL}, true
		}
	}
	return CountedLink{}, false
}
