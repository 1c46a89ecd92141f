package content

import (
	"regexp"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

const (
	maxEndorsement = 600
	maxSponsor     = 60
)

// Creator is somebody who writes about goods for a public of his own. Handle is
// his name here; URL is where his public finds him.
type Creator struct {
	Handle string     `json:"handle"`
	Name   trace.Text `json:"name"`
	URL    string     `json:"url"`
}

// Why a store keeps no endorsement: its scan carries one already, or the creator's last word about the product stands.
var (
	ErrScanSpent = refuse(trace.FieldInvalid, "token", "scan_spent")
	ErrStands    = refuse(trace.FieldInvalid, "uri", "endorsement_stands")
)

var handleForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{1,29}$`)

// Clean checks a creator and gives him as he is kept.
func (c Creator) Clean() (Creator, error) {
	if !handleForm.MatchString(c.Handle) {
		return c, refuse(trace.FieldInvalid, "handle", "handle")
	}
	var err error
	if c.Name, err = line("name", c.Name, maxLabel); err != nil {
		return c, err
	}
	c.URL, err = Link("url", c.URL)
	return c, err
}

// Endorsement is what a creator says about a product after scanning one unit of
// it. ScannedAt is when; Proof is the SHA-256 of the token that the scan gave,
// which only whoever had the unit's code before him could have. Sponsored has no
// default: a paid word that does not say so is forbidden (Internet Advertising
// Measures of China, article 9), and so is silence about it here.
type Endorsement struct {
	ID        string
	Creator   string
	Unit      verdict.Unit
	ScannedAt time.Time
	Proof     [32]byte
	Text      trace.Text
	URL       string
	Sponsored bool
	Sponsor   string
}

// NewEndorsement is what a creator sends. Sponsored is nil where nothing was said.
type NewEndorsement struct {
	Text      trace.Text `json:"text"`
	URL       string     `json:"url"`
	Sponsored *bool      `json:"sponsored"`
	Sponsor   string     `json:"sponsor"`
}

// Of makes the endorsement of a unit, with a number of its own.
func (n NewEndorsement) Of(creator string, u verdict.Unit, scannedAt time.Time, proof [32]byte) (Endorsement, error) {
	e := Endorsement{ID: feedback.NewID("E"), Creator: creator, Unit: u, ScannedAt: scannedAt, Proof: proof}
	var err error
	if strings.TrimSpace(n.Text.ZhCN) == "" {
		return e, trace.Refuse(trace.FieldInvalid, "text.zh-CN", "missing")
	}
	if e.Text, err = paragraphs("text", n.Text, maxEndorsement); err != nil {
		return e, err
	}
	if e.URL, err = Link("url", n.URL); err != nil {
		return e, err
	}
	return e, e.disclose(n)
}

func (e *Endorsement) disclose(n NewEndorsement) (err error) {
	if n.Sponsored == nil {
		return refuse(trace.FieldInvalid, "sponsored", "sponsored")
	}
	if e.Sponsored = *n.Sponsored; !e.Sponsored && n.Sponsor != "" {
		return refuse(trace.FieldInvalid, "sponsor", "sponsored_by")
	}
	if e.Sponsor, err = plain("sponsor", n.Sponsor, maxSponsor); err != nil {
		return err
	}
	if e.Sponsored && e.Sponsor == "" || strings.Contains(e.Sponsor, "\n") {
		return refuse(trace.FieldInvalid, "sponsor", "sponsor")
	}
	return nil
}
