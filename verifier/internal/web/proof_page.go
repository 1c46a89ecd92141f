package web

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// clockError is how wrong a phone's clock may be when it judges how old facts are; the peers let no proposal be further off.
const clockError = 5 * time.Minute

// proofSource is what a page's proof is checked against.
type proofSource struct {
	trust    *proof.Trust  // nil where no proof can be had
	factsAge time.Duration // how old what is signed may be; zero where facts are not signed
}

func (h *handler) proofSource() proofSource {
	switch {
	case h.Blocks == nil || h.Trust == nil:
		return proofSource{}
	case h.Countersigner == nil:
		return proofSource{trust: h.Trust}
	}
	return proofSource{h.Trust, h.FactsAge + clockError}
}

// proofPage is what the page's script needs to check the proof itself.
type proofPage struct {
	Trust    *proof.Trust              `json:"trust"`
	Unit     proof.UnitID              `json:"unit"`
	Verdict  verdict.Verdict           `json:"verdict"`            // which facts must bear out where it is genuine
	Asked    askedBy                   `json:"asked"`              // who asks: it counts in what facts give
	FactsAge int                       `json:"factsAge,omitempty"` // in seconds; absent where facts are not signed
	Checks   []proofCheck              `json:"checks"`             // in order, those of facts last
	Reasons  map[proof.Reason]string   `json:"reasons"`
	Words    map[string]string         `json:"words"`   // by outcome
	Orgs     map[string]string         `json:"orgs"`    // names by MSP id
	Results  map[verdict.Result]string `json:"results"` // by outcome, for those who do not see shapes
}

// askedBy is the seller whose shop and the market that the question comes from, where they are known, and whether the owner asks.
type askedBy struct {
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
	trace.PlatformMSP: text("org.platform"), trace.ProducerMSP: text("org.producer"), trace.AuditorMSP: text("org.auditor"),
}

// ProofLimits says what a proof does not show.
func (p unitPage) ProofLimits() string { return proof.Means.In(p.Lang) }

// ProofURI is the unit's URI, for asking for its proof: any host will do.
func (p unitPage) ProofURI() string {
	return gs1.UnitURI("HTTPS://X", gs1.GTIN(p.Item.GTIN), p.Item.Lot, p.Item.Serial)
}

// Proof is nil where the page has nothing to prove.
func (p unitPage) Proof() *proofPage {
	if p.proof.trust == nil || p.Item == nil || p.Nonce == "" {
		return nil
	}
	data := &proofPage{Trust: p.proof.trust, Unit: proof.UnitID{GTIN: p.Item.GTIN, Lot: p.Item.Lot, Serial: p.Item.Serial}, Verdict: p.Verdict,
		Asked: askedBy{p.from.seller, p.from.market, p.ByOwner}, FactsAge: int(p.proof.factsAge.Seconds()),
		Reasons: map[proof.Reason]string{}, Results: map[verdict.Result]string{}, Orgs: map[string]string{}, Words: p.proofWords()}
	for _, check := range proof.Checks {
		data.Checks = append(data.Checks, proofCheck{check, proof.Titles[check].In(p.Lang)})
	}
	if data.FactsAge > 0 {
		for _, check := range proof.FactsChecks {
			data.Checks = append(data.Checks, proofCheck{check, proof.Titles[check].In(p.Lang)})
		}
	}
	for reason, text := range proof.Reasons {
		data.Reasons[reason] = text.In(p.Lang)
	}
	for result, text := range resultNames {
		data.Results[result] = text.In(p.Lang)
	}
	for msp, name := range orgNames {
		data.Orgs[msp] = name.In(p.Lang)
	}
	return data
}

// proofWords are what the script says of each outcome. It puts names and the time, on the reader's own clock, into the first.
func (p unitPage) proofWords() map[string]string {
	words := map[string]string{"stated": p.say("proofStated", wording.Args{"orgs": "{orgs}", "time": "{time}"})}
	for outcome, name := range map[string]string{"pass": "proofPass", "fail": "proofFail", "unknown": "proofUnknown", "missing": "proofMissing",
		"otherwise": "proofOtherwise", "doubt": "proofDoubt", "and": "and"} {
		words[outcome] = p.T(name)
	}
	return words
}
