package unit

import (
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/complaints"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/owner"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/proofs"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/shop"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// unitPage is what the sections of a unit's page show: assets/unit.html says
// their order, assets/unit_*.html are one each.
type unitPage struct {
	page.Frame
	verdict.Answer
	Nonce  string
	Script string
	owner.Words
	complaints.Told
	shop.Goods
	ProofScript string
	ClaimScript string
	Reviews     *feedback.Reviews
	Shop        *content.Shown // nil where nothing is to be sold
	Complain    string         // link to the form, empty where no unit is known
	URL         string         // the unit's address, as the label has it; empty where no unit is known
	CheckedAt   time.Time      // when this answer was given
	AsOwner     *unitPage      // the same as the unit's owner reads it, on whose device a script shows it; nil where there is none
	proof       proofs.Source
	from        codes.Asker
}

// CreatorForm is where a creator says something about the item; empty where the
// unit is not known.
func (p unitPage) CreatorForm() string {
	if p.URL == "" || p.Verdict != verdict.Genuine {
		return ""
	}
	return "/endorsements/new?" + url.Values{"uri": {p.URL}, "lang": {p.Lang}}.Encode()
}

// Tail is the end of the serial, which the label prints for reading aloud.
func (p unitPage) Tail() string {
	s := p.Item.Serial
	return s[max(0, len(s)-6):]
}

// Again is the link to ask once more, in the same language.
func (p unitPage) Again() string {
	if p.Lang == wording.Chinese {
		return p.Chinese
	}
	return p.English
}

// ScansText says how often the unit was asked about, and since when.
func (p unitPage) ScansText() string {
	if p.FirstScan == nil {
		return p.T("firstTime")
	}
	return p.Say("asked", wording.Args{"times": p.ScanCount, "day": p.Time(*p.FirstScan)})
}

// Checked writes the moment of the answer, for whoever is shown the page later.
func (p unitPage) Checked() string {
	return p.CheckedAt.In(trace.Zone).Format(p.T("layoutChecked"))
}

// Shows says whether a section is unfolded from the start. With nothing against
// the item it tells its story; a warning leads with what to do, and unfolds
// only the section that it is about.
func (p unitPage) Shows(section string) bool {
	about := map[string]verdict.CheckID{"journey": verdict.CheckCustody, "seller": verdict.CheckSeller}
	if p.Verdict == verdict.Genuine {
		return section != "seller"
	}
	return slices.ContainsFunc(p.Failed(), func(c verdict.Check) bool { return c.ID == about[section] })
}

// Failed are the checks that did not pass, Passed those that did.
func (p unitPage) Failed() (all []verdict.Check) { return p.checks(false) }

// Passed are the checks that did.
func (p unitPage) Passed() (all []verdict.Check) { return p.checks(true) }

func (p unitPage) checks(passed bool) (all []verdict.Check) {
	for _, c := range p.Checks {
		if passed && p.outOfDate() {
			break // what they say may have changed
		}
		if (c.Result == verdict.Pass) == passed {
			all = append(all, c)
		}
	}
	return all
}

// outOfDate reports that the records cannot be relied on.
func (p unitPage) outOfDate() bool {
	return len(p.Checks) > 1 && p.Checks[1].ID == verdict.CheckLedger && p.Checks[1].Result != verdict.Pass
}

// Clear reports whether nothing says to stop, so that what passed may be shown as good.
func (p unitPage) Clear() bool { return p.Verdict == verdict.Genuine || p.Verdict == verdict.Caution }

// Claim is how the page invites the first owner.
func (p unitPage) Claim() string {
	if p.PINs == verdict.WithPINs {
		return p.T("claim")
	}
	return p.T("ownClaim")
}

// ClaimLead says how to register, by whether the label is known to have a PIN.
func (p unitPage) ClaimLead() string {
	if p.PINs == verdict.WithPINs {
		return p.T("claimLead")
	}
	return p.T("claimLeadIf")
}

// checkList is some of a page's checks.
type checkList struct {
	Page   unitPage
	Checks []verdict.Check
}

// List is for the template that shows checks.
func (p unitPage) List(checks []verdict.Check) checkList { return checkList{p, checks} }

// PassedCount says how many checks passed.
func (p unitPage) PassedCount() string {
	name := "allPassed"
	if len(p.Failed()) > 0 {
		name = "othersPassed"
	}
	return p.Say(name, wording.Args{"n": len(p.Passed())})
}

var roleSeparator = text("roles.separator")

// RoleNames lists what a party does.
func (p unitPage) RoleNames(roles []trace.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, roleNames[r].In(p.Lang))
	}
	return strings.Join(names, roleSeparator.In(p.Lang))
}

// Since and Until write the day from which, and to which, something holds.
func (p unitPage) Since(d trace.Date) string { return p.Say("since", wording.Args{"day": p.Day(d)}) }

// Until says so of a day that has passed.
func (p unitPage) Until(d trace.Date) string {
	if d.Expired(trace.DayOf(p.CheckedAt)) {
		return p.Say("ended", wording.Args{"day": p.Day(d)})
	}
	return p.Say("validTo", wording.Args{"day": p.Day(d)})
}

// Due writes a day by which something is to be done.
func (p unitPage) Due(d trace.Date) string {
	if d.Expired(trace.DayOf(p.CheckedAt)) {
		return p.Say("overdue", wording.Args{"day": p.Day(d)})
	}
	return p.Day(d)
}

// AuthorisedText says by what right a party stands for the brand.
func (p unitPage) AuthorisedText(a verdict.Authorised) string {
	switch {
	case a.Owner:
		return p.T("ownBrand")
	case a.ValidTo == "":
		return p.Say("byBrand", wording.Args{"brand": a.Brand})
	}
	return p.Say("byBrand", wording.Args{"brand": a.Brand}) + p.T("comma") + p.Until(a.ValidTo)
}

// Decided says how many complaints against a party came out how.
func (p unitPage) Decided(n verdict.Decided) (lines []string) {
	for _, o := range []trace.Outcome{trace.CounterfeitConfirmed, trace.FoundGenuine, trace.CannotTell} {
		if n[o] > 0 {
			lines = append(lines, p.Say("times", wording.Args{"outcome": p.OutcomeText(o), "n": n[o]}))
		}
	}
	return lines
}

// ReviewGist is the reviews in a few characters.
func (p unitPage) ReviewGist() string {
	return p.Say("reviewGist", wording.Args{"average": fmt.Sprintf("%.1f", p.Reviews.Average), "n": p.Reviews.Count})
}

// ReviewSums says how many reviews count, and how many were folded.
func (p unitPage) ReviewSums() string {
	r := p.Reviews
	return p.Say(
		"reviewSums", wording.Args{"n": r.Count, "average": fmt.Sprintf("%.1f", r.Average), "folded": r.Folded},
	)
}

// ShowOwner reports whether the page tells of a first owner in a section of its own.
func (p unitPage) ShowOwner() bool { return p.Owner != nil && p.AtHand() }

// OwnerFacts say since when the unit has an owner and how often it was passed on.
func (p unitPage) OwnerFacts() string {
	facts := wording.Args{"day": p.Time(p.Owner.Since), "n": p.Owner.PassedOn}
	if p.Owner.PassedOn > 0 {
		return p.Say("ownerPassedOn", facts)
	}
	return p.Say("ownerSince", facts)
}

// Ping is where a browser tells that a link of this page was opened.
func (p unitPage) Ping(id string) template.URL {
	if p.Nonce == "" {
		return ""
	}
	query := url.Values{"uri": {p.URL}, "nonce": {p.Nonce}, "link": {id}}.Encode()
	return template.URL("/clicks?" + query) //nolint:gosec // encoded just now
}
