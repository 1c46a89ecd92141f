package service

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// eventWords name in reports what happened to goods.
var eventWords = map[trace.EventType]trace.Text{
	trace.EventBatchRegistered:   {ZhCN: "登记批次", En: "Batch registered"},
	trace.EventBatchApproved:     {ZhCN: "批次获准", En: "Batch approved"},
	trace.EventTransformed:       {ZhCN: "加工", En: "Made into"},
	trace.EventPacked:            {ZhCN: "装箱", En: "Packed"},
	trace.EventUnpacked:          {ZhCN: "拆箱", En: "Unpacked"},
	trace.EventDispatched:        {ZhCN: "发货", En: "Dispatched"},
	trace.EventReceived:          {ZhCN: "收货", En: "Received"},
	trace.EventShipmentClosed:    {ZhCN: "关闭发货单", En: "Shipment closed"},
	trace.EventShipmentCancelled: {ZhCN: "撤回发货", En: "Shipment cancelled"},
	trace.EventAmendmentProposed: {ZhCN: "提议更改签收", En: "Amendment proposed"},
	trace.EventAmendmentRefused:  {ZhCN: "不同意更改签收", En: "Amendment refused"},
	trace.EventReceiptAmended:    {ZhCN: "更改签收", En: "Receipt amended"},
	trace.EventSold:              {ZhCN: "售出", En: "Sold"},
	trace.EventReturned:          {ZhCN: "退回", En: "Returned"},
	trace.EventDecommissioned:    {ZhCN: "注销", En: "Decommissioned"},
	trace.EventVoided:            {ZhCN: "作废编码", En: "Codes voided"},
	trace.EventUndone:            {ZhCN: "撤销登记", En: "Booking undone"},
	trace.EventBatchCorrected:    {ZhCN: "更正批次资料", En: "Batch corrected"},
	trace.EventCorrectionAsked:   {ZhCN: "申请更正", En: "Correction requested"},
	trace.EventCorrectionRefused: {ZhCN: "更正未获批准", En: "Correction refused"},

	trace.EventCaseOpened:    {ZhCN: "提出收发异常", En: "Delivery case opened"},
	trace.EventCaseAnswered:  {ZhCN: "答复收发异常", En: "Delivery case answered"},
	trace.EventCaseDecided:   {ZhCN: "裁定收发异常", En: "Delivery case decided"},
	trace.EventCaseWithdrawn: {ZhCN: "撤回收发异常", En: "Delivery case withdrawn"},

	trace.EventInspected:         {ZhCN: "检验", En: "Inspected"},
	trace.EventInspectionResumed: {ZhCN: "恢复检验", En: "Inspection resumed"},
	trace.EventHeld:              {ZhCN: "停止流转", En: "Put on hold"},
	trace.EventReleased:          {ZhCN: "放行", En: "Released"},
	trace.EventRecalled:          {ZhCN: "召回", En: "Recalled"},
	trace.EventAcknowledged:      {ZhCN: "确认召回", En: "Recall acknowledged"},
	trace.EventRecallClosed:      {ZhCN: "召回结束", En: "Recall closed"},

	trace.EventUnitActivated:      {ZhCN: "登记所有者", En: "Claimed by its owner"},
	trace.EventUnitPassedOn:       {ZhCN: "转让", En: "Passed on"},
	trace.EventOwnerKeyRenewed:    {ZhCN: "更换所有者密钥", En: "Owner's key renewed"},
	trace.EventUnitStolen:         {ZhCN: "报失", En: "Reported stolen"},
	trace.EventStolenWithdrawn:    {ZhCN: "撤回报失", En: "Theft report withdrawn"},
	trace.EventUnitFlagged:        {ZhCN: "确认被复制", En: "Confirmed as copied"},
	trace.EventUnitUnflagged:      {ZhCN: "撤回“被复制”的确认", En: "Copy confirmation withdrawn"},
	trace.EventComplaintOpened:    {ZhCN: "提出投诉", En: "Complaint opened"},
	trace.EventComplaintAnswered:  {ZhCN: "答复投诉", En: "Complaint answered"},
	trace.EventComplaintDecided:   {ZhCN: "裁定投诉", En: "Complaint decided"},
	trace.EventComplaintAppealed:  {ZhCN: "申请复议", En: "Decision appealed"},
	trace.EventComplaintWithdrawn: {ZhCN: "撤回投诉", En: "Complaint withdrawn"},
}

// stateWords name in reports where units are.
var stateWords = map[trace.State]trace.Text{
	trace.Held: {ZhCN: "在库", En: "In stock"}, trace.InTransit: {ZhCN: "在途", En: "On its way"}, trace.Sold: {ZhCN: "已售", En: "Sold"},
	trace.Consumed: {ZhCN: "已投料", En: "Used up"}, trace.Removed: {ZhCN: "已注销", En: "Removed"},
}

// worded gives a name in the reader's words, or as it is where nobody has given it words.
func worded[K ~string](words map[K]trace.Text, name K, language string) string {
	if text, known := words[name]; known {
		return text.In(language)
	}
	return string(name)
}
