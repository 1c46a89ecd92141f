package api

import (
	"maps"
	"net/http"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/access"
	"github.com/touchstone-trace/touchstone/gateway/documents"
	"github.com/touchstone-trace/touchstone/gateway/imports"
	"github.com/touchstone-trace/touchstone/gateway/labels"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// The interface's own reasons, beside those of chaincode/trace and gateway/service.
const (
	Unauthenticated  trace.Code = "UNAUTHENTICATED"
	OriginRefused    trace.Code = "ORIGIN_REFUSED"
	TooOften         trace.Code = "TOO_OFTEN"
	TooLarge         trace.Code = "TOO_LARGE"
	RouteUnknown     trace.Code = "ROUTE_UNKNOWN"
	MethodNotAllowed trace.Code = "METHOD_NOT_ALLOWED"
	KeyReused        trace.Code = "IDEMPOTENCY_KEY_REUSED"
	KeyInProgress    trace.Code = "IDEMPOTENCY_KEY_IN_PROGRESS"
	WriteConflict    trace.Code = "WRITE_CONFLICT"
	Unavailable      trace.Code = "UNAVAILABLE"
	Internal         trace.Code = "INTERNAL"
)

// titles are those of the reasons that the ledger does not know.
var titles = map[trace.Code]trace.Text{
	Unauthenticated:             {ZhCN: "请先登录", En: "Sign in first"},
	OriginRefused:               {ZhCN: "请求来自其他网站，未予处理", En: "The request came from another site and was refused"},
	access.SignInFailed:         {ZhCN: "登录名或密码不正确", En: "The login or the password is not right"},
	access.SignInHeld:           {ZhCN: "尝试次数过多，请稍后再试", En: "Too many wrong tries; try again later"},
	access.SignInAgain:          {ZhCN: "请先输入密码确认身份", En: "Confirm with your password first"},
	access.StepExpired:          {ZhCN: "这一步已过期，请重新开始", En: "This step has expired; begin again"},
	access.CodeWrong:            {ZhCN: "验证码不正确", En: "The code is not right"},
	access.LoginTaken:           {ZhCN: "该登录名已被使用", En: "This login is taken"},
	access.PasswordWeak:         {ZhCN: "密码不够安全", En: "The password is too easy to guess"},
	access.PasswordWrong:        {ZhCN: "密码不正确", En: "This is not your password"},
	access.SessionUnknown:       {ZhCN: "没有这个登录", En: "There is no such session"},
	access.PersonUnknown:        {ZhCN: "没有这位同事", En: "There is no such colleague"},
	access.LastOwner:            {ZhCN: "至少要有一位负责人", En: "A party needs at least one owner"},
	access.InvitationUnknown:    {ZhCN: "邀请链接无效、已过期或已用过", En: "The invitation is not valid, has expired or was used"},
	access.TeamLimit:            {ZhCN: "数量已达上限", En: "There are too many already"},
	access.KeyUnknown:           {ZhCN: "没有这个密钥", En: "There is no such key"},
	access.PasskeyUnknown:       {ZhCN: "没有这个通行密钥", En: "There is no such passkey"},
	access.PasskeyRefused:       {ZhCN: "通行密钥未通过验证", En: "The passkey was not accepted"},
	access.FactorExists:         {ZhCN: "两步验证已开启", En: "The second factor is on already"},
	access.PersonsOnly:          {ZhCN: "只有登录的人可以这样做", En: "Only somebody who signed in can do this"},
	access.NotOffered:           {ZhCN: "此系统未提供这种登录方式", En: "This system does not offer this way in"},
	access.SSORefused:           {ZhCN: "统一登录未成功", En: "The single sign-on did not succeed"},
	access.SSONotLinked:         {ZhCN: "这个统一登录账号尚未与任何人关联", En: "This single sign-on account is linked to nobody here"},
	TooOften:                    {ZhCN: "请求过于频繁", En: "Too many requests"},
	TooLarge:                    {ZhCN: "请求太大", En: "The request is too large"},
	RouteUnknown:                {ZhCN: "没有这个地址", En: "There is nothing at this address"},
	MethodNotAllowed:            {ZhCN: "此地址不接受这种请求方法", En: "This address does not take this method"},
	KeyReused:                   {ZhCN: "该幂等键已用于另一请求", En: "This Idempotency-Key was used for another request"},
	KeyInProgress:               {ZhCN: "同一幂等键的请求仍在处理", En: "The request with this Idempotency-Key is still running"},
	WriteConflict:               {ZhCN: "同一批货物正有多人同时办理，未写入任何内容", En: "Others are writing to the same goods; nothing was written"},
	Unavailable:                 {ZhCN: "服务暂时不可用，未写入任何内容", En: "The service is not available for now; nothing was written"},
	Internal:                    {ZhCN: "内部错误", En: "Internal error"},
	service.AccountExists:       {ZhCN: "该账户名已被使用", En: "This account name is taken"},
	service.AccountUnknown:      {ZhCN: "没有这个账户", En: "There is no such account"},
	service.TransactionUnknown:  {ZhCN: "没有这笔交易", En: "There is no such transaction"},
	service.ViewUnknown:         {ZhCN: "没有这个视图", En: "There is no such view"},
	service.ViewLimit:           {ZhCN: "视图已达上限，请先删去一个", En: "There are as many views as can be kept"},
	service.JobUnknown:          {ZhCN: "没有这项任务", En: "There is no such job"},
	service.ReviewUnknown:       {ZhCN: "没有这条评价", En: "There is no such review"},
	service.AlertUnknown:        {ZhCN: "没有这条预警", En: "There is no such alert"},
	service.AlertStands:         {ZhCN: "预警已处于此状态", En: "The alert stands so already"},
	service.ReportedCodeUnknown: {ZhCN: "没有人举报过这枚编码", En: "There is no such reported code"},
	service.ReportsClosed:       {ZhCN: "这枚编码的举报都已处理", En: "Every report of this code is closed already"},
	service.ReviewAnswered:      {ZhCN: "这条评价已经回复过", En: "This review is answered already"},
	service.JobNotDone:          {ZhCN: "任务尚未完成", En: "The job is not done"},
	service.JobNoFile:           {ZhCN: "这项任务没有文件", En: "The job made no file"},
	service.JobFileGone:         {ZhCN: "文件已过保留期，请重新制作", En: "The file has been removed; have it made again"},
	service.JobNoRoom:           {ZhCN: "系统磁盘已满，文件没有做成", En: "The system's disk is full; the file was not made"},
	service.JobLimit:            {ZhCN: "任务或待取的文件太多，请等其中一项完成，或取消一项", En: "There are too many jobs or files; wait for one to end, or cancel one"},
	service.LabelKitUnknown:     {ZhCN: "没有这种版式、打印机或标志", En: "There is no such layout, printer or logo"},
	service.ChangedMeanwhile:    {ZhCN: "已有人先改过了", En: "Somebody else has changed it first"},
	service.LabelKitLimit:       {ZhCN: "保存的版式、打印机或标志太多", En: "There are too many layouts, printers or logos"},
	labels.CharacterUnprintable: {ZhCN: "有字印不出来", En: "A character cannot be printed"},
	labels.LogoInvalid:          {ZhCN: "这个标志不能用在标签上", En: "This logo cannot be used on labels"},
	service.JobBroken:           {ZhCN: "任务因系统故障而失败", En: "The job failed by a fault of the system"},
	service.JobInterrupted:      {ZhCN: "任务中断，将自动重新开始", En: "The job was interrupted and begins again by itself"},
	service.DocumentUnknown:     {ZhCN: "没有这份文件", En: "There is no such document"},
	service.NoticeUnknown:       {ZhCN: "没有这条消息", En: "There is no such notice"},
	service.WebhookUnknown:      {ZhCN: "没有这个回调地址", En: "There is no such webhook"},
	service.WebhookLimit:        {ZhCN: "回调地址太多", En: "There are too many webhooks"},
	service.DeliveryUnknown:     {ZhCN: "没有这次推送", En: "There is no such delivery"},
	service.CodeUnreadable:      {ZhCN: "读不出这枚编码", En: "This code cannot be read"},
	service.CodeAmbiguous:       {ZhCN: "这样写不止对应一件商品", En: "This names more than one unit"},
	documents.DocumentType:      {ZhCN: "文件不是它所声称的类型", En: "The document is not what it claims to be"},
	documents.DocumentSize:      {ZhCN: "文件太大、为空或太多", En: "The document is too large or empty, or there are too many"},
	service.PictureInvalid:      {ZhCN: "不是可用的图片", En: "This is not a picture that can be taken"},
	service.PictureLimit:        {ZhCN: "图片太多", En: "There are too many pictures"},
	service.PresentationUnknown: {ZhCN: "没有可展示的这个版本", En: "There is no such version that may be shown"},
	service.GoodsNotHandled:     {ZhCN: "账本上没有贵方经手此商品的记录", En: "The ledger does not show that the party handled these goods"},
	service.CodesPrinted:        {ZhCN: "这些编码的标签已经打印", En: "Labels with these codes were made"},
	service.CodesVoided:         {ZhCN: "这些编码已经作废", En: "These codes are voided"},
	service.BadgeUnknown:        {ZhCN: "没有这枚标识", En: "There is no such badge"},
	service.BadgeLimit:          {ZhCN: "标识太多", En: "There are too many badges"},
	service.CreatorExists:       {ZhCN: "该创作者名已被使用", En: "This creator's handle is taken"},
	service.CreatorUnknown:      {ZhCN: "没有这位创作者", En: "There is no such creator"},
	service.EndorsementUnknown:  {ZhCN: "没有这条推荐", En: "There is no such endorsement"},
	service.EndorsementEnded:    {ZhCN: "这条推荐已撤回或已隐藏", En: "This endorsement is withdrawn or hidden already"},
	imports.FileUnreadable:      {ZhCN: "无法读取这个文件", En: "The file cannot be read"},
	imports.HeadingTwice:        {ZhCN: "有两列是同一项内容", En: "Two columns mean the same"},
}

// statuses is the one table from reasons to HTTP.
var statuses = map[int][]trace.Code{
	http.StatusBadRequest:   {trace.RequestMalformed},
	http.StatusUnauthorized: {Unauthenticated, access.SignInFailed},
	http.StatusGone:         {access.StepExpired, service.JobFileGone},
	http.StatusForbidden: {OriginRefused, access.SignInAgain, access.PersonsOnly, access.SSONotLinked, trace.NotAllowed, trace.InspectorInvolved, trace.PartyUnqualified, trace.PartySuspended, trace.PartyLapsed,
		trace.RoleMissing, trace.NotInCase, trace.PrefixNotOwned, trace.NotReceiver, trace.NotRespondent, trace.SameOfficer, trace.OwnerUnproved,
		service.GoodsNotHandled},
	http.StatusNotFound: {RouteUnknown, access.SessionUnknown, access.PersonUnknown, access.InvitationUnknown, access.KeyUnknown,
		access.PasskeyUnknown, access.NotOffered, trace.PartyUnknown, trace.ProductUnknown, trace.BatchUnknown, trace.ShipmentUnknown, trace.CaseUnknown, trace.BookingUnknown, trace.CorrectionUnknown, trace.AmendmentUnknown,
		trace.RecallUnknown, trace.StandardUnknown, trace.InspectionUnknown, trace.UnitUnknown, trace.NotTransformed, trace.ContainerUnknown, service.AccountUnknown, service.TransactionUnknown, service.JobUnknown, service.ViewUnknown,
		trace.CheckUnknown, trace.ActionUnknown, service.NoticeUnknown, service.WebhookUnknown, service.DeliveryUnknown, service.DocumentUnknown,
		trace.ComplaintUnknown, trace.AnchorUnknown, service.ReviewUnknown, service.AlertUnknown, service.ReportedCodeUnknown,
		service.PresentationUnknown, service.BadgeUnknown, service.CreatorUnknown, service.LabelKitUnknown, service.EndorsementUnknown},
	http.StatusMethodNotAllowed: {MethodNotAllowed},
	http.StatusConflict: {access.LoginTaken, access.LastOwner, access.TeamLimit, access.FactorExists, trace.ApplicationMissing, trace.CheckExists, trace.ActionClosed, service.WebhookLimit, KeyInProgress, WriteConflict, trace.PartyExists, trace.PartyStatus, trace.PrefixTaken, trace.ProductExists,
		trace.BatchExists, trace.BatchUnapproved, trace.BatchNotAwaiting, trace.NotHolder, trace.NotSold, trace.UnitsRecalled,
		trace.BatchOnHold, trace.BatchRejected, trace.BatchNotReleased, trace.NotOnHold, trace.StandardVersion, trace.InspectionExists,
		trace.InspectionDiscontinued, trace.InspectionGoesOn, trace.RecallAcknowledged,
		service.CodesPrinted, service.CodesVoided, trace.CorrectionWaits, trace.AmendmentLate, trace.AmendmentWaits, trace.NotReceived, trace.BookingUndone, trace.UndoLate,
		trace.GoodsExpired, trace.ExpiryBeyond, trace.UnitsNotSent, trace.ShipmentTakenBack, trace.ShipmentOpen, trace.CaseExists, trace.CasePending, trace.CaseConflict,
		trace.ShipmentExists, trace.ShipmentReceived, trace.RecallExists, trace.RecallClosed, trace.UnitActivated,
		trace.UnitFlagged, trace.UnitNotFlagged, service.AlertStands, service.ReportsClosed, trace.UnitStolen, trace.UnitNotStolen, trace.OwnerActsSpent,
		trace.ContainerExists, trace.ContainerOpened, trace.ContainerPacked, trace.UnitsPacked,
		trace.ComplaintExists, trace.ComplaintConflict, trace.DecisionEarly, trace.AppealUsed, trace.AppealLate, trace.AnchorOrder,
		service.ReviewAnswered, service.AccountExists, service.JobNotDone, service.JobNoFile, service.JobLimit, service.LabelKitLimit, service.ChangedMeanwhile, service.ViewLimit,
		service.PictureLimit, service.BadgeLimit, service.CreatorExists, service.EndorsementEnded},
	http.StatusRequestEntityTooLarge: {TooLarge},
	http.StatusUnprocessableEntity: {access.PasswordWeak, access.PasswordWrong, access.CodeWrong, access.PasskeyRefused, access.SSORefused, labels.CharacterUnprintable, labels.LogoInvalid,
		service.CodeUnreadable, service.CodeAmbiguous,
		service.PictureInvalid, documents.DocumentType, documents.DocumentSize, trace.DocumentMissing, KeyReused, trace.FieldInvalid, trace.GTINMissing, trace.GTINInvalid, trace.GTINCheckDigit,
		trace.NameMissing, trace.NameTooLong, trace.ShelfLife, trace.LotInvalid, trace.QuantityInvalid, trace.DateInvalid,
		trace.UnitsRootInvalid, trace.NothingToCorrect, trace.LinesMissing, trace.LinesOverlap, trace.LineOutOfRange, trace.ReceiverInvalid,
		trace.MassBalance, trace.ResultsIncomplete, trace.StandardCategory, trace.SSCCInvalid, trace.ContainerLimit, trace.UnitProof, trace.SpreadsheetNumber, trace.DuplicateInFile, trace.RowsIncomplete, trace.ColumnsMissing, imports.FileUnreadable, imports.HeadingTwice},
	http.StatusTooManyRequests:     {TooOften, access.SignInHeld},
	http.StatusInternalServerError: {Internal, service.JobBroken},
	http.StatusServiceUnavailable:  {Unavailable, trace.ClockSkew, service.JobInterrupted, service.JobNoRoom},
}

var statusByCode = func() map[trace.Code]int {
	m := map[trace.Code]int{}
	for status, codes := range statuses {
		for _, c := range codes {
			m[c] = status
		}
	}
	return m
}()

// statusOf gives a reason's HTTP status; one that is not in the table is internal.
func statusOf(c trace.Code) int {
	if s, ok := statusByCode[c]; ok {
		return s
	}
	return http.StatusInternalServerError
}

func titleOf(c trace.Code) trace.Text {
	if t, ok := titles[c]; ok {
		return t
	}
	return c.Title()
}

// codeOfStatus names what the router or the binder refused.
func codeOfStatus(status int) trace.Code {
	switch {
	case status == http.StatusNotFound:
		return RouteUnknown
	case status == http.StatusMethodNotAllowed:
		return MethodNotAllowed
	case status >= http.StatusInternalServerError:
		return Internal
	}
	return trace.RequestMalformed
}

// allCodes lists every reason that an answer can have.
func allCodes() []trace.Code { return slices.Sorted(maps.Keys(statusByCode)) }
