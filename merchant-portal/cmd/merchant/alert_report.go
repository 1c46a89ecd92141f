package main

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/base64"
	"html/template"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

//go:embed alert_report.html
var reportPage string

// reportView is a report in one language.
type reportView struct {
	desk  *desk
	Alert client.AlertCase
	Map   template.URL
	Lang  string
}

// alertReport writes an alert as one page that needs nothing else: to be kept,
// printed and sent on. picture is the gateway's SVG. It stands in the page as an
// image, in which no script runs, whoever answered as the gateway.
func (d *desk) alertReport(a client.AlertCase, picture []byte) ([]byte, error) {
	page, err := template.New("report").Parse(reportPage)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	//nolint:gosec // base64 cannot end the attribute
	image := template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(picture))
	err = page.Execute(&b, reportView{d, a, image, d.language()})
	return b.Bytes(), err
}

// T gives one of the report's own words.
func (v reportView) T(zh, en string) string { return v.desk.say(trace.Text{ZhCN: zh, En: en}) }

// In gives a text in the report's language.
func (v reportView) In(t client.Text) string { return v.desk.say(textOf(t)) }

// Status says where the alert stands.
func (v reportView) Status() string { return v.desk.say(statusWords[string(v.Alert.Status)]) }

// Risk in words or per cent.
func (v reportView) Risk() string { return v.desk.likelihood(v.Alert.Code, v.Alert.Risk) }

// Weighty leaves out the signs that say nothing.
func (v reportView) Weighty(signs []client.AlertSign) []client.AlertSign { return weighty(signs) }

// Scan says what happened.
func (v reportView) Scan(s client.AlertScan) string { return v.desk.say(scanWords[s.Kind]) }

// City names where, as far as it is known.
func (v reportView) City(s client.AlertScan) string { return cmp.Or(s.City, "?") }

// eventWords say what happened to a unit on its way.
var eventWords = map[string]trace.Text{
	"batch_registered": {
		ZhCN: "生产登记",
		En:   "made",
	},
	"transformed": {ZhCN: "制成", En: "made"},
	"packed":      {ZhCN: "装箱", En: "packed"},
	"unpacked": {
		ZhCN: "拆箱",
		En:   "unpacked",
	},
	"dispatched": {ZhCN: "发货", En: "sent"},
	"received":   {ZhCN: "签收", En: "received"},
	"sold": {
		ZhCN: "售出",
		En:   "sold",
	},
	"returned":       {ZhCN: "退货", En: "returned"},
	"decommissioned": {ZhCN: "停售", En: "withdrawn"},
	"inspected": {
		ZhCN: "检验",
		En:   "inspected",
	},
	"held":          {ZhCN: "封存", En: "put on hold"},
	"released":      {ZhCN: "放行", En: "released"},
	"recalled":      {ZhCN: "召回", En: "recalled"},
	"recall_closed": {ZhCN: "召回结束", En: "recall closed"},
	"unit_passed_on": {
		ZhCN: "转让",
		En:   "passed on",
	},
	"unit_owner_key_renewed": {ZhCN: "更换所有者密钥", En: "owner's key renewed"},
	"unit_reported_stolen": {
		ZhCN: "所有者报失",
		En:   "reported stolen by its owner",
	},
	"unit_stolen_withdrawn": {ZhCN: "撤回报失", En: "theft report withdrawn"},
	"unit_activated":        {ZhCN: "首位所有者登记", En: "claimed by its first owner"},
	"unit_flagged": {
		ZhCN: "确认编码被复制",
		En:   "code confirmed as copied",
	},
	"unit_flag_withdrawn": {ZhCN: "撤回该确认", En: "confirmation withdrawn"},
}

// Event says what happened; what has no words keeps its name.
func (v reportView) Event(e client.ProvenanceEvent) string {
	return cmp.Or(v.desk.say(eventWords[e.Type]), e.Type)
}

// Decision says what was decided.
func (v reportView) Decision(x client.AlertDecision) string {
	return v.desk.say(decisionWords[x.Outcome])
}

// Who decided.
func (v reportView) Who(x client.AlertDecision) string { return v.desk.decider(x) }

// Day writes a time as the tables do.
func (v reportView) Day(t time.Time) string { return day(t) }
