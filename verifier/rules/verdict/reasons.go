package verdict

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// Reason says why a check did not pass. Reasons are never renamed or reused.
type Reason string

// The reasons, by check. A malformed code has the reason of a forged one, so
// that no answer helps anybody guess codes. EvidenceMissing belongs to whichever
// check lacks its evidence. Units booked as missing that turn up for sale are a
// sign of diversion, but also of a miscount: they are a caution. Units booked
// as damaged or used up must not be sold at all: they are a stop.
const (
	NotIssued  Reason = "NOT_ISSUED"
	KeyRetired Reason = "KEY_RETIRED"

	CodeCutShort Reason = "CODE_INCOMPLETE"

	BatchNotOnLedger  Reason = "BATCH_NOT_ON_LEDGER"
	RootMismatch      Reason = "ROOT_MISMATCH"
	LedgerUnreachable Reason = "LEDGER_UNREACHABLE"
	LedgerStale       Reason = "LEDGER_STALE"
	LedgerHalted      Reason = "LEDGER_HALTED"
	EvidenceMissing   Reason = "EVIDENCE_MISSING"

	Recalled           Reason = "RECALLED"
	IngredientRecalled Reason = "INGREDIENT_RECALLED"

	Stolen            Reason = "STOLEN"
	Destroyed         Reason = "DESTROYED"
	Sample            Reason = "SAMPLE"
	ExportedElsewhere Reason = "EXPORTED_ELSEWHERE"
	UnitDamaged       Reason = "DAMAGED"
	UnitVoided        Reason = "VOIDED"
	UnitMissing       Reason = "MISSING"
	UsedUp            Reason = "USED_UP"

	Expired     Reason = "EXPIRED"
	ExpiresSoon Reason = "EXPIRES_SOON"

	OnHold           Reason = "ON_HOLD"
	NotReleased      Reason = "NOT_RELEASED"
	InspectionFailed Reason = "INSPECTION_FAILED"

	NotYetShipped     Reason = "NOT_YET_SHIPPED"
	InTransit         Reason = "IN_TRANSIT"
	HeldByOtherSeller Reason = "HELD_BY_OTHER_SELLER"

	OtherMarket Reason = "OTHER_MARKET"

	SellerSuspended      Reason = "SELLER_SUSPENDED"
	LicenceExpired       Reason = "LICENCE_EXPIRED"
	AuthorisationExpired Reason = "AUTHORISATION_EXPIRED"
	CheckOverdue         Reason = "CHECK_OVERDUE"

	AlreadyActivated Reason = "ALREADY_ACTIVATED"

	ConfirmedClone  Reason = "CONFIRMED_CLONE"
	CloneLikely     Reason = "CLONE_LIKELY"
	ScannedFarApart Reason = "SCANNED_FAR_APART"
	ScannedOften    Reason = "SCANNED_OFTEN"
	ScansNotWeighed Reason = "SCANS_NOT_WEIGHED"

	ConfirmedCounterfeit Reason = "CONFIRMED_COUNTERFEIT"
	UnderComplaint       Reason = "UNDER_COMPLAINT"
	CounterfeitInBatch   Reason = "COUNTERFEIT_IN_BATCH"
)

// What checks find that pass, or that has a reason in common with another
// finding. These never leave the package; they only choose a text.
const (
	stolenFromOwner  Reason = "stolen from its owner"
	stolenFromYou    Reason = "stolen from whoever asks"
	soldByOther      Reason = "sold by another seller"
	sellerRevoked    Reason = "seller revoked"
	underAppeal      Reason = "under appeal"
	activatedAsked   Reason = "activated and asked about"
	activatedAskedIn Reason = "activated and asked about in a known city"

	codeRight          Reason = "code right"
	codeListed         Reason = "code listed"
	legacyStated       Reason = "legacy stated"
	batchOnLedger      Reason = "batch on ledger"
	notRecalled        Reason = "not recalled"
	inCirculation      Reason = "in circulation"
	doesNotExpire      Reason = "does not expire"
	inDate             Reason = "in date"
	inspectionPassed   Reason = "inspection passed"
	noInspectionNeeded Reason = "no inspection needed"
	withSeller         Reason = "with seller"
	soldBy             Reason = "sold"
	rightMarket        Reason = "right market"
	sellerInOrder      Reason = "seller in order"
	notActivated       Reason = "not activated"
	yours              Reason = "registered to whoever asks"
	yoursAsked         Reason = "registered to whoever asks, and asked about"
	usualPattern       Reason = "usual pattern"
	noComplaint        Reason = "no complaint"
)

// reason is what follows from a finding.
type reason struct {
	verdict Verdict
	message Message
}

// The titles that several reasons share.
var (
	takeCare  = trace.Text{ZhCN: "请谨慎", En: "Be careful"}
	doNotBuy  = trace.Text{ZhCN: "请不要购买", En: "Do not buy it"}
	stopUsing = trace.Text{ZhCN: "请停止使用", En: "Stop using it"}
	cannotSay = trace.Text{ZhCN: "现在无法核验", En: "We cannot check right now"}
)

// What unavailable says of the item, whatever the cause, and what to do.
var (
	saysNothing = trace.Text{ZhCN: "这不代表商品有问题。", En: "This says nothing about the item."}
	tryAgain    = trace.Text{ZhCN: "请稍后再试。", En: "Please try again later."}
)

var askOrigin = trace.Text{ZhCN: "购买前，请卖家说明它的来源。", En: "Before you buy, ask the seller where it came from."}

// reasons is the one table of findings: the verdict each leads to, and its texts.
var reasons = map[Reason]reason{
	NotIssued: {NotRecognised, Message{
		Title: trace.Text{ZhCN: "查不到这枚编码", En: "We do not know this code"},
		Found: trace.Text{ZhCN: "它不是本平台发出的。", En: "It was not issued here."},
		Means: trace.Text{ZhCN: "标签可能是伪造的；如果是手工输入，也可能输错了。", En: "The label may be forged. If the code was typed, it may be mistyped."},
		Do:    trace.Text{ZhCN: "请不要购买；手工输入的，请对照标签再输一次。", En: "Do not buy the item. If you typed the code, compare it with the label and try again."},
	}},
	CodeCutShort: {Unavailable, Message{
		Title: trace.Text{ZhCN: "编码不完整，无法核验", En: "The code is incomplete and cannot be checked"},
		Found: trace.Text{ZhCN: "这里缺少条码、批号或序列号中的一部分。", En: "A part of the barcode number, the lot or the serial is missing."},
		Means: trace.Text{ZhCN: "这不代表商品有问题；有些扫码器会丢掉码里的分隔符。", En: "This says nothing about the item: some scanners drop the separators within a code."},
		Do:    trace.Text{ZhCN: "请用手机相机重新扫标签，或把标签上的内容逐项填写。", En: "Scan the label again with the phone's camera, or type what it says field by field."},
	}},
	KeyRetired: {NotRecognised, Message{
		Title: trace.Text{ZhCN: "这枚编码已停用", En: "This code is no longer valid"},
		Found: trace.Text{ZhCN: "签发它的密钥已经停用。", En: "The key that issued it has been withdrawn."},
		Means: trace.Text{ZhCN: "用这把密钥签发的编码，已不能证明商品的来源。", En: "Codes made with that key no longer prove where an item comes from."},
		Do:    trace.Text{ZhCN: "请不要仅凭这枚编码购买，可向品牌方核实。", En: "Do not buy on the strength of this code; ask the brand."},
	}},

	BatchNotOnLedger: {NotRecognised, Message{
		Title: trace.Text{ZhCN: "查不到这个批次", En: "This lot is not on record"},
		Found: trace.Text{ZhCN: "编码格式无误，但账本上没有它的批次。", En: "The code is well made, but its lot is not on the ledger."},
		Means: trace.Text{ZhCN: "标签可能在批次登记之前就流出了。", En: "The label may have got out before its lot was registered."},
		Do:    trace.Text{ZhCN: "请不要购买，可向品牌方核实。", En: "Do not buy the item; ask the brand."},
	}},
	RootMismatch: {NotRecognised, Message{
		Title: trace.Text{ZhCN: "记录互相矛盾", En: "The records disagree"},
		Found: trace.Text{ZhCN: "这个批次的编码与账本上登记的不一致。", En: "This lot's codes are not the ones registered on the ledger."},
		Means: trace.Text{ZhCN: "无法确认这枚编码属于已登记的商品。", En: "Nothing shows that this code belongs to a registered item."},
		Do:    trace.Text{ZhCN: "请不要购买，可向品牌方核实。", En: "Do not buy the item; ask the brand."},
	}},
	LedgerUnreachable: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: trace.Text{ZhCN: "暂时读不到商品的记录。", En: "The item's record cannot be read at the moment."},
	}},
	LedgerStale: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: trace.Text{ZhCN: "记录还没有更新到最新。", En: "The record is not up to date at the moment."},
	}},
	LedgerHalted: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: trace.Text{ZhCN: "记录暂停更新，正在排查。", En: "The record has stopped updating and is being looked into."},
	}},
	EvidenceMissing: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: trace.Text{ZhCN: "这件商品的记录不完整。", En: "Part of the item's record is missing."},
	}},

	Recalled: {Stop, Message{
		Title: stopUsing,
		Found: trace.Text{ZhCN: "这件商品已于 {at}被召回，原因是{reason}。", En: "This item was recalled on {at}. Reason: {reason}."},
		Means: trace.Text{ZhCN: "{class}。", En: "{class}."},
		Do:    trace.Text{ZhCN: "{instruction}。", En: "{instruction}."},
	}},

	IngredientRecalled: {Stop, Message{
		Title: stopUsing,
		Found: trace.Text{ZhCN: "制成这件商品的原料或部件已于 {at}被召回，原因是{reason}。", En: "Something this item was made from was recalled on {at}. Reason: {reason}."},
		Means: trace.Text{ZhCN: "召回也涵盖用它制成的商品。{class}。", En: "The recall covers what was made from it too. {class}."},
		Do:    trace.Text{ZhCN: "请停止使用，并联系购买处办理退货。", En: "Stop using it and ask the shop where you bought it to take it back."},
	}},

	Stolen: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "「{holder}」已于 {at}报告这件商品被盗。", En: "{holder} reported this item stolen on {at}."},
		Means: trace.Text{ZhCN: "它不应再出现在市场上。", En: "It should not be on sale anywhere."},
		Do:    trace.Text{ZhCN: "请不要付款，并将卖家信息告知品牌方或公安机关。", En: "Do not pay. Tell the brand or the police who offered it."},
	}},
	stolenFromYou: {Stop, Message{
		Title: trace.Text{ZhCN: "您已报告失窃", En: "You reported it stolen"},
		Found: trace.Text{ZhCN: "报告于 {at}登记在账本上。", En: "The report has been on the ledger since {at}."},
		Means: trace.Text{ZhCN: "别人查询这件商品，会看到“请不要购买”。", En: "Whoever else checks the item reads “Do not buy it”."},
		Do:    trace.Text{ZhCN: "找回之后，请打开您的所有者链接，撤回报告。", En: "When you have it again, open your owner's link and take the report back."},
	}},
	stolenFromOwner: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "它的所有者已于 {at}报告这件商品失窃。", En: "Its owner reported this item stolen on {at}."},
		Means: trace.Text{ZhCN: "眼前出售它的人，很可能不是它的所有者。", En: "Whoever is offering it is probably not its owner."},
		Do:    trace.Text{ZhCN: "请不要付款，并将卖家信息告知公安机关，或在下方投诉。", En: "Do not pay. Tell the police who offered it, or complain below."},
	}},
	Destroyed: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "这件商品已于 {at}登记销毁。", En: "This item was recorded as destroyed on {at}."},
		Means: trace.Text{ZhCN: "您手中的不会是原来那一件，编码很可能被复制。", En: "The thing in your hand cannot be that item; its code was probably copied."},
		Do:    trace.Text{ZhCN: "请不要使用，并将卖家信息告知品牌方。", En: "Do not use it, and tell the brand who offered it."},
	}},
	Sample: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "这件商品已于 {at}登记为样品，不供销售。", En: "This item was taken as a sample on {at} and is not for sale."},
		Means: trace.Text{ZhCN: "样品可能已经拆封或检测过。", En: "A sample may have been opened or tested."},
		Do:    trace.Text{ZhCN: "请将卖家信息告知品牌方。", En: "Tell the brand who offered it."},
	}},
	ExportedElsewhere: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "这件商品已于 {at}登记销往其他市场。", En: "This item was recorded on {at} as exported to another market."},
		Means: trace.Text{ZhCN: "它在这里销售，没有经过本地的查验和保障。", En: "Sold here, it has passed no local inspection and carries no local guarantee."},
		Do:    trace.Text{ZhCN: "已经买到的，请向品牌方核实。", En: "If you have bought it, ask the brand."},
	}},
	UnitVoided: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "这枚编码已于 {at}由生产方作废，从未打印在商品上。", En: "The maker ended this code on {at}; it was never printed on goods."},
		Means: trace.Text{ZhCN: "带有这枚编码的商品不是由它标识的那一件。", En: "Whatever carries this code is not an item that it was issued for."},
		Do:    trace.Text{ZhCN: "已经买到的，请投诉，并联系卖家退货。", En: "If you have bought it, complain here and ask the seller to take it back."},
	}},
	UnitDamaged: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "这件商品已于 {at}登记为破损，退出销售。", En: "This item was recorded as damaged on {at} and withdrawn from sale."},
		Means: trace.Text{ZhCN: "它不应再卖给消费者。", En: "It should not have been offered to you."},
		Do:    trace.Text{ZhCN: "请不要使用；已经买到的，可凭此页向卖家退货。", En: "Do not use it. If you have bought it, show this page to the seller and return it."},
	}},
	UnitMissing: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "「{holder}」在 {at}清点时没有找到这件商品。", En: "{holder} counted the goods on {at} and found this item missing."},
		Means: trace.Text{ZhCN: "它可能在途中遗失后流出了正规渠道，也可能是清点有误。", En: "It may have been lost on the way and left the authorised channel, or miscounted."},
		Do:    askOrigin,
	}},
	UsedUp: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "这件商品已于 {at}登记用于生产其他商品。", En: "This item was recorded on {at} as used up in making other goods."},
		Means: trace.Text{ZhCN: "您手中的不会是原来那一件，编码很可能被复制。", En: "The thing in your hand cannot be that item; its code was probably copied."},
		Do:    trace.Text{ZhCN: "请不要使用，并将卖家信息告知品牌方。", En: "Do not use it, and tell the brand who offered it."},
	}},

	Expired: {Stop, Message{
		Title: stopUsing,
		Found: trace.Text{ZhCN: "这件商品的有效期已于 {on} 截止。", En: "This item expired on {on}."},
		Means: trace.Text{ZhCN: "过期之后，质量和安全不再有保证。", En: "Past that day neither its quality nor its safety is assured."},
		Do:    trace.Text{ZhCN: "请不要使用；刚买到的，可凭此页向卖家退货。", En: "Do not use it. If you have just bought it, show this page to the seller and return it."},
	}},
	ExpiresSoon: {Caution, Message{
		Title: trace.Text{ZhCN: "请留意有效期", En: "Mind the expiry date"},
		Found: trace.Text{ZhCN: "这件商品的有效期至 {on}，即将到期。", En: "This item expires on {on}, which is soon."},
		Means: trace.Text{ZhCN: "这与真伪无关，只是可以使用的时间不长了。", En: "This says nothing against its origin; there is just little time left to use it."},
		Do:    trace.Text{ZhCN: "请确认能在到期前用完。", En: "Make sure you can use it up in time."},
	}},

	OnHold: {Stop, Message{
		Title: stopUsing,
		Found: trace.Text{ZhCN: "这一批商品已于 {at}被「{holder}」暂扣，原因是{reason}。", En: "This lot was put on hold by {holder} on {at}. Reason: {reason}."},
		Means: trace.Text{ZhCN: "在查清之前，这一批不得出售。", En: "Until that is cleared up, nothing of the lot may be sold."},
		Do:    trace.Text{ZhCN: "请不要购买，也不要使用；已买到的，请先留着，联系卖家。", En: "Do not buy or use it. If you have it already, keep it and ask the seller."},
	}},
	NotReleased: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "这类商品须经检验合格才能出售，记录中没有这一批的检验结果。", En: "Goods of this kind need a passed inspection before sale, and none is on record for this lot."},
		Means: trace.Text{ZhCN: "它可能绕过了检验流出，编码也可能被复制。", En: "It may have left without inspection, or its code may have been copied."},
		Do:    trace.Text{ZhCN: "请不要购买，也不要使用，向生产方核实。", En: "Do not buy it and do not use it; ask the producer."},
	}},
	InspectionFailed: {Stop, Message{
		Title: stopUsing,
		Found: trace.Text{ZhCN: "这一批商品在 {at}由「{inspector}」检验，结果不合格。", En: "This lot was inspected by {inspector} on {at} and failed."},
		Means: trace.Text{ZhCN: "不合格的批次不得出售。", En: "A lot that failed may not be sold."},
		Do:    trace.Text{ZhCN: "请不要购买，也不要使用；已买到的，可凭此页向卖家退货。", En: "Do not buy or use it. If you have bought it, show this page to the seller and return it."},
	}},

	NotYetShipped: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "记录显示，这件商品还没有离开生产方「{producer}」。", En: "On record, this item has not left its producer, {producer}."},
		Means: trace.Text{ZhCN: "如果您是在别处见到它的，编码可能被复制。", En: "If you came across it anywhere else, its code may have been copied."},
		Do:    trace.Text{ZhCN: "请先不要付款，向卖家或生产方核实。", En: "Do not pay yet; ask the seller or the producer."},
	}},
	InTransit: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "记录显示，这件商品还没有到达卖家：最近一次流转在 {at}，从「{sender}」到「{receiver}」。", En: "On record, this item has not reached a seller yet: its last move, on {at}, was from {sender} to {receiver}."},
		Means: trace.Text{ZhCN: "如果它已在您手中，可能是卖家还没有签收入账，也可能是编码被复制。", En: "If it is in your hands, the seller may not have booked its receipt yet, or the code may have been copied."},
		Do:    trace.Text{ZhCN: "请卖家先完成签收；说不清来源的，不要购买。", En: "Ask the seller to book the receipt first. Do not buy if its origin stays unclear."},
	}},
	HeldByOtherSeller: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "记录显示，这件商品的最后一站是另一位卖家「{holder}」。", En: "On record, this item's last stop is another seller, {holder}."},
		Means: trace.Text{ZhCN: "眼前的卖家没有它的进货记录，编码可能被复制。", En: "The seller in front of you has no record of receiving it; its code may have been copied."},
		Do:    askOrigin,
	}},
	soldByOther: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "记录显示，这件商品已由另一位卖家「{holder}」于 {at}售出。", En: "On record, this item was sold by another seller, {holder}, on {at}."},
		Means: trace.Text{ZhCN: "眼前的卖家没有它的进货记录；它可能是转卖的，编码也可能被复制。", En: "The seller in front of you has no record of receiving it; it may be resold, or its code copied."},
		Do:    askOrigin,
	}},

	OtherMarket: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "这批商品只供应{markets}，而您在 {market} 查询。", En: "This lot was made for {markets}; you are asking from {market}."},
		Means: trace.Text{ZhCN: "它可能是从其他市场流入的，这里未必有售后和保障。", En: "It may have been diverted from another market and may carry no guarantee here."},
		Do:    askOrigin,
	}},
	SellerSuspended: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "「{seller}」已被平台暂停经营资格。", En: "On this platform {seller} is suspended."},
		Means: trace.Text{ZhCN: "它现在不能销售商品，售后也没有保障。", En: "It may not sell anything at present, and nobody stands behind a sale."},
		Do:    trace.Text{ZhCN: "请不要付款；已经购买的，请联系平台。", En: "Do not pay. If you have bought it already, contact the platform."},
	}},
	sellerRevoked: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "「{seller}」的经营资格已被平台撤销。", En: "The platform has withdrawn the right of {seller} to trade here."},
		Means: trace.Text{ZhCN: "它不能再销售商品，售后也没有保障。", En: "It may not sell anything any more, and nobody stands behind a sale."},
		Do:    trace.Text{ZhCN: "请不要付款；已经购买的，请联系平台。", En: "Do not pay. If you have bought it already, contact the platform."},
	}},
	LicenceExpired: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "「{seller}」的证照已于 {on} 到期。", En: "A licence of {seller} ran out on {on}."},
		Means: trace.Text{ZhCN: "续期之前，它不能卖出新的商品；这与商品的真伪无关。", En: "Until it is renewed the seller may sell nothing new. This says nothing against the item's origin."},
		Do:    trace.Text{ZhCN: "购买前，请卖家出示续期后的证照。", En: "Before you buy, ask the seller for the renewed licence."},
	}},
	AuthorisationExpired: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "「{holder}」的品牌授权已于 {on} 到期。", En: "The brand's authorisation of {holder} ran out on {on}."},
		Means: trace.Text{ZhCN: "到期之后，它不再代表这个品牌；此前出厂的商品仍可能是真品。", En: "It no longer acts for the brand; what it made or bought before may still be genuine."},
		Do:    trace.Text{ZhCN: "购买前，可向品牌方核实。", En: "Before you buy, ask the brand."},
	}},
	CheckOverdue: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "「{seller}」的合规检查或整改已经逾期。", En: "A compliance check of {seller}, or something it had to mend, is overdue."},
		Means: trace.Text{ZhCN: "补上之前，它不能卖出新的商品；这与商品的真伪无关。", En: "Until that is done the seller may sell nothing new. This says nothing against the item's origin."},
		Do:    trace.Text{ZhCN: "可以先问问卖家，或换一家购买。", En: "Ask the seller about it first, or buy elsewhere."},
	}},

	AlreadyActivated: {Caution, activated(trace.Text{
		ZhCN: "这件商品已于 {at}登记了首位所有者，此后无人查询。", En: "This item was claimed by its first owner on {at}; nobody has checked it since."})},
	activatedAsked: {Caution, activated(trace.Text{
		ZhCN: "这件商品已于 {at}登记了首位所有者，此后被查询 {count} 次，最近一次在 {last}。",
		En:   "This item was claimed by its first owner on {at}. Checks since: {count}, the last on {last}."})},
	activatedAskedIn: {Caution, activated(trace.Text{
		ZhCN: "这件商品已于 {at}登记了首位所有者，此后被查询 {count} 次，最近一次在 {last}，{place}。",
		En:   "This item was claimed by its first owner on {at}. Checks since: {count}, the last on {last} in {place}."})},

	ConfirmedClone: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "「{by}」已于 {at}确认，这枚编码被复制到了别的商品上。", En: "On {at} {by} confirmed that this code has been copied onto other goods."},
		Means: trace.Text{ZhCN: "真品只有一件，但这枚编码已分不出是哪一件，不能再证明任何商品是真的。", En: "Only one item with this code is genuine, and the code alone no longer shows which: it proves nothing any more."},
		Do:    trace.Text{ZhCN: "请把卖家信息告知品牌方；已经拥有的，请联系品牌方分辨。", En: "Tell the brand who offered it. If you own one, ask the brand whether yours is the original."},
	}},
	CloneLikely: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "同一编码在{days}内于 {cities} 个城市被查询 {count} 次，可能被复制。", En: "This code was checked {count|time|times} in {cities|city|cities} within {days} and may have been copied."},
		Means: trace.Text{ZhCN: "一件商品不大可能同时出现在这么多地方，眼前这件未必是编码原来对应的那一件。", En: "One item is hardly in so many places; the one in front of you may not be the one this code was made for."},
		Do:    trace.Text{ZhCN: "请联系商家核实。", En: "Contact the seller."},
	}},
	ScannedFarApart: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "同一编码在{days}内于 {cities} 个城市被查询 {count} 次，彼此相距较远。", En: "This code was checked {count|time|times} within {days}, in {cities|city|cities} far apart."},
		Means: trace.Text{ZhCN: "商品可能被转卖过，编码也可能被复制。", En: "The item may have been resold, or its code copied."},
		Do:    trace.Text{ZhCN: "请联系商家核实。", En: "Contact the seller."},
	}},
	ScannedOften: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "同一编码在{days}内被查询 {count} 次，很可能已公开流传，例如被拍照发布。", En: "This code was checked {count|time|times} within {days}; it is probably public, for instance from a photograph."},
		Means: trace.Text{ZhCN: "这不说明商品有问题，但只凭编码分不出真品和复制品。", En: "That says nothing against the item, but the code alone cannot tell it from a copy."},
		Do:    trace.Text{ZhCN: "请联系商家核实。", En: "Contact the seller."},
	}},
	ScansNotWeighed: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "这枚编码最近的查询记录还没有分析，暂时不能判断它是否被复制。", En: "This code's latest checks have not been weighed yet, so we cannot say whether it has been copied."},
		Means: trace.Text{ZhCN: "这不代表商品有问题，其余各项都已核对。", En: "This says nothing against the item; everything else was checked."},
		Do:    tryAgain,
	}},

	ConfirmedCounterfeit: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "平台已于 {at}认定，带有这枚编码的商品是假货，理由是{reason}。", En: "On {at} the platform found an item with this code to be counterfeit. Reason: {reason}."},
		Means: trace.Text{ZhCN: "编码本身曾由本平台发出，但已被用在假货上。", En: "The code was issued here, but it has been used on a fake."},
		Do:    trace.Text{ZhCN: "请不要购买，也不要使用；已经买到的，可凭此页要求退款。", En: "Do not buy it and do not use it. If you have bought it, show this page and ask for your money back."},
	}},
	UnderComplaint: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "有人在 {at}投诉了带有这枚编码的商品，正在处理。", En: "On {at} somebody complained about an item with this code; the case is being looked into."},
		Means: trace.Text{ZhCN: "投诉还没有结论，这不等于它是假货。", En: "Nothing is decided yet; this does not mean that it is a fake."},
		Do:    trace.Text{ZhCN: "可以等结论公布后再买；已经买到的，请保留凭证。", En: "You may wait for the decision before you buy. If you have bought it, keep the receipt."},
	}},
	underAppeal: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "有人投诉过带有这枚编码的商品；裁定正在复核。", En: "Somebody complained about an item with this code; the decision is under appeal."},
		Means: trace.Text{ZhCN: "复核还没有结论，这不等于它是假货。", En: "The appeal is not decided yet; this does not mean that it is a fake."},
		Do:    trace.Text{ZhCN: "可以等复核结论公布后再买；已经买到的，请保留凭证。", En: "You may wait for the outcome before you buy. If you have bought it, keep the receipt."},
	}},
	CounterfeitInBatch: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "同一批次中，已有 {count} 件被平台认定为假货。", En: "Items of this lot that the platform has found to be counterfeit: {count}."},
		Means: trace.Text{ZhCN: "这枚编码没有问题，但同批次的编码曾被复制。", En: "Nothing is known against this code, but codes of its lot have been copied."},
		Do:    trace.Text{ZhCN: "请仔细核对实物；有疑问可在下方投诉。", En: "Look at the item closely. If in doubt, complain below."},
	}},

	codeRight: {Genuine, Message{Found: trace.Text{ZhCN: "编码由本平台签发。", En: "The code was issued here."}}},
	codeListed: {Genuine, Message{
		Found: trace.Text{ZhCN: "编码由生产方自行印制，并已登记在账本上。", En: "The producer printed this code itself and entered it on the ledger."},
		Means: trace.Text{ZhCN: "这种编码比平台签发的更容易被猜中或抄写。", En: "Such a code is easier to guess or copy than one issued here."}}},
	legacyStated: {Genuine, Message{
		Found: trace.Text{ZhCN: "这批商品在登记之前已经生产；{at}经「{inspector}」查验合格（抽检 {units} 件），随后补贴标签。", En: "These goods were made before they were registered; {inspector} inspected them on {at} ({units|unit was|units were} sampled) and they were labelled after that."},
		Means: trace.Text{ZhCN: "查验之前的经过没有记录在账本上。", En: "What happened to them before that is not on the ledger."}}},
	batchOnLedger: {Genuine, Message{Found: trace.Text{
		ZhCN: "批次已于 {on} 登记在账本上，与编码一致。", En: "The lot has been on the ledger since {on} and fits the code."}}},
	notRecalled:        {Genuine, Message{Found: trace.Text{ZhCN: "没有被召回。", En: "It has not been recalled."}}},
	inCirculation:      {Genuine, Message{Found: trace.Text{ZhCN: "没有被盗或销毁的登记。", En: "Nobody has recorded it as stolen or destroyed."}}},
	doesNotExpire:      {Genuine, Message{Found: trace.Text{ZhCN: "没有有效期限制。", En: "It has no expiry date."}}},
	inDate:             {Genuine, Message{Found: trace.Text{ZhCN: "在有效期内，至 {on}。", En: "It is in date until {on}."}}},
	inspectionPassed:   {Genuine, Message{Found: trace.Text{ZhCN: "{at}经「{inspector}」检验合格，抽检 {units} 件。", En: "It passed inspection by {inspector} on {at}; {units|unit was|units were} sampled."}}},
	noInspectionNeeded: {Genuine, Message{Found: trace.Text{ZhCN: "这类商品不要求逐批检验，这一批也没有被暂扣。", En: "Goods of this kind need no inspection by lot, and the lot is not on hold."}}},
	withSeller:         {Genuine, Message{Found: trace.Text{ZhCN: "记录中的最后一站是「{holder}」。", En: "Its last stop on record is {holder}."}}},
	soldBy:             {Genuine, Message{Found: trace.Text{ZhCN: "已由「{holder}」于 {at}售出。", En: "It was sold by {holder} on {at}."}}},
	usualPattern:       {Genuine, Message{Found: trace.Text{ZhCN: "查询的次数和地点没有异常。", En: "How often and where it was checked is not unusual."}}},
	noComplaint:        {Genuine, Message{Found: trace.Text{ZhCN: "这枚编码没有待处理的投诉，同批次没有认定的假货。", En: "No complaint about this code is pending, and no counterfeit of its lot is known."}}},
	rightMarket:        {Genuine, Message{Found: trace.Text{ZhCN: "供应的市场包括 {market}。", En: "It was made for {market} among others."}}},
	sellerInOrder:      {Genuine, Message{Found: trace.Text{ZhCN: "「{seller}」证照有效，检查按期完成。", En: "The licences of {seller} are valid and its checks are up to date."}}},
	yours:              {Genuine, Message{Found: trace.Text{ZhCN: "登记在您名下；首位所有者登记于 {at}，此后无人查询。", En: "It is registered to you. First claimed on {at}; nobody has checked it since."}}},
	yoursAsked: {Genuine, Message{Found: trace.Text{ZhCN: "登记在您名下；首位所有者登记于 {at}，此后被查询 {count} 次，最近一次在 {last}。",
		En: "It is registered to you. First claimed on {at}; checks since: {count}, the last on {last}."}}},
	notActivated: {Genuine, Message{Found: trace.Text{ZhCN: "还没有人登记为所有者。", En: "Nobody has claimed it yet."}}},
}

// activated is what follows from a unit that has its first owner already.
func activated(found trace.Text) Message {
	return Message{
		Title: takeCare, Found: found,
		Means: trace.Text{ZhCN: "登记的人如果是您，这一项不必在意；如果您买的是新品，它可能被用过，编码也可能被复制。", En: "If that was you, take no notice of it. If you bought it as new, it may have been used, or its code copied."},
		Do:    trace.Text{ZhCN: "买的是新品，请与卖家核实。", En: "If you bought it as new, ask the seller."},
	}
}

// What a genuine answer says: that the code is fresh, or that others came first.
var (
	genuineTitle = trace.Text{ZhCN: "正品记录相符", En: "Matches the genuine record"}
	genuineMeans = trace.Text{
		ZhCN: "编码确由生产方发出，记录没有异常。编码可能被复制，所以也请核对实物。",
		En:   "The producer issued this code and its record shows nothing unusual. A code can be copied, so look at the item as well.",
	}
	genuineDo = trace.Text{
		ZhCN: "请核对包装上的品名、批号和有效期与下方一致。",
		En:   "Compare the name, the lot and the expiry on the package with those below.",
	}
	firstToAsk = trace.Text{
		ZhCN: "这枚编码由「{issuer}」于 {on} 赋码，此前无人查询。",
		En:   "Issued by {issuer} on {on}; you are the first to check it.",
	}
	askedBeforeNow = trace.Text{
		ZhCN: "此前查询过 {count} 次，最近一次在 {at}。若不是您本人，请留意。",
		En:   "Earlier checks: {count}, the last on {at}. If that was not you, look closely.",
	}
	issuedBy      = trace.Text{ZhCN: "由「{issuer}」于 {on} 赋码", En: "Issued by {issuer} on {on}"}
	nobodyAsked   = trace.Text{ZhCN: "您是第一位查询的人", En: "You are the first to check it"}
	askedBeforeIn = trace.Text{
		ZhCN: "此前查询过 {count} 次，最近一次在 {at}，{place}。若不是您本人，请留意。",
		En:   "Earlier checks: {count}, the last on {at} in {place}. If that was not you, look closely.",
	}
)
