package record

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/photo"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Presentation is all that is kept of how a product is presented, the newest
// version first. Shown is the version that shoppers see, 0 for none. HiddenWhy
// is the platform's reason where it has taken the presentation down.
type Presentation struct {
	GTIN      string                `json:"gtin"`
	Shown     int                   `json:"shown"`
	HiddenWhy string                `json:"hiddenWhy,omitempty"`
	Versions  []PresentationVersion `json:"versions"`
	Unsaved   *PresentationLook     `json:"unsaved,omitempty"` // of who asks, where it is newer than every version
}

// PresentationLook is what somebody has written of a presentation and not saved.
type PresentationLook struct {
	At      time.Time            `json:"at"`
	Preview string               `json:"preview"`
	Content content.Presentation `json:"content"`
}

// PresentationVersion is one version as it was saved. Preview is the address
// under which it can be looked at, shown or not.
type PresentationVersion struct {
	Version int                  `json:"version"`
	SavedAt time.Time            `json:"savedAt"`
	Account string               `json:"account"`
	Preview string               `json:"preview"`
	Content content.Presentation `json:"content"`
}

// Picture is a picture that a party has uploaded, in two sizes.
type Picture struct {
	ID           [32]byte
	Large, Small photo.Sized
}

// BuyLinks are where a party sells a product, as it says itself.
type BuyLinks struct {
	GTIN  string            `json:"gtin"`
	Party string            `json:"party"`
	Links []content.BuyLink `json:"links"`
}

// Badge is a badge with what to put on a page to show it, as a script and as a
// picture, and the page that it leads to.
type Badge struct {
	verdict.Badge
	Script  string `json:"script"`
	Picture string `json:"picture"`
	Page    string `json:"page"`
}

// Creator is a creator with his account.
type Creator struct {
	content.Creator
	CreatedAt time.Time `json:"createdAt"`
	RevokedAt time.Time `json:"revokedAt,omitzero"`
}

// Endorsement is what a creator said about a product. Status is shown,
// withdrawn, or hidden for a Reason.
type Endorsement struct {
	ID        string      `json:"id"`
	Creator   string      `json:"creator"`
	GTIN      string      `json:"gtin"`
	Lot       string      `json:"lot"`
	Index     int64       `json:"index"`
	ScannedAt time.Time   `json:"scannedAt"`
	Text      trace.Text  `json:"text"`
	URL       string      `json:"url"`
	Sponsored bool        `json:"sponsored"`
	Sponsor   string      `json:"sponsor,omitempty"`
	At        time.Time   `json:"at"`
	Status    string      `json:"status"`
	Reason    *trace.Text `json:"reason,omitempty"`
}

// EndorsementFilter narrows a list of endorsements: to those of a creator, or
// of the products of an owner. Empty fields do not.
type EndorsementFilter struct{ Creator, Owner, GTIN string }

// RoleCreator is the role of creators' accounts, which act for no party: their
// party is the handle behind an @, which no party's id can be.
const RoleCreator trace.Role = "creator"
