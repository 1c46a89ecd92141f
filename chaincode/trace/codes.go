package trace

// Code is a stable reason for a refusal. Codes are never renamed or reused;
// a spreadsheet import reports them in lower case.
type Code string

// The codes. Each has its title in both languages in titles, and nowhere else.
const (
	RequestMalformed Code = "REQUEST_MALFORMED"
	FieldInvalid     Code = "FIELD_INVALID"
	NotAllowed       Code = "NOT_ALLOWED"
	ClockSkew        Code = "CLOCK_SKEW"

	PartyUnknown     Code = "PARTY_UNKNOWN"
	PartyExists      Code = "PARTY_EXISTS"
	PartyStatus      Code = "PARTY_STATUS_CONFLICT"
	PartyUnqualified Code = "PARTY_NOT_QUALIFIED"
	PartySuspended   Code = "PARTY_SUSPENDED"
	PartyLapsed      Code = "PARTY_LAPSED"
	RoleMissing      Code = "ROLE_MISSING"
	PrefixTaken      Code = "PREFIX_TAKEN"

	GTINMissing    Code = "GTIN_MISSING"
	GTINInvalid    Code = "GTIN_INVALID"
	GTINCheckDigit Code = "GTIN_CHECK_DIGIT"
	PrefixNotOwned Code = "PREFIX_NOT_OWNED"
	ProductUnknown Code = "PRODUCT_UNKNOWN"
	ProductExists  Code = "PRODUCT_EXISTS"
	NameMissing    Code = "NAME_MISSING"
	NameTooLong    Code = "NAME_TOO_LONG"
	ShelfLife      Code = "SHELF_LIFE_INVALID"

	LotInvalid       Code = "LOT_INVALID"
	QuantityInvalid  Code = "QUANTITY_INVALID"
	DateInvalid      Code = "DATE_INVALID"
	BatchUnknown     Code = "BATCH_UNKNOWN"
	BatchExists      Code = "BATCH_EXISTS"
	BatchUnapproved  Code = "BATCH_AWAITING_APPROVAL"
	BatchNotAwaiting Code = "BATCH_NOT_AWAITING_APPROVAL"
	UnitsRootInvalid Code = "UNITS_ROOT_INVALID"
	LinesMissing     Code = "LINES_MISSING"
	LinesOverlap     Code = "LINES_OVERLAP"
	LineOutOfRange   Code = "LINE_OUT_OF_RANGE"
	NotHolder        Code = "NOT_HOLDER"
	NotSold          Code = "NOT_SOLD"
	UnitsRecalled    Code = "UNITS_RECALLED"
	ShipmentUnknown  Code = "SHIPMENT_UNKNOWN"
	ShipmentExists   Code = "SHIPMENT_EXISTS"
	ShipmentReceived Code = "SHIPMENT_ALREADY_RECEIVED"
	NotReceiver      Code = "NOT_RECEIVER"
	ReceiverInvalid  Code = "RECEIVER_INVALID"
	RecallUnknown    Code = "RECALL_UNKNOWN"
	RecallExists     Code = "RECALL_EXISTS"
	RecallClosed     Code = "RECALL_CLOSED"
	UnitUnknown      Code = "UNIT_UNKNOWN"
	UnitProof        Code = "UNIT_PROOF_INVALID"
	UnitActivated    Code = "UNIT_ALREADY_ACTIVATED"
	OwnerUnproved    Code = "OWNER_UNPROVED"
	UnitStolen       Code = "UNIT_REPORTED_STOLEN"
	UnitNotStolen    Code = "UNIT_NOT_REPORTED_STOLEN"
	OwnerActsSpent   Code = "OWNER_ACTS_SPENT"
	MassBalance      Code = "MASS_BALANCE"
	NotTransformed   Code = "TRANSFORMATION_UNKNOWN"
	SSCCInvalid      Code = "SSCC_INVALID"
	ContainerUnknown Code = "CONTAINER_UNKNOWN"
	ContainerExists  Code = "CONTAINER_EXISTS"
	ContainerOpened  Code = "CONTAINER_OPENED"
	ContainerPacked  Code = "CONTAINER_PACKED"
	ContainerLimit   Code = "CONTAINER_LIMIT"
	UnitsPacked      Code = "UNITS_PACKED"

	GoodsExpired      Code = "GOODS_EXPIRED"
	ExpiryBeyond      Code = "EXPIRY_BEYOND_INPUTS"
	NothingToCorrect  Code = "NOTHING_TO_CORRECT"
	CorrectionWaits   Code = "CORRECTION_PENDING"
	CorrectionUnknown Code = "CORRECTION_UNKNOWN"
	AmendmentLate     Code = "AMENDMENT_TOO_LATE"
	AmendmentWaits    Code = "AMENDMENT_PENDING"
	AmendmentUnknown  Code = "AMENDMENT_UNKNOWN"
	NotReceived       Code = "NOT_ON_RECEIPT"
	BookingUnknown    Code = "BOOKING_UNKNOWN"
	BookingUndone     Code = "BOOKING_UNDONE"
	UndoLate          Code = "UNDO_TOO_LATE"
	UnitsNotSent      Code = "UNITS_NOT_SENT"
	ShipmentTakenBack Code = "SHIPMENT_CANCELLED"
	ShipmentOpen      Code = "SHIPMENT_STILL_OPEN"
	CaseUnknown       Code = "CASE_UNKNOWN"
	CaseExists        Code = "CASE_EXISTS"
	CasePending       Code = "CASE_PENDING"
	CaseConflict      Code = "CASE_STATUS_CONFLICT"
	NotInCase         Code = "NOT_IN_CASE"

	ComplaintUnknown  Code = "COMPLAINT_UNKNOWN"
	ComplaintExists   Code = "COMPLAINT_EXISTS"
	ComplaintConflict Code = "COMPLAINT_STATUS_CONFLICT"
	NotRespondent     Code = "NOT_RESPONDENT"
	DecisionEarly     Code = "DECISION_TOO_EARLY"
	SameOfficer       Code = "SAME_OFFICER"
	AppealUsed        Code = "APPEAL_USED"
	AppealLate        Code = "APPEAL_TOO_LATE"
	AnchorOrder       Code = "ANCHOR_OUT_OF_ORDER"
	AnchorUnknown     Code = "ANCHOR_UNKNOWN"

	UnitFlagged    Code = "UNIT_FLAGGED"
	UnitNotFlagged Code = "UNIT_NOT_FLAGGED"

	ApplicationMissing Code = "APPLICATION_MISSING"
	DocumentMissing    Code = "DOCUMENT_MISSING"
	CheckUnknown       Code = "CHECK_UNKNOWN"
	CheckExists        Code = "CHECK_EXISTS"
	ActionUnknown      Code = "ACTION_UNKNOWN"
	ActionClosed       Code = "ACTION_CLOSED"

	StandardUnknown        Code = "STANDARD_UNKNOWN"
	StandardVersion        Code = "STANDARD_VERSION"
	StandardCategory       Code = "STANDARD_CATEGORY"
	InspectionExists       Code = "INSPECTION_EXISTS"
	InspectorInvolved      Code = "INSPECTOR_INVOLVED"
	ResultsIncomplete      Code = "RESULTS_INCOMPLETE"
	InspectionDiscontinued Code = "INSPECTION_DISCONTINUED"
	InspectionGoesOn       Code = "INSPECTION_NOT_DISCONTINUED"
	InspectionUnknown      Code = "INSPECTION_UNKNOWN"
	BatchOnHold            Code = "BATCH_ON_HOLD"
	BatchRejected          Code = "BATCH_REJECTED"
	BatchNotReleased       Code = "BATCH_NOT_RELEASED"
	NotOnHold              Code = "NOT_ON_HOLD"
	RecallAcknowledged     Code = "RECALL_ALREADY_ACKNOWLEDGED"

	SpreadsheetNumber Code = "GTIN_SPREADSHEET_NUMBER"
	RowsIncomplete    Code = "LOT_ROWS_REFUSED"
	DuplicateInFile   Code = "DUPLICATE_IN_FILE"
	ColumnsMissing    Code = "COLUMNS_MISSING"
)

var titles = map[Code]Text{
	RequestMalformed:       {"请求格式不正确", "The request is malformed"},
	FieldInvalid:           {"有一项填写不正确", "A field is not valid"},
	NotAllowed:             {"您没有权限进行这项操作", "You may not do this"},
	ClockSkew:              {"时间与记账节点相差超过 5 分钟", "The clock differs from the ledger's by more than 5 minutes"},
	PartyUnknown:           {"账本上没有这个主体", "This party is not on the ledger"},
	PartyExists:            {"该主体已登记", "This party is registered already"},
	PartyStatus:            {"主体的当前状态不允许这样变更", "The party's status does not allow this change"},
	PartyUnqualified:       {"该主体尚未通过资质审核", "This party is not qualified yet"},
	PartySuspended:         {"该主体已被暂停或撤销", "This party is suspended or revoked"},
	PartyLapsed:            {"证照过期或合规检查逾期", "A licence has expired or a compliance check is overdue"},
	RoleMissing:            {"该主体不具备所需的角色", "The party lacks the role for this"},
	PrefixTaken:            {"该厂商识别代码属于其他主体", "This GS1 company prefix belongs to another party"},
	GTINMissing:            {"缺少商品条码", "The barcode (GTIN) is missing"},
	GTINInvalid:            {"商品条码应为 8、12、13 或 14 位数字", "A GTIN has 8, 12, 13 or 14 digits"},
	GTINCheckDigit:         {"商品条码的校验位不对", "The GTIN's check digit is wrong"},
	PrefixNotOwned:         {"该编码的厂商识别代码不属于您，也未获授权", "This number is under a company prefix that is not yours"},
	ProductUnknown:         {"该商品尚未登记", "This product is not registered"},
	ProductExists:          {"该商品已登记，内容不同", "This product is registered already, with other contents"},
	NameMissing:            {"缺少商品名称", "The product's name is missing"},
	NameTooLong:            {"商品名称太长", "The product's name is too long"},
	ShelfLife:              {"保质期应为正整数天数", "The shelf life must be a positive number of days"},
	LotInvalid:             {"批号应为 1 至 20 位字母、数字或符号", "A lot has 1 to 20 letters, digits or signs"},
	QuantityInvalid:        {"数量不正确", "The quantity is not valid"},
	DateInvalid:            {"日期不正确", "The date is not valid"},
	BatchUnknown:           {"账本上没有这个批次", "This batch is not on the ledger"},
	BatchExists:            {"该批次已登记", "This batch is registered already"},
	BatchUnapproved:        {"该批次超出每日额度，正等待平台批准", "This batch is over the daily quota and awaits the platform's approval"},
	BatchNotAwaiting:       {"该批次无需批准", "This batch does not await approval"},
	UnitsRootInvalid:       {"单品默克尔根不正确", "The units' Merkle root is not valid"},
	LinesMissing:           {"没有写明是哪些单品", "No units are named"},
	LinesOverlap:           {"同一单品写了两次", "The same unit is named twice"},
	LineOutOfRange:         {"序号超出该批次的数量", "The units are outside the batch"},
	NotHolder:              {"这些单品不在您手中", "You do not hold these units"},
	NotSold:                {"这些单品不是由您售出的", "You have not sold these units"},
	UnitsRecalled:          {"这些单品已被召回", "These units are recalled"},
	ShipmentUnknown:        {"没有这笔发货", "There is no such shipment"},
	ShipmentExists:         {"该发货单号已被使用", "This shipment number is taken"},
	ShipmentReceived:       {"这笔发货已签收", "This shipment is received already"},
	NotReceiver:            {"您不是这笔发货的收货方", "You are not the receiver of this shipment"},
	ReceiverInvalid:        {"收货方不正确", "The receiver is not valid"},
	RecallUnknown:          {"没有这次召回", "There is no such recall"},
	RecallExists:           {"该召回编号已被使用", "This recall number is taken"},
	RecallClosed:           {"这次召回已结束", "This recall is closed"},
	UnitUnknown:            {"这枚编码不属于该批次", "This code is not of this batch"},
	UnitProof:              {"单品的证明不成立", "The unit's proof does not hold"},
	UnitActivated:          {"该单品已有首位所有者", "This unit has a first owner already"},
	OwnerUnproved:          {"这不是该单品当前所有者的凭证", "This is not the present owner's link"},
	UnitStolen:             {"该单品已报告失窃", "This unit is reported stolen"},
	UnitNotStolen:          {"该单品没有报告失窃", "This unit is not reported stolen"},
	OwnerActsSpent:         {"该单品的所有者操作次数已用完", "The owners of this unit have acted as often as they may"},
	MassBalance:            {"投入与产出对不上", "What goes in and what comes out do not balance"},
	NotTransformed:         {"该批次不是由其他批次制成的", "This batch was not made from other batches"},
	SSCCInvalid:            {"物流单元代码（SSCC）应为 18 位数字，末位为校验位", "An SSCC has 18 digits, the last of them a check digit"},
	ContainerUnknown:       {"没有这个箱或托盘", "There is no such container"},
	ContainerExists:        {"该物流单元代码已被使用", "This SSCC is taken"},
	ContainerOpened:        {"这个箱或托盘已拆开", "This container has been opened"},
	ContainerPacked:        {"这个箱装在另一个箱或托盘里，请先拆开外层", "This container is inside another one; unpack that first"},
	ContainerLimit:         {"箱或托盘装得太多或层数太深", "The container holds too much or is too deep"},
	UnitsPacked:            {"这些单品装在箱或托盘里，请先拆开", "These units are packed; unpack them first"},
	GoodsExpired:           {"该批次已过有效期", "This lot has expired"},
	ExpiryBeyond:           {"成品的有效期晚于所用原料", "The goods would expire later than what they were made of"},
	NothingToCorrect:       {"没有需要更正的内容", "There is nothing to correct"},
	CorrectionWaits:        {"已有一项更正等待平台批准", "A correction waits for the platform already"},
	CorrectionUnknown:      {"没有等待批准的更正", "No correction waits for approval"},
	AmendmentLate:          {"更改签收的期限已过", "The time to amend the receipt is over"},
	AmendmentWaits:         {"已有一项签收更改等待对方同意", "An amendment waits for the other side already"},
	AmendmentUnknown:       {"没有等待同意的签收更改", "No amendment waits for consent"},
	NotReceived:            {"这些单品不在签收之列", "These units are not on the receipt"},
	BookingUnknown:         {"没有可撤销的这笔登记", "There is no such booking that could be undone"},
	BookingUndone:          {"这笔登记已撤销", "This booking is undone already"},
	UndoLate:               {"撤销期限已过", "The time to undo this is over"},
	UnitsNotSent:           {"这些单品不在这笔发货之中", "These units were not sent with this shipment"},
	ShipmentTakenBack:      {"这笔发货已由发货方撤回", "The sender has taken this shipment back"},
	ShipmentOpen:           {"这笔发货仍在等待签收", "This shipment is still open"},
	CaseUnknown:            {"没有这宗异常", "There is no such case"},
	CaseExists:             {"该异常编号已被使用", "This case number is taken"},
	CasePending:            {"同一件事已有一宗待处理的异常", "A case about the same is waiting already"},
	CaseConflict:           {"该异常的当前状态不允许这样处理", "The case's status does not allow this"},
	NotInCase:              {"您不是这宗异常的当事方", "You are not a party to this case"},
	ComplaintUnknown:       {"没有这宗投诉", "There is no such complaint"},
	ComplaintExists:        {"该投诉编号已被使用", "This case number is taken"},
	ComplaintConflict:      {"投诉的当前状态不允许这样处理", "The complaint's status does not allow this"},
	NotRespondent:          {"您不是这宗投诉的被投诉方", "This complaint is not against you"},
	DecisionEarly:          {"答复期限未到，尚不能裁定", "It is too early to decide: the answer is not due yet"},
	SameOfficer:            {"申诉须由另一位经办人裁定", "An appeal is decided by another officer"},
	AppealUsed:             {"只能申诉一次", "There is one appeal only"},
	AppealLate:             {"申诉期限已过", "The time to appeal is over"},
	AnchorOrder:            {"锚定的起点与上一次的终点不相接", "The anchor does not follow the one before"},
	AnchorUnknown:          {"账本上没有这个锚定", "This anchor is not on the ledger"},
	UnitFlagged:            {"这枚编码已被确认复制", "This code is confirmed as copied already"},
	UnitNotFlagged:         {"这枚编码没有被确认复制", "This code is not confirmed as copied"},
	ApplicationMissing:     {"该主体没有待审核的申请", "The party has no application to decide on"},
	DocumentMissing:        {"请先上传证照或授权文件，再提交申请", "Upload the licence's or authorisation's document before you apply"},
	CheckUnknown:           {"没有这次合规检查", "There is no such check"},
	CheckExists:            {"该检查编号已被使用", "This number of a check is taken"},
	ActionUnknown:          {"没有这项整改", "There is no such corrective action"},
	ActionClosed:           {"这项整改已完成", "This corrective action is closed already"},
	StandardUnknown:        {"没有这项检验标准", "There is no such inspection standard"},
	StandardVersion:        {"检验标准的版本号不连续", "The standard's version is not the next one"},
	StandardCategory:       {"检验标准不适用于该商品的类目", "The standard is for another category of goods"},
	InspectionExists:       {"该检验编号已被使用", "This inspection number is taken"},
	InspectorInvolved:      {"生产或持有该批次的主体不能检验它", "A party that made or holds the batch cannot inspect it"},
	ResultsIncomplete:      {"检验结果与标准的项目不符", "The results do not fit the standard's items"},
	InspectionDiscontinued: {"该生产方此类商品已连续多批不合格，检验已中止", "Too many batches were rejected; inspection of this producer's goods is discontinued"},
	InspectionGoesOn:       {"检验没有中止", "Inspection is not discontinued"},
	InspectionUnknown:      {"没有这次检验", "There is no such inspection"},
	BatchOnHold:            {"该批次已被暂扣", "This batch is on hold"},
	BatchRejected:          {"该批次检验不合格", "This batch was rejected by inspection"},
	BatchNotReleased:       {"该批次须先检验合格才能出厂", "This batch must pass inspection before it leaves"},
	NotOnHold:              {"该批次没有被暂扣", "This batch is not on hold"},
	RecallAcknowledged:     {"您已确认过这次召回", "You have acknowledged this recall already"},
	SpreadsheetNumber:      {"表格软件把条码变成了数字，请把该列设为文本后重新填写", "A spreadsheet turned the barcode into a number: set the column to text and enter it again"},
	RowsIncomplete:         {"同一批号里还有未通过的行", "Other rows of the same lot are refused"},
	DuplicateInFile:        {"与前面的行重复", "It repeats an earlier row"},
	ColumnsMissing:         {"这一行缺少列", "The row lacks columns"},
}

// Known reports whether c is one of the codes above.
func (c Code) Known() bool { _, ok := titles[c]; return ok }

// Title says in both languages what the code means.
func (c Code) Title() Text { return titles[c] }

// Codes gives every code with its title; the map is the caller's.
func Codes() map[Code]Text {
	m := make(map[Code]Text, len(titles))
	for c, t := range titles {
		m[c] = t
	}
	return m
}
