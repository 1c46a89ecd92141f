package service

import (
	"cmp"
	"encoding/json"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// noticeTitles say in both languages what a notice of a kind is about, where
// eventTitles does not know it better.
var noticeTitles = map[record.NoticeKind]trace.Text{
	record.NoticeRecall:     {ZhCN: "召回涉及您手中的货", En: "A recall reaches goods of yours"},
	record.NoticeComplaint:  {ZhCN: "投诉有新进展", En: "News in a complaint"},
	record.NoticeExpiring:   {ZhCN: "证照或授权即将到期", En: "A licence or authorisation ends soon"},
	record.NoticeAlert:      {ZhCN: "您的资格已失效，需要处理", En: "Your standing has lapsed and needs attention"},
	record.NoticeShipment:   {ZhCN: "有货发给您", En: "Goods are on their way to you"},
	record.NoticeReceipt:    {ZhCN: "一笔发货的签收有新进展", En: "News of the receipt of a shipment"},
	record.NoticeCase:       {ZhCN: "一宗收发异常有新进展", En: "News in a case about a delivery"},
	record.NoticeCorrection: {ZhCN: "有记录被更正，或等待您同意更正", En: "A record was corrected, or waits for your consent"},
	record.NoticeInspection: {ZhCN: "检验有结果", En: "An inspection has its result"},
	record.NoticeClone:      {ZhCN: "一件商品的编码可能被复制", En: "The code of an item may have been copied"},
	record.NoticeReport:     {ZhCN: "有人举报了一枚查不到的编码", En: "A code that we do not know was reported"},
	record.NoticeStanding:   {ZhCN: "资格或检查有变动", En: "A change of standing or a check"},
}

// told is what a notice's detail says of its cause.
type told struct {
	Event       trace.EventType         `json:"event"`
	Status      string                  `json:"status"`
	Application trace.ApplicationStatus `json:"application"`
	Accepted    *bool                   `json:"accepted"`
}

// eventTitles name the event of a notice and, where that changes what it means
// to the reader, how it ended.
var eventTitles = map[trace.EventType]map[string]trace.Text{
	trace.EventApplied: {"": {ZhCN: "收到一份入驻申请，等待审核", En: "An application waits for your decision"}},
	trace.EventApplicationReviewed: {
		string(trace.ApplicationAccepted):   {ZhCN: "申请已通过", En: "Your application was accepted"},
		string(trace.ApplicationMoreNeeded): {ZhCN: "申请需要补充材料", En: "Your application needs more documents"},
		string(trace.ApplicationRefused):    {ZhCN: "申请未通过", En: "Your application was refused"},
	},
	trace.EventPartyStatus: {
		string(trace.StatusQualified): {ZhCN: "资格已生效", En: "You are qualified"},
		string(trace.StatusSuspended): {ZhCN: "资格已暂停", En: "Your qualification is suspended"},
		string(trace.StatusRevoked):   {ZhCN: "资格已撤销", En: "Your qualification is revoked"},
	},
	trace.EventCheckScheduled: {"": {ZhCN: "下一次检查已排定", En: "Your next check is scheduled"}},
	trace.EventPartyChecked:   {"": {ZhCN: "检查结果已登记", En: "The result of your check is recorded"}},
	trace.EventActionClosed:   {"": {ZhCN: "一项整改已完成", En: "A corrective action is closed"}},

	trace.EventRecalled:     {"": {ZhCN: "召回开始，涉及您手中的货", En: "A recall has opened and reaches goods of yours"}},
	trace.EventRecallClosed: {"": {ZhCN: "召回已结束", En: "A recall is closed"}},

	trace.EventInspected: {
		"accepted": {ZhCN: "检验合格", En: "An inspection accepted your lot"},
		"rejected": {ZhCN: "检验不合格，批次已停止流转", En: "An inspection rejected your lot, which is on hold"},
	},

	trace.EventReceived: {"": {ZhCN: "收货方已签收，详见收货情况", En: "The receiver has signed; see what arrived"},
		string(trace.ShipmentOverdue): {ZhCN: "一笔发货逾期未收完", En: "A shipment is past its day and not all of it has arrived"},
		string(trace.CaseOpen):        {ZhCN: "收货方称多收了未发出的货，等待您答复", En: "The receiver claims units beyond those sent; it waits for your answer"}},
	trace.EventShipmentClosed:    {"": {ZhCN: "一笔发货已关闭，未到的按缺失登记", En: "A shipment is closed; what has not arrived is booked as missing"}},
	trace.EventShipmentCancelled: {"": {ZhCN: "发货方撤回了一笔发货", En: "The sender took a shipment back"}},
	trace.EventAmendmentProposed: {"": {ZhCN: "对方提议更改签收，等待您同意", En: "The other side proposes to amend a receipt; it waits for your consent"}},
	trace.EventAmendmentRefused:  {"": {ZhCN: "对方不同意更改签收", En: "The other side does not agree to amend a receipt"}},
	trace.EventReceiptAmended:    {"": {ZhCN: "签收已按双方同意更改", En: "A receipt was amended by consent"}},
	trace.EventCorrectionAsked:   {"": {ZhCN: "有一项批次资料的更正等待批准", En: "A correction of a batch waits for your approval"}},
	trace.EventCorrectionRefused: {"": {ZhCN: "批次资料的更正未获批准", En: "The correction of a batch was not approved"}},
	trace.EventBatchCorrected:    {"": {ZhCN: "批次资料已更正", En: "A batch was corrected"}},
	trace.EventUndone:            {"": {ZhCN: "平台撤销了您的一笔登记", En: "The platform undid a booking of yours"}},
	trace.EventCaseOpened: {"": {ZhCN: "有一宗收发异常等待处理", En: "A case about a delivery waits for an answer"},
		string(trace.CaseEscalated): {ZhCN: "一宗收发异常已过期限，由平台裁定", En: "A case about a delivery is past its deadline; the platform decides it"}},
	trace.EventCaseAnswered:  {"": {ZhCN: "一宗收发异常已答复", En: "A case about a delivery was answered"}},
	trace.EventCaseDecided:   {"": {ZhCN: "平台已裁定一宗收发异常", En: "The platform has decided a case about a delivery"}},
	trace.EventCaseWithdrawn: {"": {ZhCN: "一宗收发异常已撤回", En: "A case about a delivery is withdrawn"}},

	trace.EventComplaintOpened:    {"": {ZhCN: "收到一件投诉，请按时答复", En: "A complaint against you waits for your answer"}},
	trace.EventComplaintAnswered:  {"": {ZhCN: "商家已答复投诉，等待裁定", En: "A complaint was answered and waits for a decision"}},
	trace.EventComplaintDecided:   {"": {ZhCN: "投诉已有裁定", En: "A complaint is decided"}},
	trace.EventComplaintAppealed:  {"": {ZhCN: "有人对裁定提出复议", En: "A decision on a complaint is appealed"}},
	trace.EventComplaintWithdrawn: {"": {ZhCN: "投诉已撤回", En: "A complaint is withdrawn"}},

	trace.EventUnitFlagged:   {"": {ZhCN: "一件商品的编码已确认被复制", En: "The code of an item is confirmed as copied"}},
	trace.EventUnitUnflagged: {"": {ZhCN: "一件商品的编码已澄清，未被复制", En: "The code of an item is cleared"}},
}

// titleOf says what a notice is about; an older one, which does not tell its
// event, is called by its kind.
func titleOf(n record.Notice) trace.Text {
	var t told
	if json.Unmarshal(n.Detail, &t) != nil {
		return noticeTitles[n.Kind]
	}
	titles := eventTitles[t.Event]
	how := cmp.Or(string(t.Application), t.Status, t.inspected())
	if title, ok := titles[how]; ok {
		return title
	}
	if title, ok := titles[""]; ok {
		return title
	}
	return noticeTitles[n.Kind]
}

func (t told) inspected() string {
	switch {
	case t.Accepted == nil:
		return ""
	case *t.Accepted:
		return "accepted"
	}
	return "rejected"
}
