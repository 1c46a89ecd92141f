package verdict

import (
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// Answer is what a shopper gets. Its JSON is the verifier's public answer;
// Message holds the texts of the deciding finding for the page.
type Answer struct {
	Verdict   Verdict      `json:"verdict"`
	Code      CodeAnswer   `json:"code"`
	Headline  trace.Text   `json:"headline"`
	Checks    []Check      `json:"checks"`
	Item      *Item        `json:"item"`             // null where the code is not recognised or nothing could be read
	Journey   []Step       `json:"journey"`          // oldest first, never null
	Seller    *Seller      `json:"seller"`           // who answers for the unit; null where that is not known
	Rulings   []ItemRuling `json:"rulings"`          // complaints decided about the unit or its lot, the latest first, never null
	Owner     *Ownership   `json:"owner,omitempty"`  // where somebody has claimed it
	FirstScan *time.Time   `json:"firstScan"`        // null where nobody has asked before
	ScanCount int64        `json:"scanCount"`        // before this answer
	Ledger    *LedgerRef   `json:"ledger"`           // null where the ledger said nothing
	Signed    *SignedBy    `json:"signed,omitempty"` // whose signatures a genuine answer rests on
	Message   Message      `json:"-"`
	Decides   CheckID      `json:"-"` // the check whose finding that is; empty where all passed
	Issued    trace.Text   `json:"-"` // who issued the code and when, in one line
	Asked     trace.Text   `json:"-"` // who asked before, in one line
	PINs      PINs         `json:"-"`
	ByOwner   bool         `json:"-"` // whether it is the unit's owner who is told this
	ForOwner  *Answer      `json:"-"` // what the unit's owner is told; nil where it has none that could be known
	MayClaim  bool         `json:"-"` // whether the first owner can register: see Answer.mayClaim
}

// CodeAnswer says what the code alone shows.
type CodeAnswer struct {
	Valid bool `json:"valid"`
}

// LedgerRef is where on the ledger the batch stands, and how far the ledger
// had come when it was read.
type LedgerRef struct {
	Height int64  `json:"height"`
	TxID   string `json:"txId"`
}

// Item is what the code was issued for.
type Item struct {
	GTIN          string          `json:"gtin"`
	Lot           string          `json:"lot"`
	Serial        string          `json:"serial"`
	Name          trace.Text      `json:"name"`
	Brand         string          `json:"brand"`
	Specification string          `json:"specification,omitempty"`
	Origin        string          `json:"origin,omitempty"`
	Producer      trace.Text      `json:"producer"`
	ProducedOn    trace.Date      `json:"producedOn"`
	ExpiresOn     trace.Date      `json:"expiresOn,omitempty"`
	Inspection    *ItemInspection `json:"inspection,omitempty"` // of the lot, the latest
}

// Judge gives the answer to evidence. The worst check decides. Nothing of the
// records is shown for a code that is not recognised.
func Judge(e Evidence) Answer {
	checks := checkSignatures(e, examine(e))
	decides := worst(checks)
	a := Answer{
		Verdict: decides.Verdict(),
		Code:    CodeAnswer{Valid: checks[0].Result == Pass},
		Checks:  checks,
		Journey: []Step{},
		Rulings: []ItemRuling{},
		Message: decides.Message(),
		ByOwner: e.ByOwner,
	}
	if a.Verdict != NotRecognised && e.batch() != nil {
		a.addRecords(e)
	}
	if a.Decides = decides.ID; a.Verdict == Genuine {
		a.Signed = e.signedBy()
		a.Decides, a.Message = "", genuineMessage(e)
	}
	a.MayClaim = a.mayClaim(e)
	a.Message.Do = a.withPIN(e, decides.finding)
	if a.Owner != nil && a.Owner.Key != "" && !e.ByOwner {
		e.ByOwner = true
		owners := Judge(e)
		a.ForOwner = &owners
	}
	a.Headline = headline(a.Verdict, a.Message)
	return a
}

func (a *Answer) addRecords(e Evidence) {
	r := e.Records
	a.Item, a.Journey, a.Owner = item(e), journey(r), ownership(r)
	a.Seller, a.Rulings, a.PINs = seller(e), rulings(e), r.PINs
	a.Issued, a.Asked = r.issued(), r.asked()
	a.ScanCount = r.Scans.Count
	if !r.Scans.First.IsZero() {
		a.FirstScan = &r.Scans.First
	}
	if r.Ledger != nil {
		a.Ledger = &LedgerRef{Height: r.Ledger.Height, TxID: r.BatchTx}
	}
}

func item(e Evidence) *Item {
	r, b := e.Records, e.Records.Batch
	it := &Item{
		GTIN: b.GTIN, Lot: b.Lot, Serial: e.Serial, Origin: b.Origin, Producer: r.name(b.Producer),
		Name: trace.Text{ZhCN: b.GTIN, En: b.GTIN}, ProducedOn: b.ProducedOn, ExpiresOn: r.expiresOn(),
		Inspection: itemInspection(r),
	}
	if p := r.Product; p != nil {
		it.Name, it.Brand, it.Specification = p.Name, p.Brand, p.Specification
		if it.Origin == "" {
			it.Origin = p.Origin
		}
	}
	return it
}

func genuineMessage(e Evidence) Message {
	m := Message{Title: genuineTitle, Found: firstToAsk, Means: genuineMeans, Do: genuineDo}
	if e.Records.Scans.Count > 0 {
		m.Found = askedBefore(e.Records.Scans)
	}
	return m.fill(e.Records.asking())
}

func (r *Records) issued() trace.Text { return r.asking().fill(issuedBy) }

func (r *Records) asked() trace.Text {
	if r.Scans.Count == 0 {
		return nobodyAsked
	}
	return r.asking().fill(askedBefore(r.Scans))
}

func askedBefore(s Scans) trace.Text {
	if s.LastPlace == "" {
		return askedBeforeNow
	}
	return askedBeforeIn
}

// asking is what the texts about earlier questions quote.
func (r *Records) asking() Detail {
	return Detail{"issuer": r.name(r.Batch.Producer), "on": trace.DayOf(r.Batch.RegisteredAt),
		"count": r.Scans.Count, "at": r.Scans.Last, "place": r.Scans.LastPlace}
}

var headlines = trace.Table[Verdict](texts, "headline", Genuine, Caution, Stop, NotRecognised, Unavailable)

// headline is the message as one short paragraph. A warning names what to do;
// a genuine answer and an unavailable one let their first words do the work.
func headline(v Verdict, m Message) trace.Text {
	return headlines[v].With(wording.Args{"title": m.Title, "found": m.Found, "do": m.Do})
}
