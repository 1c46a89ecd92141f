package web

import (
	"fmt"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// reportWords are the texts of reporting a code that we do not know.
var reportWords = map[string]trace.Text{
	"reportTitle":     {ZhCN: "举报这枚编码", En: "Report this code"},
	"reportLead":      {ZhCN: "假标签越早有人举报，受骗的人越少。不需要账号；前两项至少填一项。", En: "The sooner a forged label is reported, the fewer people it deceives. No account is needed; fill in at least one of the first two fields."},
	"reportCodeGoes":  {ZhCN: "编码会随举报一起提交，不必再填。", En: "The code is sent with your report; you need not enter it."},
	"reportCode":      {ZhCN: "标签上的内容或网址", En: "What the label or its code says"},
	"reportPlace":     {ZhCN: "在哪里看到的（店名、地点或网址）", En: "Where you saw it (shop, place or link)"},
	"reportText":      {ZhCN: "发生了什么（500 字以内）", En: "What happened (up to 500 characters)"},
	"reportContact":   {ZhCN: "怎样联系您（选填）", En: "How to reach you (optional)"},
	"contactMeans":    {ZhCN: "只有平台的核查人员看得到，只用来核实这件事，处理完就删除。", En: "Only the platform's analysts see it, for this report alone. It is removed once the report is closed."},
	"sendReport":      {ZhCN: "提交举报", En: "Send the report"},
	"reportBelow":     {ZhCN: "在下面举报这枚编码", En: "Report this code below"},
	"reportLabel":     {ZhCN: "举报这个标签", En: "Report this label"},
	"reportReceived":  {ZhCN: "已收到您的举报", En: "We have your report"},
	"reportNumber":    {ZhCN: "举报编号", En: "Reference"},
	"reportWaiting":   {ZhCN: "等待核查", En: "Waiting to be looked into"},
	"reportClosed":    {ZhCN: "已处理", En: "Dealt with"},
	"reportNext":      {ZhCN: "接下来", En: "What happens next"},
	"reportLooked":    {ZhCN: "平台的核查人员会查看。同一枚编码的举报放在一起处理。", En: "The platform's analysts look at it, together with all reports of the same code."},
	"reportReached":   {ZhCN: "需要向您核实时，会用您留下的联系方式。", En: "If they have a question, they use the contact that you left."},
	"reportUnreached": {ZhCN: "您没有留下联系方式，我们不会另行联系您。", En: "There is no contact of yours, so nobody will write to you."},
	"reportKeep":      {ZhCN: "请保留商品、标签照片和购买凭证，联系商家或购买平台退货；在中国大陆还可拨打 12315。", En: "Keep the item, a photo of the label and the receipt, and ask the seller or the shop for a refund; in mainland China you can also call 12315."},
	"reportLink":      {ZhCN: "请收藏此页的网址：凭它查看进展或撤回举报，我们无法找回它。", En: "Keep this page's address: with it you see how things stand, or withdraw the report. We cannot find it again."},
	"withdrawReport":  {ZhCN: "撤回并删除这条举报", En: "Withdraw and remove this report"},
	"reportGone":      {ZhCN: "举报已撤回并删除", En: "The report is withdrawn and removed"},
}

// reportFaults say what is wrong with a report, by its field or the code of the problem.
var reportFaults = map[string]trace.Text{
	"text": {ZhCN: fmt.Sprintf("请写明在哪里看到，或发生了什么（%d 字以内）。", feedback.MaxReport),
		En: fmt.Sprintf("Say where you saw it, or what happened (in up to %d characters).", feedback.MaxReport)},
	"place": {ZhCN: fmt.Sprintf("“在哪里看到的”请写在 %d 字以内。", feedback.MaxPlace),
		En: fmt.Sprintf("Say where you saw it in up to %d characters.", feedback.MaxPlace)},
	"contact": {ZhCN: fmt.Sprintf("联系方式请写在 %d 字以内。", feedback.MaxContact),
		En: fmt.Sprintf("Say how to reach you in up to %d characters.", feedback.MaxContact)},
	"code":              {ZhCN: "请填写标签上的内容或网址。", En: "Enter what the label or its code says."},
	string(codeTooMany): {ZhCN: "今天已经收到这里的举报，不必重复提交；别的编码请明天再报。", En: "Enough has been reported from here today; this code need not be reported again. Come back tomorrow for others."},
}
