package web

import (
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// words are the page's own texts. What a verdict says is in verifier/rules/verdict.
var words = map[string]trace.Text{
	"brand":             {ZhCN: "试金石", En: "Touchstone"},
	"titleUnit":         {ZhCN: "扫码验真", En: "Is it genuine?"},
	"whatToDo":          {ZhCN: "请这样做", En: "What to do"},
	"item":              {ZhCN: "这枚编码对应的商品", En: "What this code was issued for"},
	"goods":             {ZhCN: "商品", En: "Product"},
	"skip":              {ZhCN: "跳到正文", En: "Skip to the content"},
	"claim":             {ZhCN: "刮开涂层，登记为所有者", En: "Scratch the coating and register as owner"},
	"seeAbove":          {ZhCN: "见上", En: "see above"},
	"details":           {ZhCN: "商品详情", En: "Details"},
	"inspectionPassed":  {ZhCN: "检验合格", En: "Inspection passed"},
	"inspectionFailed":  {ZhCN: "检验不合格", En: "Inspection failed"},
	"report":            {ZhCN: "报告", En: "Report"},
	"reportHashMeans":   {ZhCN: "向检验方或商家索取报告，算出的 SHA-256 与此一致，就是账本上登记的那一份。", En: "Ask the inspector or the seller for the report: if its SHA-256 is this one, it is the report on the ledger."},
	"scans":             {ZhCN: "查询记录", En: "Checks"},
	"firstTime":         {ZhCN: "这是第一次", En: "this is the first"},
	"asked":             {ZhCN: "此前 %d 次，首次在 %s", En: "%d before, the first on %s"},
	"allPassed":         {ZhCN: "%d 项全部通过", En: "All %d passed"},
	"othersPassed":      {ZhCN: "另有 %d 项核对通过", En: "Other checks passed: %d"},
	"seller":            {ZhCN: "记录中的卖家", En: "Seller on record"},
	"holder":            {ZhCN: "现在由谁负责", En: "Who answers for it now"},
	"name":              {ZhCN: "名称", En: "Name"},
	"roles":             {ZhCN: "角色", En: "Roles"},
	"standing":          {ZhCN: "经营资格", En: "Standing"},
	"since":             {ZhCN: "自 %s 起", En: "since %s"},
	"validTo":           {ZhCN: "有效至 %s", En: "valid until %s"},
	"ended":             {ZhCN: "已于 %s 到期", En: "ended on %s"},
	"overdue":           {ZhCN: "原定 %s，已逾期", En: "was due by %s"},
	"authorised":        {ZhCN: "品牌授权", En: "Brand"},
	"ownBrand":          {ZhCN: "自有品牌", En: "its own"},
	"byBrand":           {ZhCN: "「%s」授权", En: "authorised by %s"},
	"colon":             {ZhCN: "：", En: ": "},
	"tryAgain":          {ZhCN: "再试一次", En: "Try again"},
	"comma":             {ZhCN: "，", En: ", "},
	"licence":           {ZhCN: "证照", En: "Licences"},
	"nextCheck":         {ZhCN: "下次检查", En: "Next check"},
	"decidedAgainst":    {ZhCN: "投诉裁定", En: "Complaints decided"},
	"noneDecided":       {ZhCN: "没有", En: "none"},
	"times":             {ZhCN: "%s %d 起", En: "%s: %d"},
	"decisionsAgainst":  {ZhCN: "查看这些裁定和理由", En: "Read these decisions and their reasons"},
	"rulings":           {ZhCN: "已裁定的投诉", En: "Complaints decided"},
	"aboutThis":         {ZhCN: "关于这枚编码", En: "About this code"},
	"aboutLot":          {ZhCN: "关于同批次的另一件", En: "About another item of this lot"},
	"because":           {ZhCN: "理由：", En: "Reason: "},
	"checkedAt":         {ZhCN: "核验时间", En: "Checked on"},
	"reviewGist":        {ZhCN: "%.1f 分 · %d 条", En: "%.1f of 5 · %d"},
	"reviewSums":        {ZhCN: "%d 条，平均 %.1f 分；另有 %d 条文字雷同，未计入", En: "%d counted, %.1f of 5 on average; %d in the same words as others are left out"},
	"lot":               {ZhCN: "批号", En: "Lot"},
	"expires":           {ZhCN: "有效期至", En: "Expires"},
	"produced":          {ZhCN: "生产日期", En: "Produced"},
	"origin":            {ZhCN: "产地", En: "Origin"},
	"spec":              {ZhCN: "规格", En: "Size"},
	"reportHash":        {ZhCN: "报告指纹", En: "Report fingerprint"},
	"inspection":        {ZhCN: "检验", En: "Inspection"},
	"producer":          {ZhCN: "生产方", En: "Producer"},
	"serialEnds":        {ZhCN: "编码末六位", En: "Code ends in"},
	"brandName":         {ZhCN: "品牌", En: "Brand"},
	"barcode":           {ZhCN: "商品条码", En: "Barcode"},
	"journey":           {ZhCN: "它走过的路", En: "The way it came"},
	"youAreHere":        {ZhCN: "您在这里", En: "You are here"},
	"checks":            {ZhCN: "我们核对了什么", En: "What we checked"},
	"ledger":            {ZhCN: "以上记录来自多方共同签署的账本，任何一方都不能单独改写。", En: "These records come from a ledger that several parties sign together; none of them can rewrite it alone."},
	"ledgerAt":          {ZhCN: "账本高度", En: "Ledger height"},
	"ledgerTx":          {ZhCN: "批次登记号", En: "Lot's transaction"},
	"caseTx":            {ZhCN: "立案的账本交易", En: "Opened by transaction"},
	"privacy":           {ZhCN: "打开此页会记为一次查询，不记录您是谁。", En: "Opening this page counts as one check. We do not record who you are."},
	"privacyTitle":      {ZhCN: "隐私说明", En: "Privacy"},
	"privacyLead":       {ZhCN: "查验商品不需要账号，也不问您是谁。这里逐项写明：记录什么、为什么、保留多久、谁看得到。", En: "Checking an item needs no account and does not ask who you are. Here is, item by item, what is kept, why, for how long, and who sees it."},
	"keptWhy":           {ZhCN: "用途", En: "Why"},
	"keptLong":          {ZhCN: "保留", En: "For how long"},
	"keptWho":           {ZhCN: "谁看得到", En: "Who sees it"},
	"notKept":           {ZhCN: "不记录的", En: "What is not kept"},
	"notKeptText":       {ZhCN: "姓名、电话、账号、精确位置、通讯录和广告标识，一概不要也不记；只有举报时您自己愿意留下的联系方式除外。页面不用 Cookie，不加载任何第三方内容；品牌的视频和购买链接，点开才会离开本站。扫码时的摄像头画面只在您的手机上识别，不会上传。以上信息不出售，不用于广告或画像，也不据此对您个人作任何自动化决策。", En: "Names, phone numbers, accounts, exact places, contacts and advertising identifiers are neither asked for nor kept, except how to reach you where you choose to say so in a report. The pages set no cookies and load nothing from third parties; brands' videos and shops open only when you follow their links. Camera pictures are read on your phone and never sent. Nothing of the above is sold, used for advertising or profiles, or used to decide anything about you."},
	"yourRights":        {ZhCN: "您的权利", En: "Your rights"},
	"yourRightsText":    {ZhCN: "本平台只处理核验商品所必需的信息，并作去标识化处理。依照《中华人民共和国个人信息保护法》，您可以查阅、复制、更正、删除与您有关的信息，也可以要求解释处理规则。我们不知道查询者是谁，因此查询记录无法按人查找；投诉和举报可凭各自的私密链接查看和撤回。", En: "Only what checking an item needs is processed, and it is de-identified. Under China's Personal Information Protection Law (PIPL) you may see, copy, correct and delete what concerns you, and ask how it is processed. As we do not know who checked an item, checks cannot be found by person; a complaint or a report can be read and withdrawn with its secret link."},
	"contact":           {ZhCN: "处理者与联系方式：", En: "Who answers for it: "},
	"contactUnknown":    {ZhCN: "运营本平台的企业", En: "the company that runs this platform"},
	"countMe":           {ZhCN: "记为一次查询", En: "Count my check"},
	"countMeWhy":        {ZhCN: "您的浏览器没有运行脚本，这次查询要按一下才会计入，以便后来的人知道这枚编码被查过。", En: "Your browser runs no scripts, so this check counts only when you say so. It lets later buyers know that the code was checked."},
	"counted":           {ZhCN: "已记为一次查询", En: "Your check is counted"},
	"countedMeans":      {ZhCN: "半小时内再次打开同一件商品的页面不会重复计数。", En: "Opening the same item's page again within half an hour does not count again."},
	"back":              {ZhCN: "回到商品页面", En: "Back to the item"},
	"linkTitle":         {ZhCN: "扫码验真", En: "Verify this item"},
	"landing":           {ZhCN: "验一验手中的商品", En: "Check an item"},
	"landingLead":       {ZhCN: "用手机相机或微信扫描标签上的方形码，就会打开它的核验页。", En: "Scan the square code on the label with your phone's camera or WeChat: it opens the item's page."},
	"typeIt":            {ZhCN: "填写标签上的内容", En: "Type what the label says"},
	"byAddress":         {ZhCN: "粘贴标签上的网址，或整串内容", En: "Paste the label's address, or all that its code says"},
	"byNumbers":         {ZhCN: "或者逐项填写", En: "Or one by one"},
	"scanHere":          {ZhCN: "在这里扫码", En: "Scan here"},
	"scanNext":          {ZhCN: "扫下一件", En: "Scan the next item"},
	"scan":              {ZhCN: "扫一扫标签", En: "Scan a label"},
	"scanLead":          {ZhCN: "画面和照片只在您的手机上识别，不会上传。", En: "Pictures are read on your phone and never sent."},
	"openCamera":        {ZhCN: "打开相机", En: "Open the camera"},
	"closeCamera":       {ZhCN: "关闭", En: "Close"},
	"otherCamera":       {ZhCN: "换镜头", En: "Other camera"},
	"takePhoto":         {ZhCN: "拍一张照片", En: "Take a photo"},
	"choosePhoto":       {ZhCN: "选一张照片", En: "Choose a photo"},
	"cameraView":        {ZhCN: "相机画面", En: "Camera view"},
	"noScript":          {ZhCN: "在网页里扫码需要 JavaScript。请用手机自带的相机或微信扫标签，或在下面填写。", En: "Scanning in the page needs JavaScript. Scan the label with your phone's camera app, or type below."},
	"notOurs":           {ZhCN: "这不是本平台的标签", En: "This is not a label of ours"},
	"notOursDo":         {ZhCN: "请不要打开，不要付款，也不要填写任何编码、密码或个人信息。", En: "Do not open it, do not pay, and enter no codes or personal details."},
	"codeSays":          {ZhCN: "码里写的是", En: "The code says"},
	"ourLabels":         {ZhCN: "怎样认出本平台的标签", En: "How to tell a label of ours"},
	"ourLabelsAre":      {ZhCN: "标签上印着“扫码验真”和我们的网址：", En: "It says Scan to verify, and names our address:"},
	"ifForeign":         {ZhCN: "如果商品声称由本平台核验，贴的却是别的码：保留商品、标签照片和购买凭证，联系商家和购买平台；在中国大陆可拨打 12315 举报。", En: "If an item claims to be verified here and carries another code: keep the item, a photo of the label and the receipt, and tell the seller and the shop; in mainland China, report it by calling 12315."},
	"serial":            {ZhCN: "编码（20 位）", En: "Code (20 characters)"},
	"forgiving":         {ZhCN: "大小写、空格和连字符都不影响；O 与 0、I 与 1 认错了也没关系。", En: "Case, spaces and hyphens do not matter, nor do O for 0 and I for 1."},
	"check":             {ZhCN: "核验", En: "Check"},
	"notAnURI":          {ZhCN: "这不像标签上的内容，请对照标签再填一次。", En: "This does not look like what a label says. Compare it with the label and try again."},
	"complain":          {ZhCN: "有问题？投诉此商品", En: "Something wrong? Complain here"},
	"complaint":         {ZhCN: "投诉这件商品", En: "Complain about this item"},
	"complaintLead":     {ZhCN: "请写明您看到的问题，可附照片。不需要账号，也不要留下姓名、电话等个人信息。", En: "Say what you saw, with photos if you have them. No account is needed; leave out names, phone numbers and the like."},
	"whatIsWrong":       {ZhCN: "有什么问题（2000 字以内）", En: "What is wrong (up to 2,000 characters)"},
	"photos":            {ZhCN: "照片，最多 5 张，每张不超过 8 MB（拍摄地点等信息会被去除）", En: "Photos, up to 5 of 8 MB each (where they were taken and the like is removed)"},
	"send":              {ZhCN: "提交", En: "Send"},
	"textWrong":         {ZhCN: "请写明问题，2000 字以内", En: "Say what is wrong, in up to 2,000 characters"},
	"case":              {ZhCN: "投诉编号", En: "Case"},
	"caseWaits":         {ZhCN: "正在等平台查看。平台查看之前，这宗投诉不会改变别人查到的结果，商家可以先答复。", En: "It waits for the platform's look. Until then it does not change what others are told of this item; the seller may answer already."},
	"keepLink":          {ZhCN: "请收藏此页的网址：凭它查看进展，我们不会另行联系您，也无法找回它。", En: "Keep this page's address: it is how you follow the case. We cannot contact you, and cannot find the address again."},
	"status":            {ZhCN: "进展", En: "Status"},
	"due":               {ZhCN: "期限", En: "Due"},
	"received":          {ZhCN: "收到", En: "Received"},
	"sellerSays":        {ZhCN: "商家答复：", En: "The seller says: "},
	"withdraw":          {ZhCN: "撤回投诉", En: "Withdraw the complaint"},
	"decisions":         {ZhCN: "投诉裁定公示", En: "Decisions on complaints"},
	"decisionsLead":     {ZhCN: "每一项裁定连同理由都在这里公布，不会删除，只会更正。这里没有任何购买者的信息。", En: "Every decision stands here with its reason. None is removed, only amended. Nothing about shoppers is shown."},
	"noDecisions":       {ZhCN: "还没有裁定。", En: "There are no decisions yet."},
	"respondent":        {ZhCN: "被投诉方", En: "Respondent"},
	"suspended":         {ZhCN: "已暂停其经营资格", En: "The respondent was suspended"},
	"appealOpen":        {ZhCN: "被投诉方已申诉，正在复核", En: "Under appeal"},
	"more":              {ZhCN: "更多", En: "More"},
	"review":            {ZhCN: "评价这件商品", En: "Review this item"},
	"rating":            {ZhCN: "几分", En: "Out of five"},
	"reviewText":        {ZhCN: "您的评价（1000 字以内）", En: "Your review (up to 1,000 characters)"},
	"reviewSent":        {ZhCN: "已收到，谢谢。", En: "Received, thank you."},
	"reviewFailed":      {ZhCN: "没有发出，请再试一次。", En: "It was not sent; please try again."},
	"reviews":           {ZhCN: "评价", En: "Reviews"},
	"proofPass":         {ZhCN: "您的手机已验证账本签名", En: "Your phone has verified the ledger's signatures"},
	"proofFail":         {ZhCN: "账本签名没有通过您手机的验证", En: "The ledger's signatures did not pass your phone's check"},
	"proofUnknown":      {ZhCN: "您的手机暂时无法验证账本签名", En: "Your phone cannot check the ledger's signatures right now"},
	"proofHow":          {ZhCN: "怎么知道的？", En: "How do I know?"},
	"proofMeans":        {ZhCN: "您的手机取来登记交易和各机构的签名，用此页所附的机构证书逐项验算，不必相信我们的服务器给出的结论。", En: "Your phone fetched the registration with the organisations' signatures and checked them itself, against the certificates that came with this page. It need not take our server's word for the result."},
	"proofFailDo":       {ZhCN: "在弄清原因之前，请不要只凭此页相信这件商品。可以换个网络再试，或联系商家和平台。", En: "Until the cause is known, do not trust the item on the strength of this page alone. Try again on another network, or ask the seller or the platform."},
	"proofUnknownMeans": {ZhCN: "这不代表商品有问题：可能是网络不通，或浏览器不支持。", En: "This says nothing about the item: the network may be down, or the browser may not support it."},
	"proofSave":         {ZhCN: "保存证明文件", En: "Save the proof"},
}

func word(name string) trace.Text {
	for _, texts := range []map[string]trace.Text{words, shopWords, ownerWords, reportWords} {
		if t, ok := texts[name]; ok {
			return t
		}
	}
	return trace.Text{}
}

// checkNames are the questions, as the page lists them.
var checkNames = map[verdict.CheckID]trace.Text{
	verdict.CheckCode:       {ZhCN: "编码", En: "Code"},
	verdict.CheckLedger:     {ZhCN: "账本记录", En: "Ledger"},
	verdict.CheckRecall:     {ZhCN: "召回", En: "Recalls"},
	verdict.CheckUnitState:  {ZhCN: "商品状态", En: "State"},
	verdict.CheckExpiry:     {ZhCN: "有效期", En: "Expiry"},
	verdict.CheckQuality:    {ZhCN: "质量", En: "Quality"},
	verdict.CheckCustody:    {ZhCN: "流转", En: "Custody"},
	verdict.CheckMarket:     {ZhCN: "销售市场", En: "Market"},
	verdict.CheckSeller:     {ZhCN: "卖家", En: "Seller"},
	verdict.CheckPattern:    {ZhCN: "查询记录", En: "Checks so far"},
	verdict.CheckComplaint:  {ZhCN: "投诉", En: "Complaints"},
	verdict.CheckActivation: {ZhCN: "所有者登记", En: "Ownership"},
}

// resultNames say a check's result to those who do not see its shape.
var resultNames = map[verdict.Result]trace.Text{
	verdict.Pass:    {ZhCN: "没有问题", En: "nothing against it"},
	verdict.Warn:    {ZhCN: "请留意", En: "take care"},
	verdict.Fail:    {ZhCN: "有问题", En: "speaks against it"},
	verdict.Unknown: {ZhCN: "无法核对", En: "could not be checked"},
}

// statusNames say where a case stands.
var statusNames = map[trace.ComplaintStatus]trace.Text{
	feedback.Received:        {ZhCN: "已收到，正在登记", En: "Received, being entered on the ledger"},
	trace.ComplaintOpen:      {ZhCN: "等待商家答复", En: "Waiting for the seller's answer"},
	trace.ComplaintAnswered:  {ZhCN: "商家已答复，等待平台裁定", En: "Answered by the seller, waiting for the platform's decision"},
	trace.ComplaintDecided:   {ZhCN: "已裁定", En: "Decided"},
	trace.ComplaintAppealed:  {ZhCN: "商家已申诉，正在复核", En: "Appealed by the seller, under review"},
	trace.ComplaintWithdrawn: {ZhCN: "已撤回", En: "Withdrawn"},
	trace.ComplaintEscalated: {ZhCN: "已超过期限，升级处理", En: "Past its deadline, escalated"},
}

// outcomeNames say what came out.
var outcomeNames = map[trace.Outcome]trace.Text{
	trace.CounterfeitConfirmed: {ZhCN: "认定为假货", En: "Counterfeit confirmed"},
	trace.FoundGenuine:         {ZhCN: "认定为正品", En: "Found genuine"},
	trace.CannotTell:           {ZhCN: "无法认定", En: "Cannot be told"},
	trace.OutcomeWithdrawn:     {ZhCN: "已撤回", En: "Withdrawn"},
}

// kindNames say which of a case's decisions one is.
var kindNames = map[trace.DecisionKind]trace.Text{
	trace.FirstDecision:  {ZhCN: "裁定", En: "Decision"},
	trace.AppealDecision: {ZhCN: "复核裁定", En: "Decision on appeal"},
	trace.Amendment:      {ZhCN: "更正", En: "Amendment"},
}

// standingNames say how a party stands.
var standingNames = map[trace.Standing]trace.Text{
	trace.Standing(trace.StatusQualified): {ZhCN: "有效", En: "In good standing"},
	trace.StandingLapsed:                  {ZhCN: "暂时失效", En: "Lapsed"},
	trace.Standing(trace.StatusSuspended): {ZhCN: "已被暂停", En: "Suspended"},
	trace.Standing(trace.StatusRevoked):   {ZhCN: "已被撤销", En: "Revoked"},
	trace.Standing(trace.StatusApplied):   {ZhCN: "尚未核准", En: "Not approved yet"},
}

// roleNames say what a party does.
var roleNames = map[trace.Role]trace.Text{
	trace.RolePlatform:    {ZhCN: "平台", En: "platform"},
	trace.RoleProducer:    {ZhCN: "生产方", En: "producer"},
	trace.RoleDistributor: {ZhCN: "经销商", En: "distributor"},
	trace.RoleSeller:      {ZhCN: "零售商", En: "retailer"},
	trace.RoleInspector:   {ZhCN: "检验机构", En: "inspector"},
	trace.RoleAuditor:     {ZhCN: "审计方", En: "auditor"},
}
