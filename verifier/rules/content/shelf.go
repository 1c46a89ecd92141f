package content

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Shelf is everything that is kept about a product for shoppers, of one moment,
// before it is known who of its sellers may be shown. Presentation is the one
// that is shown, nil for none. The JSON is verifier/internal/store's.
type Shelf struct {
	Product      trace.Product          `json:"product"`
	Presentation *Presentation          `json:"presentation"`
	Sizes        map[string]Size        `json:"sizes"` // of pictures, by id
	Sellers      []SellerLinks          `json:"sellers"`
	Endorsements []ShownEndorsement     `json:"endorsements"`
	Parties      map[string]trace.Party `json:"parties"`
}

// Size is a picture's, in pixels.
type Size struct {
	Width  int `json:"width"`
	Height int `json:"height"`
}

// SellerLinks are where a party says itself that it sells the product.
type SellerLinks struct {
	Party string    `json:"party"`
	Links []BuyLink `json:"links"`
}

// ShownEndorsement is an endorsement as everybody may read it: of one that the
// platform has hidden nothing but whose it was and why. Seq is its entry in the
// log "reviews", nil until it is numbered.
type ShownEndorsement struct {
	ID        string      `json:"id"`
	Creator   Creator     `json:"creator"`
	Lot       string      `json:"lot,omitempty"`
	Index     int64       `json:"index,omitempty"`
	ThisItem  bool        `json:"thisItem"` // it was this very unit that the creator scanned
	ScannedAt time.Time   `json:"scannedAt"`
	Text      trace.Text  `json:"text"`
	URL       string      `json:"url,omitempty"`
	Sponsored bool        `json:"sponsored"`
	Sponsor   string      `json:"sponsor,omitempty"`
	At        time.Time   `json:"at"`
	Hidden    *trace.Text `json:"hidden,omitempty"`
	Seq       *int64      `json:"seq"`
}

// Host is where the endorsement stands in full.
func (e ShownEndorsement) Host() string { return HostOf(e.URL) }

// Shown is what a page shows beside a product.
type Shown struct {
	GTIN         string             `json:"gtin"`
	Name         trace.Text         `json:"name"`
	Brand        string             `json:"brand"`
	Category     string             `json:"category,omitempty"`
	Story        trace.Text         `json:"story"`
	Pictures     []ShownPicture     `json:"pictures"`
	Videos       []Video            `json:"videos"`
	Offers       []Offer            `json:"offers"`
	Endorsements []ShownEndorsement `json:"endorsements"`
}

// ShownPicture is a picture with its size.
type ShownPicture struct {
	Picture
	Size
}

// Offer is a link to buy, of a party in good standing.
type Offer struct {
	Party  string     `json:"-"` // the seller's id
	Seller trace.Text `json:"seller"`
	Label  trace.Text `json:"label"`
	URL    string     `json:"url"`
}

// Host is where the offer leads.
func (o Offer) Host() string { return HostOf(o.URL) }

// Host is where the video is.
func (v Video) Host() string { return HostOf(v.URL) }

// maxOffers bounds how many links to buy a page has.
const maxOffers = 8

// On gives what may be shown of a shelf on a day: a link to buy only where its
// seller stands well that day, and nothing of a brand that does not.
func (s Shelf) On(today trace.Date) Shown {
	v := Shown{GTIN: s.Product.GTIN, Name: s.Product.Name, Brand: s.Product.Brand, Category: s.Product.Category,
		Pictures: []ShownPicture{}, Videos: []Video{}, Offers: []Offer{}, Endorsements: s.Endorsements}
	if p := s.Presentation; p != nil && s.standsWell(s.Product.Owner, today) {
		v.Story, v.Videos = p.Story, append(v.Videos, p.Videos...)
		for _, picture := range p.Pictures {
			if size, kept := s.Sizes[picture.ID]; kept {
				v.Pictures = append(v.Pictures, ShownPicture{picture, size})
			}
		}
		s.offer(&v, s.Product.Owner, p.Buy, today)
	}
	for _, seller := range s.Sellers {
		s.offer(&v, seller.Party, seller.Links, today)
	}
	return v
}

func (s Shelf) standsWell(party string, today trace.Date) bool {
	p, known := s.Parties[party]
	return known && verdict.InGoodStanding(p, s.Product.GTIN, today)
}

// offer adds links that a party gave, each once.
func (s Shelf) offer(v *Shown, party string, links []BuyLink, today trace.Date) {
	for _, l := range links {
		seller := l.Seller
		if seller == "" {
			seller = party
		}
		if !s.standsWell(seller, today) || len(v.Offers) == maxOffers || v.offers(l.URL) {
			continue
		}
		v.Offers = append(v.Offers, Offer{seller, s.Parties[seller].Name, l.Label, l.URL})
	}
}

func (v *Shown) offers(url string) bool {
	for _, o := range v.Offers {
		if o.URL == url {
			return true
		}
	}
	return false
}

// Empty reports whether there is nothing to show.
func (v *Shown) Empty() bool {
	return v == nil || v.Story.ZhCN == "" && len(v.Pictures)+len(v.Videos)+len(v.Offers)+len(v.Endorsements) == 0
}
