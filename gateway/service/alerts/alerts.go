// Package alerts shows units that the scans speak against, and takes the decision on them.
package alerts

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/scanmap"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

// Alerts reads units that the scans speak against and keeps what is decided of them.
type Alerts interface {
	Alerts(ctx context.Context, f record.AlertFilter, p record.Paging) (record.Page[record.Alert], error)
	Alert(ctx context.Context, seenBy, id string) (record.Alert, bool, error)
	AlertScans(ctx context.Context, unit trace.Line) ([]record.AlertScan, error)
	AlertDecisions(ctx context.Context, id string) ([]record.AlertDecision, error)
	UnitFlag(ctx context.Context, gtin, lot string, index int64) (trace.UnitFlag, bool, error)
	DecideAlert(ctx context.Context, id, ref string, d record.AlertDecision) error
}

// Goods reads batches.
type Goods interface {
	Batch(ctx context.Context, gtin, lot string) (record.Batch, bool, error)
}

// Story reads what happened to units, and where they are.
type Story interface {
	Events(ctx context.Context, u record.Units) ([]record.ProvenanceEvent, error)
	Holdings(ctx context.Context, u record.Units) ([]record.ProvenanceHolding, error)
}

// Accounts says which person is behind an account.
type Accounts interface {
	Behind(ctx context.Context, account string) (string, error)
}

// Units gives the serial of a batch's unit.
type Units interface {
	SerialIn(ctx context.Context, b trace.Batch, index int64) (string, error)
}

// Service answers for alerts. All fields are required.
type Service struct {
	Writer   *service.Writer
	Alerts   Alerts
	Goods    Goods
	Story    Story
	Accounts Accounts
	Units    Units
}

// Alert is an alert for people: with the unit's serial, and in words why.
type Alert struct {
	record.Alert
	Serial  string        `json:"serial"`
	Reasons []AlertReason `json:"reasons"`
}

// AlertReason is a finding in words, with its facts and the share of each sign.
type AlertReason struct {
	scanrisk.Finding
	Text  trace.Text  `json:"text"`
	Signs []AlertSign `json:"signs"`
}

// AlertSign is one sign's share: Points adds to the logarithm of the odds.
type AlertSign struct {
	scanrisk.Points
	Text trace.Text `json:"text"`
}

// AlertCase is an alert with everything an analyst decides by.
type AlertCase struct {
	Alert
	Scans     []AlertScan                `json:"scans"`
	Events    []record.ProvenanceEvent   `json:"events"`
	Holdings  []record.ProvenanceHolding `json:"holdings"`
	Decisions []record.AlertDecision     `json:"decisions"`
}

// AlertScan is an entry of the log. Device is a letter that means the same
// device within this alert only. Lat and Lon are missing where not known.
type AlertScan struct {
	At     time.Time `json:"at"`
	Kind   string    `json:"kind"`
	City   string    `json:"city,omitempty"`
	Lat    *float64  `json:"lat,omitempty"`
	Lon    *float64  `json:"lon,omitempty"`
	Device string    `json:"device"`
}

// ListAlerts lists the alerts that the caller may see.
func (s *Service) ListAlerts(
	ctx context.Context, c service.Caller, status record.AlertStatus, p record.Paging,
) (record.Page[Alert], error) {
	page := record.Page[Alert]{Items: []Alert{}}
	if status != "" && !slices.Contains(record.AlertStatuses, status) {
		return page, trace.Refuse(trace.FieldInvalid, "status", "one_of", "names", record.AlertStatuses)
	}
	list, err := s.Alerts.Alerts(ctx, record.AlertFilter{SeenBy: c.Within(), Status: status}, p)
	if err != nil {
		return page, err
	}
	page.Next, page.Total, page.More = list.Next, list.Total, list.More
	for _, x := range list.Items {
		a, err := s.alertOf(ctx, x)
		if err != nil {
			return page, err
		}
		page.Items = append(page.Items, a)
	}
	return page, nil
}

// alertOf puts a stored alert into words.
func (s *Service) alertOf(ctx context.Context, x record.Alert) (Alert, error) {
	a := Alert{Alert: x, Reasons: []AlertReason{}}
	var reasons []scanrisk.Finding
	if err := json.Unmarshal(x.Reasons, &reasons); err != nil {
		return a, err
	}
	for _, r := range reasons {
		detail := scanrisk.Detail{Scans: r.Count, Devices: r.Devices, Places: r.Cities, Days: r.Days, KM: r.KM}
		told := AlertReason{
			Finding: r,
			Text:    scanrisk.Reason{Code: r.Code, Detail: detail}.Text(),
			Signs:   []AlertSign{},
		}
		for _, p := range slices.SortedStableFunc(slices.Values(r.Signs), func(a, b scanrisk.Points) int { return cmp.Compare(b.Points, a.Points) }) {
			told.Signs = append(told.Signs, AlertSign{p, p.Text()})
		}
		a.Reasons = append(a.Reasons, told)
	}
	var err error
	a.Serial, err = s.serialOf(ctx, x.GTIN, x.Lot, x.Index)
	return a, err
}

func (s *Service) serialOf(ctx context.Context, gtin, lot string, index int64) (string, error) {
	b, ok, err := s.Goods.Batch(ctx, gtin, lot)
	if b, err = service.Found(b, ok, err)(trace.BatchUnknown, "lot", lot); err != nil {
		return "", err
	}
	return s.Units.SerialIn(ctx, b.Batch, index)
}

// alertSeen gives an alert to those who may see it.
func (s *Service) alertSeen(ctx context.Context, c service.Caller, id string) (record.Alert, error) {
	x, ok, err := s.Alerts.Alert(ctx, c.Within(), id)
	return service.Found(x, ok, err)(service.AlertUnknown, "id", id)
}

// Alert gives an alert with its scans, its unit's custody and what was decided.
func (s *Service) Alert(ctx context.Context, c service.Caller, id string) (v AlertCase, err error) {
	x, err := s.alertSeen(ctx, c, id)
	if err != nil {
		return v, err
	}
	if v.Alert, err = s.alertOf(ctx, x); err != nil {
		return v, err
	}
	scans, err := s.Alerts.AlertScans(ctx, unitLine(x))
	if err != nil {
		return v, err
	}
	v.Scans = make([]AlertScan, len(scans))
	for i, sc := range scans {
		v.Scans[i] = AlertScan{At: sc.At, Kind: sc.Kind, City: sc.City, Device: letters(sc.Device)}
		if sc.Lat != 0 || sc.Lon != 0 {
			v.Scans[i].Lat, v.Scans[i].Lon = &sc.Lat, &sc.Lon
		}
	}
	u := record.Units{GTIN: x.GTIN, Lot: x.Lot, From: x.Index, To: x.Index + 1}
	if v.Events, err = s.Story.Events(ctx, u); err != nil {
		return v, err
	}
	if v.Holdings, err = s.Story.Holdings(ctx, u); err != nil {
		return v, err
	}
	v.Decisions, err = s.decisionsOf(ctx, x)
	return v, err
}

func unitLine(x record.Alert) trace.Line {
	return trace.Line{GTIN: x.GTIN, Lot: x.Lot, From: x.Index, Count: 1}
}

// letters names the n-th device, from 0: A to Z, then AA, AB and so on.
func letters(n int) string {
	if n < 26 {
		return string(rune('A' + n))
	}
	return letters(n/26-1) + string(rune('A'+n%26))
}

// decisionsOf puts the ledger's rulings and the analysts' other decisions in order.
func (s *Service) decisionsOf(ctx context.Context, x record.Alert) ([]record.AlertDecision, error) {
	all, err := s.Alerts.AlertDecisions(ctx, x.ID)
	if err != nil {
		return nil, err
	}
	f, _, err := s.Alerts.UnitFlag(ctx, x.GTIN, x.Lot, x.Index)
	for _, r := range f.Rulings {
		if r.Copied { // its withdrawal is told by the dismissal or reopening that came with it
			all = append(
				all,
				record.AlertDecision{
					Outcome: record.CloneConfirmed,
					Note:    r.Note,
					Party:   r.By,
					Account: r.Officer,
					At:      r.At,
				},
			)
		}
	}
	slices.SortStableFunc(all, func(a, b record.AlertDecision) int { return a.At.Compare(b.At) })
	return append([]record.AlertDecision{}, all...), err
}

// AlertMap draws an alert's scans.
func (s *Service) AlertMap(ctx context.Context, c service.Caller, id string) ([]byte, error) {
	x, err := s.alertSeen(ctx, c, id)
	if err != nil {
		return nil, err
	}
	scans, err := s.Alerts.AlertScans(ctx, unitLine(x))
	if err != nil {
		return nil, err
	}
	serial, err := s.serialOf(ctx, x.GTIN, x.Lot, x.Index)
	if err != nil {
		return nil, err
	}
	points := make([]scanmap.Scan, len(scans))
	for i, sc := range scans {
		points[i] = scanmap.Scan{At: sc.At.In(trace.Zone), City: sc.City, Lat: sc.Lat, Lon: sc.Lon}
	}
	return scanmap.Draw(x.GTIN+" · "+x.Lot+" · "+serial[max(0, len(serial)-6):], points), nil
}
