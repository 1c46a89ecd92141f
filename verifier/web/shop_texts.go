package web

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// shopWords are the texts of what stands beside a product, and of badges.
var shopWords = map[string]trace.Text{
	"shop":         {ZhCN: "品牌与购买", En: "The brand, and where to buy"},
	"story":        {ZhCN: "品牌故事", En: "The brand's story"},
	"videos":       {ZhCN: "视频与直播", En: "Videos and live streams"},
	"live":         {ZhCN: "直播", En: "Live"},
	"buy":          {ZhCN: "在这些店可以买到", En: "Sold at"},
	"buyNote":      {ZhCN: "链接由商家提供，通往其他网站。这里只列今天资质有效的卖家；收货后请再扫码核对手中的这一件。", En: "The links are the merchants' own and lead to other sites. Only sellers in good standing today are listed; when it arrives, scan the item itself."},
	"inStanding":   {ZhCN: "资质有效", En: "in good standing"},
	"brandSays":    {ZhCN: "这段话由品牌方提供，与核验结果无关。", En: "These are the brand's own words and have no part in the verdict."},
	"creators":     {ZhCN: "创作者怎么说", En: "What creators say"},
	"ad":           {ZhCN: "广告", En: "Ad"},
	"unpaid":       {ZhCN: "创作者声明：未收取任何报酬", En: "By the creator's word: nothing was given for this"},
	"fullPost":     {ZhCN: "看原文", En: "The full post"},
	"hiddenByUs":   {ZhCN: "平台已隐藏这位创作者的内容，理由：", En: "The platform has hidden what this creator said, because: "},
	"related":      {ZhCN: "您可能也想看看", En: "You may also like"},
	"relatedNote":  {ZhCN: "只按这个浏览器扫过的商品挑选，清单留在您的手机里；查询时只发送商品条码，我们不记录。", En: "Chosen from what this browser has scanned. The list stays on your phone; only barcodes are sent, and we keep nothing."},
	"forget":       {ZhCN: "清除清单", En: "Forget the list"},
	"leadsTo":      {ZhCN: "前往", En: "leads to"},
	"preview":      {ZhCN: "预览：购买者将这样看到", En: "Preview: what shoppers will see"},
	"previewNote":  {ZhCN: "这不是核验结果。此页只有拿到链接的人能看到。", En: "This is no verdict. Only who has the link sees this page."},
	"badge":        {ZhCN: "验真标识", En: "Badge"},
	"badgeFor":     {ZhCN: "这枚标识只发给这个网站", En: "This badge was issued for this site alone"},
	"badgeCompare": {ZhCN: "请看您刚才那个网页的地址栏：域名与上面一字不差，标识才算数。", En: "Look at the address bar of the page you came from: the badge counts only where the host is this one, letter for letter."},
	"badgeNow":     {ZhCN: "核验时间", En: "Checked"},
	"badgeSeller":  {ZhCN: "卖家", En: "Seller"},
	"badgeIssuer":  {ZhCN: "申领方", En: "Asked for by"},
	"badgeIssued":  {ZhCN: "发放", En: "Issued"},
	"badgeExpires": {ZhCN: "有效至", En: "Valid until"},
	"badgeRecalls": {ZhCN: "正在进行的召回", En: "Recalls under way"},
	"badgeCan":     {ZhCN: "它能说明什么", En: "What it can say"},
	"badgeCanText": {ZhCN: "此商品在册，卖家经手过这种商品，并说明他今天的资质和召回情况。", En: "That the product is on record, that the seller has handled goods of it, how he stands today and whether there is a recall."},
	"badgeNot":     {ZhCN: "它不能说明什么", En: "What it cannot say"},
	"badgeNotText": {ZhCN: "图片谁都能复制，只有您自己浏览器里的这个页面说了算。它也不能替您验货：包裹里的那一件是不是正品，要扫它自己的码。", En: "A picture can be copied by anybody; only this page, in your own browser, tells. Nor can it vouch for what a parcel holds: for that, scan the item's own code."},
}
