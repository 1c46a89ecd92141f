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

	BatchNotOnLedger  Reason = "BATCH_NOT_ON_LEDGER"
	RootMismatch      Reason = "ROOT_MISMATCH"
	LedgerUnreachable Reason = "LEDGER_UNREACHABLE"
	LedgerStale       Reason = "LEDGER_STALE"
	LedgerHalted      Reason = "LEDGER_HALTED"
	EvidenceMissing   Reason = "EVIDENCE_MISSING"

	Recalled Reason = "RECALLED"

	Stolen            Reason = "STOLEN"
	Destroyed         Reason = "DESTROYED"
	Sample            Reason = "SAMPLE"
	ExportedElsewhere Reason = "EXPORTED_ELSEWHERE"
	UnitDamaged       Reason = "DAMAGED"
	UnitMissing       Reason = "MISSING"
	UsedUp            Reason = "USED_UP"

	Expired     Reason = "EXPIRED"
	ExpiresSoon Reason = "EXPIRES_SOON"

	NotYetShipped     Reason = "NOT_YET_SHIPPED"
	InTransit         Reason = "IN_TRANSIT"
	HeldByOtherSeller Reason = "HELD_BY_OTHER_SELLER"

	AlreadyActivated Reason = "ALREADY_ACTIVATED"
)

// What checks find that pass. These never leave the package; they only choose a text.
const (
	codeRight     Reason = "code right"
	batchOnLedger Reason = "batch on ledger"
	notRecalled   Reason = "not recalled"
	inCirculation Reason = "in circulation"
	doesNotExpire Reason = "does not expire"
	inDate        Reason = "in date"
	withSeller    Reason = "with seller"
	soldBy        Reason = "sold"
	notActivated  Reason = "not activated"
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

// reasons is the one table of findings: the verdict each leads to, and its texts.
var reasons = map[Reason]reason{
	NotIssued: {NotRecognised, Message{
		Title: trace.Text{ZhCN: "查不到这枚编码", En: "We do not know this code"},
		Found: trace.Text{ZhCN: "它不是本平台发出的。", En: "It was not issued here."},
		Means: trace.Text{ZhCN: "标签可能是伪造的；如果是手工输入，也可能输错了。", En: "The label may be forged. If the code was typed, it may be mistyped."},
		Do:    trace.Text{ZhCN: "请不要购买；手工输入的，请对照标签再输一次。", En: "Do not buy the item. If you typed the code, compare it with the label and try again."},
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
		Means: trace.Text{ZhCN: "暂时读不到商品的记录，所以不作判断。", En: "The item's record cannot be read at the moment, so we give no judgement."},
	}},
	LedgerStale: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: trace.Text{ZhCN: "记录还没有更新到最新，所以不作判断。", En: "The record is not up to date at the moment, so we give no judgement."},
	}},
	LedgerHalted: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: trace.Text{ZhCN: "记录暂停更新，正在排查，所以不作判断。", En: "The record has stopped updating and is being looked into, so we give no judgement."},
	}},
	EvidenceMissing: {Unavailable, Message{
		Title: cannotSay, Found: saysNothing, Do: tryAgain,
		Means: trace.Text{ZhCN: "这件商品的记录不完整，所以不作判断。", En: "Part of the item's record is missing, so we give no judgement."},
	}},

	Recalled: {Stop, Message{
		Title: stopUsing,
		Found: trace.Text{ZhCN: "这件商品已于 {at}被召回，原因是{reason}。", En: "This item was recalled on {at}. Reason: {reason}."},
		Means: trace.Text{ZhCN: "{class}。", En: "{class}."},
		Do:    trace.Text{ZhCN: "{instruction}。", En: "{instruction}."},
	}},

	Stolen: {Stop, Message{
		Title: doNotBuy,
		Found: trace.Text{ZhCN: "「{holder}」已于 {at}报告这件商品被盗。", En: "{holder} reported this item stolen on {at}."},
		Means: trace.Text{ZhCN: "它不应再出现在市场上。", En: "It should not be on sale anywhere."},
		Do:    trace.Text{ZhCN: "请不要付款，并将卖家信息告知品牌方或公安机关。", En: "Do not pay. Tell the brand or the police who offered it."},
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
		Do:    trace.Text{ZhCN: "购买前，请卖家说明它的来源。", En: "Before you buy, ask the seller where it came from."},
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
		Found: trace.Text{ZhCN: "记录显示，这件商品属于另一位卖家「{holder}」。", En: "On record, this item belongs to another seller, {holder}."},
		Means: trace.Text{ZhCN: "眼前的卖家没有它的进货记录，编码可能被复制。", En: "The seller in front of you has no record of receiving it; its code may have been copied."},
		Do:    trace.Text{ZhCN: "购买前，请卖家说明它的来源。", En: "Before you buy, ask the seller where it came from."},
	}},

	AlreadyActivated: {Caution, Message{
		Title: takeCare,
		Found: trace.Text{ZhCN: "这件商品已于 {at}登记了首位所有者，累计被查询 {count} 次。", En: "This item was claimed by its first owner on {at}. Checks so far: {count}."},
		Means: trace.Text{ZhCN: "如果登记的人是您，一切正常；如果您买的是新品，它可能被用过，编码也可能被复制。", En: "If that was you, all is well. If you bought it as new, it may have been used, or its code copied."},
		Do:    trace.Text{ZhCN: "买的是新品，请与卖家核实。", En: "If you bought it as new, ask the seller."},
	}},

	codeRight: {Genuine, Message{Found: trace.Text{ZhCN: "编码由本平台签发。", En: "The code was issued here."}}},
	batchOnLedger: {Genuine, Message{Found: trace.Text{
		ZhCN: "批次已于 {on} 登记在账本上，与编码一致。", En: "The lot has been on the ledger since {on} and fits the code."}}},
	notRecalled:   {Genuine, Message{Found: trace.Text{ZhCN: "没有被召回。", En: "It has not been recalled."}}},
	inCirculation: {Genuine, Message{Found: trace.Text{ZhCN: "没有被盗、销毁或停售的记录。", En: "Nobody has reported it stolen, destroyed or withdrawn."}}},
	doesNotExpire: {Genuine, Message{Found: trace.Text{ZhCN: "没有有效期限制。", En: "It has no expiry date."}}},
	inDate:        {Genuine, Message{Found: trace.Text{ZhCN: "在有效期内，至 {on}。", En: "It is in date until {on}."}}},
	withSeller:    {Genuine, Message{Found: trace.Text{ZhCN: "由「{holder}」持有。", En: "It is with {holder}."}}},
	soldBy:        {Genuine, Message{Found: trace.Text{ZhCN: "已由「{holder}」于 {at}售出。", En: "It was sold by {holder} on {at}."}}},
	notActivated:  {Genuine, Message{Found: trace.Text{ZhCN: "还没有人登记为所有者。", En: "Nobody has claimed it yet."}}},
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
	askedBefore = trace.Text{
		ZhCN: "此前查询过 {count} 次，最近一次在 {at}。若不是您本人，请留意。",
		En:   "Earlier checks: {count}, the last on {at}. If that was not you, look closely.",
	}
	askedBeforeIn = trace.Text{
		ZhCN: "此前查询过 {count} 次，最近一次在 {at}，{place}。若不是您本人，请留意。",
		En:   "Earlier checks: {count}, the last on {at} in {place}. If that was not you, look closely.",
	}
)
