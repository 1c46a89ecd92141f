package web

import (
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// addressDays is for how long whatever stands in front of a verifier may keep
// the addresses in its logs. The verifier itself writes none down.
const addressDays = 7

// keeping is one line of the privacy page: what is kept of a shopper, why, for
// how long, and who sees it. columns are where it stands; a test holds them
// against the database, so that nothing is kept that is not told here.
type keeping struct {
	What, Which, Why, Long, Who trace.Text
	columns                     []string
}

var asLongAsTheItem = trace.Text{ZhCN: "随商品的追溯记录保留", En: "As long as the item's record is kept"}

// keepings is everything that is kept. Its numbers are the program's own.
var keepings = []keeping{
	{
		What: trace.Text{ZhCN: "一次查询", En: "A check"},
		Which: trace.Text{
			ZhCN: "哪件商品、什么时间、在哪个城市（坐标只到 0.1 度，约 11 公里），以及代表这部手机的代号。代号由网络地址、浏览器和语言用密钥算出，每月更换：既不能还原，也不能把两个月的查询连在一起。从以前的系统导入的查询也一样，代号由那里的设备编号算出。",
			En:   "Which item, when, in which city (its point to 0.1 degree, about 11 km), and a code for the phone. The code is computed with a key from the network address, browser and language and changes every month: it cannot be turned back, nor can the checks of two months be linked. Checks that were imported from an earlier system are kept the same way, with the code computed from that system's own.",
		},
		Why:  trace.Text{ZhCN: "告诉后来的购买者这枚编码被查过几次，发现被复制的编码", En: "To tell later buyers how often the code was checked, and to find copied codes"},
		Long: asLongAsTheItem,
		Who:  trace.Text{ZhCN: "次数和最近的城市对扫码的人公开；品牌方和平台的核查人员看得到时间、城市和代号。账本上只有一批记录的指纹", En: "The count and latest city, whoever scans; times, cities and codes, the brand's and the platform's analysts. The ledger holds fingerprints only"},
		columns: []string{"scan.scan.nonce", "scan.scan.gtin", "scan.scan.lot", "scan.scan.unit_index", "scan.scan.at", "scan.scan.place",
			"scan.scan.lat", "scan.scan.lon", "scan.scan.device", "scan.scan.imported_at", "scan.unit.*"},
	}, {
		What:    trace.Text{ZhCN: "同一次访问", En: "A visit"},
		Which:   trace.Text{ZhCN: "手机和所在网络的代号，与上面的算法相同", En: "Codes for the phone and its network, made as above"},
		Why:     visitReason(verdict.SameVisit, verdict.NetworkDevices),
		Long:    hours(verdict.VisitRemembered, forgetSlack),
		Who:     trace.Text{ZhCN: "只有程序自己用", En: "Nobody; the program alone uses it"},
		columns: []string{"scan.visit.gtin", "scan.visit.lot", "scan.visit.unit_index", "scan.visit.network", "scan.visit.device", "scan.visit.at"},
	}, {
		What: trace.Text{ZhCN: "点开的链接", En: "A link opened"},
		Which: trace.Text{
			ZhCN: "扫码后点开了哪种商品的哪个购买链接或创作者链接、哪一天，以及手机代号；每部手机每天只记一次。不记录您在那边做了什么，链接也不带您的任何信息",
			En:   "Which product's link to buy, or creator's link, was opened after a scan, on which day, and the phone's code; once a day for each phone. Not what you do there, and the link carries nothing about you",
		},
		Why:     trace.Text{ZhCN: "告诉商家和创作者各个链接有多少人点开", En: "To tell sellers and creators how many open each link"},
		Long:    trace.Text{ZhCN: fmt.Sprintf("%d 天", int(content.ClickKept.Hours()/24)), En: fmt.Sprintf("%d days", int(content.ClickKept.Hours()/24))},
		Who:     trace.Text{ZhCN: "商家、创作者和平台只看得到 5 人以上的总数", En: "Sellers, creators and the platform see totals of five people or more only"},
		columns: []string{"scan.click.*"},
	}, {
		What:    trace.Text{ZhCN: "页面打开次数", En: "Pages shown"},
		Which:   trace.Text{ZhCN: "每件商品每天的总数", En: "One number for each item and day"},
		Why:     trace.Text{ZhCN: "与查询次数对照，发现异常", En: "To compare it with the number of checks"},
		Long:    asLongAsTheItem,
		Who:     trace.Text{ZhCN: "平台", En: "The platform"},
		columns: []string{"scan.seen.*"},
	}, {
		What:  trace.Text{ZhCN: "输入防伪码", En: "A PIN entered"},
		Which: trace.Text{ZhCN: "哪件商品、什么时间、城市、手机代号、对还是错；不记录输入的内容。输错时还有所在网络的代号，保留一天", En: "Which item, when, city, the phone's code, right or wrong; not what was entered. For a wrong one also the network's code, for a day"},
		Why:   trace.Text{ZhCN: "防止猜测防伪码，发现被复制的编码", En: "To stop guessing, and to find copied codes"},
		Long:  asLongAsTheItem,
		Who:   trace.Text{ZhCN: "品牌方和平台的核查人员", En: "The brand's and the platform's analysts"},
		columns: []string{"scan.pin_tries.*", "scan.pin_entry.id", "scan.pin_entry.gtin", "scan.pin_entry.lot", "scan.pin_entry.unit_index", "scan.pin_entry.at",
			"scan.pin_entry.device", "scan.pin_entry.place", "scan.pin_entry.lat", "scan.pin_entry.lon", "scan.pin_entry.accepted", "scan.pin_entry.imported_at"},
	}, {
		What: trace.Text{ZhCN: "被复制的迹象", En: "Signs of copying"},
		Which: trace.Text{
			ZhCN: "由上述查询得出的摘要：每件商品的可能性和依据，每个手机代号查询过几件商品。",
			En:   "What follows from the checks above: for each item how likely a copy is and why; for each phone's code how many items it asked about.",
		},
		Why:     trace.Text{ZhCN: "发现被复制的编码，又不把店员、快递员或好奇的人当作造假者", En: "To find copied codes without taking a shopkeeper, a courier or the curious for forgers"},
		Long:    asLongAsTheItem,
		Who:     trace.Text{ZhCN: "扫码的人看得到结论；品牌方和平台的核查人员看得到依据，手机只以 A、B、C 显示", En: "The finding, whoever scans; the reasons, the brand's and the platform's analysts, who see phones as A, B, C"},
		columns: []string{"scan.unit_risk.*", "scan.batch_usual.*", "scan.device_habit.*", "scan.generation.*"},
	}, {
		What:  trace.Text{ZhCN: "投诉", En: "A complaint"},
		Which: trace.Text{ZhCN: "您写的文字、照片（拍摄地点等信息已去除）、手机代号，以及所在网络的代号", En: "Your words, your photos (without where they were taken and the like), the phone's code and its network's"},
		Why:   trace.Text{ZhCN: "查清问题；代号用来限制每天的次数", En: "To settle the case; the code limits how many there are a day"},
		Long:  trace.Text{ZhCN: "随案件记录保留；网络代号一天", En: "As long as the case is kept; the network's code for a day"},
		Who:   trace.Text{ZhCN: "被投诉的商家和平台；公示的裁定里没有这些内容", En: "The seller complained of and the platform; none of it is in the published decision"},
		columns: []string{"app.complaint.id", "app.complaint.token_hash", "app.complaint.gtin", "app.complaint.lot", "app.complaint.unit_index", "app.complaint.text",
			"app.complaint.salt", "app.complaint.evidence_hash", "app.complaint.device", "app.complaint.created_at", "app.complaint_photo.*",
			"app.complaint_network.*", "app.complaint_ground.*"},
	}, {
		What: trace.Text{ZhCN: "举报查不到的编码", En: "A report of a code that we do not know"},
		Which: trace.Text{
			ZhCN: "标签上的内容、您写的在哪里看到和发生了什么、您愿意留下的联系方式，以及手机和所在网络的代号",
			En:   "What the label says, where you saw it and what happened, how to reach you if you say so, and codes for the phone and its network",
		},
		Why:  trace.Text{ZhCN: "查处假标签；联系方式只用来核实这件事，代号用来限制每天的次数", En: "To act against forged labels; your contact is used for this alone, and the codes limit how many reports there are a day"},
		Long: reportTimes(feedback.ReporterKept, feedback.ContactKept, feedback.ReportKept),
		Who:  trace.Text{ZhCN: "平台的核查人员；商家看不到", En: "The platform's analysts; no seller"},
		columns: []string{"app.report.id", "app.report.token_hash", "app.report.code_id", "app.report.place", "app.report.text", "app.report.contact",
			"app.report.device", "app.report.network", "app.report.created_at", "app.report.closed_at", "app.report.told_at", "app.reported_code.*"},
	}, {
		What:  trace.Text{ZhCN: "评价", En: "A review"},
		Which: trace.Text{ZhCN: "您写的文字和分数，不含手机代号", En: "Your words and the rating, without the phone's code"},
		Why:   trace.Text{ZhCN: "给其他购买者参考", En: "For other buyers"},
		Long:  asLongAsTheItem,
		Who:   trace.Text{ZhCN: "所有人", En: "Everybody"},
		columns: []string{"app.review.id", "app.review.gtin", "app.review.lot", "app.review.unit_index", "app.review.seller", "app.review.rating",
			"app.review.text", "app.review.same_as", "app.review.created_at"},
	}, {
		What: trace.Text{ZhCN: "登记为所有者", En: "Owning an item"},
		Which: trace.Text{
			ZhCN: "一把公钥，以及登记、转手、报失的时间。没有姓名，也没有账号；私钥只在您的链接里，我们没有。",
			En:   "A public key, and when the item was claimed, passed on or reported stolen. No name and no account; the private key is in your link alone, and we do not have it.",
		},
		Why:     trace.Text{ZhCN: "让后来的购买者知道它有过主人，让只有所有者能转让和报失", En: "So that later buyers know that it had an owner, and only the owner can pass it on or report it stolen"},
		Long:    trace.Text{ZhCN: "写在账本上，不能删除", En: "For good: it is on the ledger, from which nothing is removed"},
		Who:     trace.Text{ZhCN: "扫码的人", En: "Whoever scans it"},
		columns: []string{"ledger.owned_unit.*"},
	}, {
		What: trace.Text{ZhCN: "您的浏览器里", En: "In your browser"},
		Which: trace.Text{
			ZhCN: "最近看过的 20 种商品的条码，以及您登记过哪些商品。推荐相关商品时，条码会发来查一次，我们不保存",
			En:   "The barcodes of the last 20 products you looked at, and which items you claimed. To find related goods the barcodes are sent once to be looked up; we do not keep them",
		},
		Why:  trace.Text{ZhCN: "推荐相关商品，提醒您收好私密链接", En: "To show related goods, and to remind you of your secret link"},
		Long: trace.Text{ZhCN: "直到您按下清除按钮，或清除浏览数据", En: "Until you press the button that forgets them, or clear your browser's data"},
		Who:  trace.Text{ZhCN: "只有这个浏览器", En: "This browser alone"},
	}, {
		What:  trace.Text{ZhCN: "网络地址（IP）", En: "The network address (IP)"},
		Which: trace.Text{ZhCN: "不写入数据库，也不写入日志；只在内存里用来限制访问频率", En: "In no database and no log; in memory only, to limit how often one address asks"},
		Why:   trace.Text{ZhCN: "防止攻击", En: "Against attacks"},
		Long:  addressTime(forgetAddress, addressDays),
		Who:   trace.Text{ZhCN: "只有程序自己用", En: "Nobody; the program alone uses it"},
	},
}

// forgetSlack is how much later than due the program may get to removing visits.
const forgetSlack = time.Hour

func visitReason(same time.Duration, devices int) trace.Text {
	return trace.Text{
		ZhCN: fmt.Sprintf("%d 分钟内重复打开只计一次；同一网络一天内最多计 %d 部手机，免得一个人冒充许多人", int(same.Minutes()), devices),
		En:   fmt.Sprintf("Opening a page again within %d minutes counts once, and of one network at most %d phones a day count, so that one person is not taken for many", int(same.Minutes()), devices),
	}
}

func hours(d, slack time.Duration) trace.Text {
	return trace.Text{ZhCN: fmt.Sprintf("%d 小时，最迟 %d 小时内删除", int(d.Hours()), int((d + slack).Hours())),
		En: fmt.Sprintf("%d hours; removed within %d", int(d.Hours()), int((d + slack).Hours()))}
}

func reportTimes(reporter, contact, report time.Duration) trace.Text {
	h, c, r := int(reporter.Hours()), int(contact.Hours()/24), int(report.Hours()/24)
	return trace.Text{
		ZhCN: fmt.Sprintf("代号 %d 小时；联系方式到处理完为止，最多 %d 天；其余 %d 天。凭举报的私密链接可随时撤回并删除", h, c, r),
		En:   fmt.Sprintf("The codes %d hours; your contact until the report is closed, at most %d days; the rest %d days. With the report's secret link you can withdraw and remove it at any time", h, c, r),
	}
}

func addressTime(memory time.Duration, days int) trace.Text {
	return trace.Text{
		ZhCN: fmt.Sprintf("最后一次访问后约 %d 分钟。平台前端的网络设备如留有访问日志，最多 %d 天", int(memory.Minutes()), days),
		En:   fmt.Sprintf("About %d minutes after the last request. Where network equipment in front keeps a log, at most %d days", int(memory.Minutes()), days),
	}
}

type privacyPage struct {
	frame
	Kept    []keeping
	Contact string
}

// privacy says what is kept of those who scan.
func (h *handler) privacy(c echo.Context) error {
	c.Response().Header().Set("Vary", "Accept-Language")
	return render(c, http.StatusOK, "privacy.html", privacyPage{newFrame(c.Request(), nil), keepings, h.Contact})
}
