package proofs

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// clockError is how wrong a phone's clock may be when it judges how old facts are; the peers let no
// proposal be further off.
const clockError = 5 * time.Minute

// Source is what a page's proof is checked against.
type Source struct {
	Trust    *proof.Trust  // nil where no proof can be had
	FactsAge time.Duration // how old what is signed may be; zero where facts are not signed
}

// Source is that of the pages.
func (h *Handler) Source() Source {
	switch {
	case h.Blocks == nil || h.Trust == nil:
		return Source{}
	case h.Countersigner == nil:
		return Source{Trust: h.Trust}
	}
	return Source{h.Trust, h.FactsAge + clockError}
}

// Shown is what the page's script needs to check the proof itself.
type Shown struct {
	Trust    *proof.Trust              `json:"trust"`
	Unit     proof.UnitID              `json:"unit"`
	Verdict  verdict.Verdict           `json:"verdict"`            // which facts must bear out where it is genuine
	Asked    AskedBy                   `json:"asked"`              // who asks: it counts in what facts give
	FactsAge int                       `json:"factsAge,omitempty"` // in seconds; absent where facts are not signed
	Checks   []proofCheck              `json:"checks"`             // in order, those of facts last
	Reasons  map[proof.Reason]string   `json:"reasons"`
	Words    map[string]string         `json:"words"`   // by outcome
	Orgs     map[string]string         `json:"orgs"`    // names by MSP id
	Results  map[verdict.Result]string `json:"results"` // by outcome, for those who do not see shapes
}

// AskedBy is the seller whose shop and the market that the question comes from, where they are
// known, and whether the owner asks.
type AskedBy struct {
	Seller string `json:"seller,omitempty"`
	Market string `json:"market,omitempty"`
	Owner  bool   `json:"owner,omitempty"`
}

type proofCheck struct {
	ID    proof.Check `json:"id"`
	Title string      `json:"title"`
}

// orgNames are the organisations of the channel as shoppers know them; another is called by its MSP id.
var orgNames = map[string]trace.Text{
	trace.PlatformMSP: text("org.platform"),
	trace.ProducerMSP: text("org.producer"),
	trace.AuditorMSP:  text("org.auditor"),
}

// ShownOn gives what a page in these words checks a unit's proof against. Results are what it calls
// each outcome to those who do not see shapes.
func ShownOn(
	f page.Frame, from Source, unit proof.UnitID, judged verdict.Verdict, by AskedBy,
	results map[verdict.Result]string,
) *Shown {
	shown := &Shown{Trust: from.Trust, Unit: unit, Verdict: judged, Asked: by, FactsAge: int(from.FactsAge.Seconds()),
		Reasons: map[proof.Reason]string{}, Results: results, Orgs: map[string]string{}, Words: words(f)}
	for _, check := range proof.Checks {
		shown.Checks = append(shown.Checks, proofCheck{check, proof.Titles[check].In(f.Lang)})
	}
	if shown.FactsAge > 0 {
		for _, check := range proof.FactsChecks {
			shown.Checks = append(shown.Checks, proofCheck{check, proof.Titles[check].In(f.Lang)})
		}
	}
	for reason, text := range proof.Reasons {
		shown.Reasons[reason] = text.In(f.Lang)
	}
	for msp, name := range orgNames {
		shown.Orgs[msp] = name.In(f.Lang)
	}
	return shown
}

// words are what the script says of each outcome. It puts names and the time, on the reader's own
// clock, into the first.
func words(f page.Frame) map[string]string {
	words := map[string]string{"stated": f.Say("proofStated", wording.Args{"orgs": "{orgs}", "time": "{time}"})}
	for outcome, name := range map[string]string{"pass": "proofPass", "fail": "proofFail", "unknown": "proofUnknown", "missing": "proofMissing",
		"otherwise": "proofOtherwise", "doubt": "proofDoubt", "and": "and"} {
		words[outcome] = f.T(name)
	}
	return words
}
