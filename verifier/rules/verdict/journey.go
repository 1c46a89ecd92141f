package verdict

import (
	"cmp"
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Step is one station on a unit's way. On is the day a shopper is told; At is
// when the ledger recorded it. Place is where it was made, or where whoever
// moved it worked then; empty where that is not known.
type Step struct {
	Type  trace.EventType `json:"type"`
	At    time.Time       `json:"at"`
	On    trace.Date      `json:"on"`
	By    trace.Text      `json:"by"`
	Place string          `json:"place,omitempty"`
	Text  trace.Text      `json:"text"`
	TxID  string          `json:"txId"`
	Block int64           `json:"block"`
}

// stepTexts says what happened at a station. Events that are not in the table
// are not stations: they do not concern a shopper.
var stepTexts = map[trace.EventType]trace.Text{
	trace.EventBatchRegistered:   {ZhCN: "「{by}」生产", En: "Made by {by}"},
	trace.EventTransformed:       {ZhCN: "「{by}」生产", En: "Made by {by}"},
	trace.EventDispatched:        {ZhCN: "由「{by}」发往「{to}」", En: "Sent by {by} to {to}"},
	trace.EventShipmentCancelled: {ZhCN: "由「{by}」撤回发货", En: "Shipment taken back by {by}"},
	trace.EventReceiptAmended:    {ZhCN: "签收经双方同意更改", En: "Receipt amended by consent of both sides"},
	trace.EventUndone:            {ZhCN: "由「{by}」撤销此前误登的记录", En: "An entry made by mistake was undone by {by}"},
	trace.EventReceived:          {ZhCN: "「{by}」签收", En: "Received by {by}"},
	trace.EventSold:              {ZhCN: "由「{by}」售出", En: "Sold by {by}"},
	trace.EventReturned:          {ZhCN: "退回「{by}」", En: "Returned to {by}"},
	trace.EventDecommissioned:    {ZhCN: "由「{by}」登记停售", En: "Withdrawn by {by}"},
	trace.EventRecalled:          {ZhCN: "「{by}」宣布召回", En: "Recalled by {by}"},
	trace.EventRecallClosed:      {ZhCN: "「{by}」结束召回", En: "Recall closed by {by}"},
	trace.EventUnitActivated:     {ZhCN: "首位所有者登记", En: "Claimed by its first owner"},
	trace.EventUnitPassedOn:      {ZhCN: "转给新的所有者", En: "Passed on to a new owner"},
	trace.EventUnitStolen:        {ZhCN: "所有者报告失窃", En: "Reported stolen by its owner"},
	trace.EventStolenWithdrawn:   {ZhCN: "所有者撤回失窃报告", En: "Owner took the report of theft back"},
}

// removedTexts say how a unit left circulation, in place of the event's own text.
var removedTexts = map[trace.Reason]trace.Text{
	trace.ReasonMissing:   {ZhCN: "「{by}」清点时缺失", En: "Found missing by {by}"},
	trace.ReasonDamaged:   {ZhCN: "「{by}」登记破损", En: "Found damaged by {by}"},
	trace.ReasonDestroyed: {ZhCN: "由「{by}」销毁", En: "Destroyed by {by}"},
	trace.ReasonStolen:    {ZhCN: "「{by}」报告被盗", En: "Reported stolen by {by}"},
	trace.ReasonSampled:   {ZhCN: "由「{by}」取作样品", En: "Taken as a sample by {by}"},
	trace.ReasonVoided:    {ZhCN: "编码由「{by}」作废", En: "Code ended by {by}"},
	trace.ReasonExported:  {ZhCN: "由「{by}」销往其他市场", En: "Exported to another market by {by}"},
}

func journey(r *Records) []Step {
	steps := make([]Step, 0, len(r.Events))
	for _, e := range r.Events {
		if text, ok := stepText(e); ok {
			steps = append(steps, r.step(e, text))
		}
	}
	for _, c := range slices.Concat(r.Batch.Corrections, r.productCorrections()) {
		steps = append(steps, r.correction(c))
	}
	slices.SortStableFunc(steps, func(a, b Step) int { return a.At.Compare(b.At) })
	return steps
}

func (r *Records) productCorrections() []trace.Correction {
	if r.Product == nil {
		return nil
	}
	return r.Product.Corrections
}

// correctable names what a correction can change.
var correctable = map[string]trace.Text{
	"producedOn": {ZhCN: "生产日期", En: "production date"}, "expiresOn": {ZhCN: "有效期", En: "expiry date"}, "origin": {ZhCN: "产地", En: "origin"},
	"name": {ZhCN: "商品名称", En: "name"}, "specification": {ZhCN: "规格", En: "specification"}, "category": {ZhCN: "类目", En: "category"},
}

var correctionText = trace.Text{ZhCN: "「{by}」更正了{field}：由“{before}”改为“{after}”。原因：{reason}", En: "{by} corrected the {field} from “{before}” to “{after}”. Reason: {reason}"}

var nothingBefore = trace.Text{ZhCN: "未填写", En: "nothing"}

// correction tells both values, for who bought by the first must be able to see it.
func (r *Records) correction(c trace.Correction) Step {
	value := func(s string) trace.Text {
		if s == "" {
			return nothingBefore
		}
		return trace.Text{ZhCN: s, En: s}
	}
	s := Step{Type: trace.EventBatchCorrected, At: c.At, On: trace.DayOf(c.At), By: r.name(c.By)}
	s.Text = Detail{"by": s.By, "field": correctable[c.Field], "before": value(c.Before), "after": value(c.After), "reason": value(c.Reason)}.fill(correctionText)
	return s
}

// usedUp is the last station of a unit that went into other goods.
var usedUp = trace.Text{ZhCN: "由「{by}」用于生产其他商品", En: "Used up by {by} in making other goods"}

func stepText(e Event) (trace.Text, bool) {
	if e.Target != nil && e.Target.State == trace.Consumed {
		return usedUp, true
	}
	if e.Target != nil && e.Target.State == trace.Removed {
		if text, ok := removedTexts[e.Target.Reason]; ok {
			return text, true
		}
	}
	text, ok := stepTexts[e.Type]
	return text, ok
}

// step dates production by the batch's own day, everything else by the ledger.
func (r *Records) step(e Event, text trace.Text) Step {
	s := Step{Type: e.Type, At: e.At, On: trace.DayOf(e.At), By: r.name(e.By), TxID: e.TxID, Block: e.Block}
	if e.Target != nil {
		s.Place = e.Place
	}
	if e.Type == trace.EventBatchRegistered || e.Type == trace.EventTransformed && e.Target != nil && e.Target.State == trace.Held {
		s.On, s.Place = r.Batch.ProducedOn, cmp.Or(r.Batch.Origin, s.Place)
	}
	s.Text = Detail{"by": s.By, "to": r.name(e.To)}.fill(text)
	return s
}
