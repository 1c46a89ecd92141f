package trace

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// detail is what an Error's Message says, in both languages: In is the format
// that the message was made of, Chinese the same with {1}, {2} for its arguments.
type detail struct{ In, Chinese string }

// validation is what the gateway's validator of requests says.
var validation = []detail{
	{`property "%s" is missing`, "缺少这一项"},
	{`property "%s" is unsupported`, "没有这一项，请删去或核对拼写"},
	{"value must be a string", "应为文本"},
	{"value must be an integer", "应为整数"},
	{"value must be a number", "应为数字"},
	{"value must be a boolean", "应为 true 或 false"},
	{"value must be an array", "应为列表"},
	{"value must be an object", "应为对象"},
	{"value must be one of %s", "只能是以下之一：{1}"},
	{"minimum number of items is %s", "至少 {1} 项"},
	{"maximum number of items is %s", "最多 {1} 项"},
	{"minimum string length is %s", "至少 {1} 个字符"},
	{"maximum string length is %s", "最多 {1} 个字符"},
	{"minimum: got %s, want %s", "是 {1}，不能小于 {2}"},
	{"maximum: got %s, want %s", "是 {1}，不能大于 {2}"},
	{`string doesn't match the regular expression "%s"`, "格式不对，应符合 {1}"},
	{"the value does not match pattern '%s'", "格式不对，应符合 {1}"},
}

// details are our own messages, those that merchants and shoppers meet most. As
// messages cross the ledger as text, they are known again by their form.
var details = []detail{
	{"missing", "未填写"},
	{"missing; shoppers read Chinese first", "未填写中文；消费者先看中文"},
	{"%d characters; at most %d", "有 {1} 个字，最多 {2} 个字"},
	{"%d entries; at most %d", "有 {1} 条，最多 {2} 条"},
	{"at most %d characters", "最多 {1} 个字"},
	{"not plain text", "只能是纯文本"},
	{"contains control characters", "含有不可见的控制字符"},
	{"one of %v", "只能是以下之一：{1}"},
	{"%.20q is not a date; write it as 2026-10-02", "{1} 不是日期，请写成 2026-10-02 的形式"},
	{"the year of %s is not between %d and %d", "{1} 的年份不合常理，应在 {2} 与 {3} 之间"},
	{"%s is more than a hundred years after the day of production %s", "{1} 比生产日期 {2} 晚了一百多年，请核对年份"},
	{"%s is no company's prefix: GS1 keeps 02, 04, 05, 20 to 29, 98, 99 and 0000 for other uses; a U.P.C. prefix is written with the 0 before it",
		"{1} 不是任何厂商的识别代码：02、04、05、20–29、98、99 和 0000 开头的号码另有用途；UPC 厂商识别代码要写上前面的 0"},
	{"give the day of production", "请填写生产日期"},
	{"%s lies in the future", "{1} 还没有到"},
	{"%s is not after the day of production %s", "{1} 不晚于生产日期 {2}"},
	{"the body must be one JSON object (Content-Type: application/json)", "请求内容应为一个 JSON 对象（Content-Type: application/json）"},

	{"give the product's barcode number", "请填写商品条码"},
	{"a GTIN has 8, 12, 13 or 14 digits", "条码应为 8、12、13 或 14 位数字"},
	{"the last digit does not fit the others; compare it with the package", "最后一位与前面各位不符，请对照包装核对"},
	{"an indicator 9 is for goods sold by weight, which have no single units; register the GTIN of the unit", "首位为 9 的条码用于称重商品，没有单件可言；请登记单件商品的条码"},
	{"%s is under %s with a 0 before it; ask the platform to correct the prefix to 0%s", "{1} 在 0{2} 之下；您登记的厂商识别代码 {2} 前面少了 0，请平台更正为 0{3}"},
	{"give the product's Chinese name", "请填写商品的中文名称"},
	{"%s is under no company prefix of %s", "{1} 不在 {2} 的厂商识别代码之下"},
	{"1 to 20 letters, digits or signs of GS1's character set", "应为 1 至 20 位字母、数字或 GS1 允许的符号"},
	{"a lot of dots alone is lost in web addresses; add a letter or a digit", "只有点号的批号在网址里会丢失，请加上字母或数字"},
	{"lot %s is registered with other contents", "批号 {1} 已登记，内容不同"},
	{"no lot %.20q of %.20q is on the ledger", "账本上没有商品 {2} 的批号 {1}"},
	{"from 1 to %d units", "应为 1 至 {1} 件"},
	{"lot %s waits for the platform's approval", "批号 {1} 正等待平台批准"},
	{"lot %s needs an accepted inspection before it leaves its producer", "批号 {1} 须先检验合格，才能离开生产方"},
	{"lot %s was put on hold by %s: %s", "批号 {1} 已被 {2} 暂扣：{3}"},
	{"lot %s was rejected by inspection %s; have it inspected again or destroy it", "批号 {1} 在检验 {2} 中不合格，请复检或销毁"},
	{"name at least one line of units", "请至少写明一组单品"},
	{"unit %d of lot %s is named twice", "批号 {2} 的第 {1} 件写了两次"},
	{"units %d to %d of lot %s are not all %s with %s", "批号 {3} 的第 {1} 至 {2} 件并不都在 {5} 手中（状态 {4}）"},
	{"%d lines; at most %d in one transaction", "有 {1} 组，一次最多 {2} 组"},
	{"no result for the item %s", "项目 {1} 没有结果"},
	{"%d results for the standard's %d items; give each once", "有 {1} 项结果，标准有 {2} 个项目，每项请填一次"},
	{"%s: give how many of the %d units fail (0 where none does), and no measurements", "{1}：请填写 {2} 件中有几件不合格（都合格填 0），不要填测量值"},
	{"%s: give %d measurements; the ledger counts those outside the limits", "{1}：请填写 {2} 个测量值，由账本判定是否超限"},
	{"%s waits for the platform to qualify it", "{1} 正等待平台审核资质"},
	{"%s has an expired licence or an overdue check; the platform can renew it", "{1} 的证照过期或合规检查逾期，请找平台办理"},
	{"%s has the roles %v; this needs one of %v", "{1} 的角色是 {2}，这项操作需要 {3} 之一"},
	{"there is no %.80s that you may see", "没有找到，或者您无权查看"},
	{"the batch has %d units and %d serials; there must be one for each", "批次有 {1} 件，序列号却有 {2} 个；每件须有一个"},
	{"%.40q is no serial: 1 to 20 letters, digits or signs of GS1's character set", "{1} 不能作序列号：应为 1 至 20 位字母、数字或 GS1 允许的符号"},
	{"%.40q looks like the serial in place %d; each unit needs its own", "{1} 与第 {2} 个序列号相同或容易看混；每件须有自己的序列号"},
	{"lot %s was made before it was registered; an inspector looks at it first, then it is labelled", "批号 {1} 在登记之前已经生产；须先由检验员查验，再打印标签"},
	{"no unit that you may see has this code", "没有这件商品，或者您无权查看"},
	{"this is a product's barcode, which names no unit; scan the unit's own label", "这是商品条码，不能指明是哪一件；请扫这件商品自己的标签"},
	{"the code's %s is missing or misread; scan it again, or type the serial's last six characters", "编码不完整或读错了；请重扫，或输入序列号后 6 位"},
	{"this is no code of a unit or a container; scan the label again, or type the serial's last six characters", "这不是商品或箱的编码；请重扫标签，或输入序列号后 6 位"},
	{"%d units end so; choose one, or scan the label", "有 {1} 件商品的序列号以此结尾，请选择一件，或扫标签"},
	{"there are too many units to look through; name the product and the lot as well, or scan the label", "要查找的商品太多；请再给出商品和批号，或扫标签"},
	{"%.80s names what an earlier code names; leave one out", "{1} 与前面的编码指同一件，请去掉一个"},
	{"this is a container's code; scan a unit's", "这是箱的编码，请扫一件商品的编码"},
	{"sign in, or send your API key as Authorization: Bearer KEY", "请登录，或在请求头中附上密钥（Authorization: Bearer KEY）"},
	{"the request was made by a page of another site", "请求由其他网站的页面发出"},
	{"check the login and the password", "请核对登录名和密码"},
	{"too many wrong tries; try again in %d s", "错误次数过多，请在 {1} 秒后再试"},
	{"%d characters; a password has from %d to %d", "有 {1} 个字符，密码应为 {2} 至 {3} 个字符"},
	{"easy to guess; take a few words that do not belong together", "容易被猜到，请用几个互不相关的词组成密码"},
	{"from %d to %d characters, such as an e-mail address or a phone number", "应为 {1} 至 {2} 个字符，例如邮箱或手机号"},
	{"somebody uses this already; sign in, or take another one", "已有人使用，请直接登录，或换一个"},
	{"this is not your password", "这不是您现在的密码"},
	{"confirm with your password first: this changes who gets in", "这项操作会改变谁能登录，请先输入密码确认"},
	{"only somebody who signed in can do this, not an API key", "只有登录的人可以这样做，密钥不行"},
	{"this is for colleagues with the duty %v; yours is %s", "这项操作需要的岗位是 {1}，您的岗位是 {2}"},
	{"make somebody else an owner first", "请先把另一位同事设为负责人"},
	{"ask for a new link", "请向同事要一个新的链接"},
	{"%d invitations are open; withdraw some first", "有 {1} 个邀请尚未使用，请先撤回一些"},
	{"a party has at most %d keys; revoke some first", "每个主体最多 {1} 个密钥，请先停用一些"},
	{"switch it off first, to set it up on another device", "请先关闭，再在另一台设备上设置"},
	{"take the code that is shown now; each counts once", "请输入当前显示的验证码，每个只能用一次"},
	{"begin again", "请重新开始"},
	{"try again, or sign in with your password", "请重试，或用密码登录"},
	{"set a password first: this is your only way in", "请先设置密码，否则您将无法登录"},
	{"the identity provider cannot be reached; sign in with your password", "暂时连不上统一登录，请用密码登录"},
	{"begin again, or sign in with your password", "请重新开始，或用密码登录"},
	{"this account of the identity provider is linked to somebody else", "这个统一登录账号已与另一人关联"},
	{"the identity provider has not verified your e-mail address", "统一登录尚未核实您的邮箱"},
	{"sign in with your password and link it in your settings, or ask for an invitation", "请用密码登录后在设置里关联，或请同事邀请您"},
	{"ask again in %d s", "请在 {1} 秒后再试"},
	{"%d such calls are running; ask again in 2 s", "同类请求有 {1} 个正在处理，请在 2 秒后再试"},
	{"at most %d bytes", "最多 {1} 字节"},
	{"more than %d rows; split the file", "超过 {1} 行，请拆成几个文件"},
	{"a web page; open it and save it as .xlsx or as CSV UTF-8", "这是一个网页，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a saved web page (MHTML); open it and save it as .xlsx or as CSV UTF-8", "这是一个保存的网页（MHTML），不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a PDF; open it and save it as .xlsx or as CSV UTF-8", "这是PDF 文件，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a text document (RTF); open it and save it as .xlsx or as CSV UTF-8", "这是RTF 文档，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a picture; open it and save it as .xlsx or as CSV UTF-8", "这是图片，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a RAR archive; open it and save it as .xlsx or as CSV UTF-8", "这是RAR 压缩包，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a 7z archive; open it and save it as .xlsx or as CSV UTF-8", "这是7z 压缩包，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a gzip archive; open it and save it as .xlsx or as CSV UTF-8", "这是gzip 压缩包，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"an old .xls file; open it and save it as .xlsx or as CSV UTF-8", "这是旧版 .xls 文件，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a binary workbook (.xlsb); open it and save it as .xlsx or as CSV UTF-8", "这是二进制工作簿（.xlsb），不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a file of Numbers; open it and save it as .xlsx or as CSV UTF-8", "这是Numbers 文件，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a Word document; open it and save it as .xlsx or as CSV UTF-8", "这是Word 文档，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a PowerPoint presentation; open it and save it as .xlsx or as CSV UTF-8", "这是PowerPoint 演示文稿，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"an OpenDocument spreadsheet (.ods); open it and save it as .xlsx or as CSV UTF-8", "这是OpenDocument 表格（.ods），不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a workbook that is protected by a password; open it and save it as .xlsx or as CSV UTF-8", "这是有密码保护的工作簿，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"an XML spreadsheet of Excel 2003; open it and save it as .xlsx or as CSV UTF-8", "这是Excel 2003 的 XML 表格，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"an XML file; open it and save it as .xlsx or as CSV UTF-8", "这是XML 文件，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"row %d must hold the headings; not found: %s", "第 {1} 行应为表头，缺少：{2}"},
	{"columns %s %q and %s %q both mean %s; keep one of them", "{1} 列 {2} 与 {3} 列 {4} 都是“{5}”，请只保留一列"},
	{"column %s %q counts %s; give the number of single units", "{1} 列 {2} 的单位是“{3}”，请改填最小销售单元的件数"},
	{"the file has no rows; its first row must hold the headings", "文件是空的；应有一行表头"},
	{"neither UTF-8 nor GB18030 text nor a worksheet; save it as .xlsx or as CSV UTF-8", "文件既不是 UTF-8 或 GB18030 文本，也不是工作簿；请另存为 .xlsx 或“CSV UTF-8”"},
	{"not a readable .xlsx file; open it, save it again, and take away its password if it has one", "这个 .xlsx 文件无法读取；请打开后重新保存，有密码的请先去掉密码"},
	{"a party keeps at most %d pictures", "每个主体最多保存 {1} 张图片"},
	{"a party has at most %d running badges; revoke some first", "每个主体最多有 {1} 枚有效标识，请先撤销一些"},
	{"%s has never had goods of this product on the ledger", "账本上 {1} 从未经手过这种商品"},
	{"upload each picture first and give the id of the answer", "请先上传图片，再填写返回的编号"},
	{"no font has %s (U+%s), which stands in %.60s; write it otherwise or leave the field off the label", "没有字体能印出 {1}（U+{2}），它在「{3}」中；请换一种写法，或不在标签上印这一项"},
	{"a label has sides of %d to %d mm", "标签的边长应为 {1} 至 {2} 毫米"},
	{"a sheet has 1 to 20 columns and 1 to 30 rows", "一张纸为 1 至 20 列、1 至 30 行"},
	{"the labels reach %.1f mm to the right and %.1f mm down; an A4 sheet has 210 and 297 mm", "标签排到右 {1} 毫米、下 {2} 毫米，超出 A4 纸的 210 × 297 毫米"},
	{"the labels overlap: the pitch is smaller than a label", "标签互相重叠：间距小于标签本身"},
	{"the code would need %.1f mm but the label has room for %.1f mm; choose a larger template", "编码需要 {1} 毫米，而标签只有 {2} 毫米的位置，请选更大的版式"},
	{"beside the code there are %.1f mm for text; choose a larger label, or print the code alone", "编码旁只剩 {1} 毫米放文字，请选更大的标签，或只印编码"},
	{"the text is %.1f mm too tall for the label; leave out a field or choose a larger label", "文字比标签高出 {1} 毫米，请少印几项，或选更大的标签"},
	{"%s has no room for a scratch field; use one of %s", "{1} 放不下刮开涂层，可用：{2}"},
	{"%q is no label template; use one of %s", "没有版式 {1}，可用：{2}"},
	{"a ZPL printer prints rolls; use a roll template", "ZPL 打印机只打卷装标签，请选卷装版式"},
	{"a workbook holds %d codes; take csv or fewer", "一个工作簿最多放 {1} 枚编码，请改用 CSV 或减少数量"},
	{"%.1f mm; a printer is off by %d mm at most, so measure again", "{1} 毫米：打印机偏差不会超过 {2} 毫米，请重新测量"},
	{"%.3f; a printer stretches by 5 percent at most, so measure again and print in actual size", "{1}：打印机缩放不会超过 5%，请按实际大小打印后重新测量"},
	{"the right mark is right of the left one, and the lower one below the upper one", "右侧十字应在左侧十字之右，下方十字应在上方十字之下"},
	{"%d units of the batch end so; give the whole serial", "本批次有 {1} 件的尾号相同，请输入完整序列号"},
	{"this is no unit of lot %s", "这不是批号 {1} 的商品"},
	{"neither a PNG nor an SVG that can be read", "不是可读的 PNG 或 SVG 文件"},
	{"the SVG has the element %.40s; a logo is shapes only, so turn text into outlines and leave out pictures and scripts", "SVG 中有 {1}：标志只能由图形组成，请把文字转为轮廓，并去掉图片和脚本"},
	{"the SVG is too intricate for a label; simplify it or save it as PNG", "SVG 过于复杂，请简化或另存为 PNG"},
	{"the SVG cannot be drawn; save it as PNG", "SVG 无法绘制，请另存为 PNG"},
	{"the PNG cannot be read", "PNG 文件无法读取"},
	{"at most %d times as long as wide", "长边最多是短边的 {1} 倍"},
	{"1 to %d characters", "应为 1 至 {1} 个字"},
	{"delete one of yours first", "请先删除一个"},
	{"a part of the system could not be reached; the job begins again by itself", "系统的一部分暂时连不上，任务会自动重新开始"},
	{"this is our fault and not your data's; tell us the job's id", "这是我方故障，与您的数据无关；请把任务编号告诉我们"},
	{"the ledger cannot be reached; nothing was written", "现在连不上账本，没有写入任何内容"},
	{"this key belongs to another request; use a new one", "这个幂等键已用于另一请求，请换一个"},

	{"no case %.40q is on the ledger", "账本上没有异常单 {1}"},
	{"a case is with another party", "异常单应与另一方有关，请填写对方"},
	{"%s is neither sender nor receiver of %s", "{1} 既不是货单 {2} 的发货方，也不是收货方"},
	{"the other side of %s is %s", "货单 {1} 的另一方是 {2}"},
	{"%s lists nothing of lot %s; its holder must send it, or open a case", "货单 {1} 上没有批号 {2}；请由持有方发货，或开一宗异常"},
	{"%s is for %s to answer", "{1} 应由 {2} 答复"},
	{"%s was opened by %s", "{1} 是由 {2} 提出的"},
	{"%s goes with the cause %s, and only with it", "处理办法 {1} 只用于原因 {2}，二者须同时选用"},
	{"say what is wrong: units, a code or a note", "请写明哪里不符：单品、编码或说明，至少填一项"},
	{"%s may be answered until %s", "{1} 的答复期到 {2} 为止，期满后才能裁定"},
	{"%s is %s and cannot be %s", "{1} 目前的状态是 {2}，不能这样处理"},
	{"an amendment of %s waits for the other side", "货单 {1} 已有一项更改等待对方同意"},
	{"units %d to %d of lot %s are not on the receipt of %s", "批号 {3} 的第 {1} 至 {2} 件不在货单 {4} 的签收记录里"},
	{"%s went from %s to %s", "货单 {1} 由 {2} 发往 {3}，只有双方可以更改"},
	{"nothing of %s was received yet", "货单 {1} 还没有签收过"},
	{"the receipt of %s could be amended until %s; open a case instead", "货单 {1} 的签收只能在 {2} 之前更改，请改为开一宗异常"},
	{"no amendment of %s waits for consent", "货单 {1} 没有等待同意的更改"},
	{"the other side of %s has to agree", "货单 {1} 的更改须由对方同意"},
	{"%s is the product of %s", "商品 {1} 属于 {2}，只能由其更正"},
	{"goods of %s must be inspected; the platform changes their category", "商品 {1} 须经检验，类别只能由平台更改"},
	{"lot %s is of %s", "批号 {1} 属于 {2}，只能由其更正"},
	{"a correction of lot %s waits for the platform", "批号 {1} 已有一项更正等待平台批准"},
	{"no correction of lot %s waits for approval", "批号 {1} 没有等待批准的更正"},
	{"%s was sent by %s", "货单 {1} 由 {2} 发出，只能由其撤回"},
	{"%.64s is no sale, return, removal or voiding", "{1} 不是销售、退货、移出或作废，无法撤销"},
	{"this was booked by %s", "这笔由 {1} 登记，只能由其撤销"},
	{"this could be undone until %s; ask the platform", "这笔只能在 {1} 之前撤销，现在请找平台处理"},
	{"all of this was undone before", "这笔已经全部撤销过了"},
	{"units %d to %d of lot %s are not of this booking, or it was undone for them", "批号 {3} 的第 {1} 至 {2} 件不在这笔登记里，或已经撤销"},
	{"%d units; undo at most %d of a sale at a time", "有 {1} 件，一次最多撤销 {2} 件的销售"},
	{"unit %s of lot %s has an owner, so it was sold; book a return instead", "批号 {2} 的 {1} 已有所有者，说明确已售出，请改为登记退货"},
	{"name a text that was wrong: name, specification or category", "请填写要更正的名称、规格或类别"},
	{"name what was wrong: producedOn, expiresOn or origin", "请填写要更正的生产日期、有效期或产地"},
	{"everything is on the ledger as you say", "账本上本来就是这样，没有要更正的内容"},
	{"the id of the transaction that made the booking, 64 hex digits", "应为那笔登记的交易号（64 位十六进制）"},
	{"labels of units %d to %d were made; decommission what is not used as destroyed", "第 {1} 至 {2} 件的标签已经制作；没有使用的，请登记为销毁"},
	{"you cannot send goods to yourself", "不能把货发给自己"},
	{"%s cannot receive goods now (%s)", "{1} 现在不能收货（{2}）"},
	{"no shipment %.40q is on the ledger", "账本上没有货单 {1}"},
	{"%s goes to %s", "货单 {1} 是发往 {2} 的"},
	{"%s took %s back on %s", "{1} 已于 {3} 撤回货单 {2}"},
	{"units %d to %d of lot %s were not sent with %s, so they cannot be booked as %s; open a case for their sender",
		"批号 {3} 的第 {1} 至 {2} 件不是随货单 {4} 发出的，不能登记为 {5}；请向发货方开一宗异常"},
	{"%s is signed for; only units missing from it can still be received", "货单 {1} 已签收，只有缺少的还能补收"},
	{"nothing of %s was received yet; its sender can take it back", "货单 {1} 还没有签收过，可由发货方撤回"},
	{"%s stays open for its receiver until %s", "货单 {1} 在 {2} 之前仍可由收货方继续签收"},
	{"name what arrived, or close the shipment without a receipt", "请写明收到了什么，或直接关闭货单"},
	{"lot %s expired on %s; send it back to its producer or destroy it, or ask the platform which expired goods may be given away",
		"批号 {1} 已于 {2} 过期；请退回生产方或销毁，或向平台了解哪些过期商品可以捐赠"},
	{"%s is later than %s, when the first of the inputs expires; say in expiryReason why the goods last longer",
		"{1} 晚于最早到期的原料的有效期 {2}；请在 expiryReason 里说明为何可以保存更久"},
	{"more than %d batches were made from these units; recall them in parts", "用这些单品生产的批次超过 {1} 个，请分次召回"},
	{"from 1 to %d days", "应为 1 至 {1} 天"},
	{"from 0 to %d days", "应为 0 至 {1} 天"},
	{"not before the answer is due", "裁定期限不能早于答复期限"},
	{"%s is named twice", "{1} 写了两次"},

	{"compare it with the label; after five wrong tries this device waits for a day", "请对照标签核对；输错五次，这台设备要等一天"},
	{"too many wrong tries from this device or network; wait for a day, or try over another network", "这台设备或这个网络输错太多次，请等一天，或换一个网络再试"},
	{"the code is not whole; scan the label again or type all of it", "编码不完整，请重新扫标签，或把标签上的内容填全"},
	{"nothing was written; try again", "没有写入任何内容，请再试一次"},
	{"nothing was kept; try again", "没有保存任何内容，请再试一次"},
	{"wait a little between requests", "请稍等片刻再试"},
	{"this device has complained about this item, or five times, within a day", "这台设备一天内已投诉过这件商品，或已投诉五次"},
	{"the unit has a review, which cannot be changed", "这件商品已有评价，评价不能修改"},
	{"from 1 to 5", "应为 1 至 5"},
	{"at most %d photos", "最多 {1} 张照片"},
	{"say true or false: was money, goods or any other favour given for this?", "请说明是或否：是否收受了钱款、商品或其他好处？"},
	{"there is a sponsor, so sponsored must be true", "写了赞助方，就应选择有赞助"},
	{"name the sponsor, in one line", "请用一行写明赞助方"},
	{"an endorsement was made with this scan; scan the item again", "这次扫码已用于一次推荐，请重新扫码"},
	{"your last endorsement of this product stands; withdraw it first", "您对该商品的上一次推荐仍有效，请先撤回"},
	{"the address must begin with https://", "地址应以 https:// 开头"},
}

var (
	verb  = regexp.MustCompile(`%[.0-9]*[a-z]`)
	known = slices.Concat(details, validation)
	forms = formsOf(known)
)

func formsOf(all []detail) []*regexp.Regexp {
	forms := make([]*regexp.Regexp, len(all))
	for i, d := range all {
		parts := verb.Split(d.In, -1)
		for j := range parts {
			parts[j] = regexp.QuoteMeta(parts[j])
		}
		forms[i] = regexp.MustCompile(`(?s)^` + strings.Join(parts, "(.*?)") + `$`)
	}
	return forms
}

// Detail gives the message in both languages; ZhCN is empty where there is no
// Chinese for it.
func (e *Error) Detail() Text {
	for i, form := range forms {
		if m := form.FindStringSubmatch(e.Message); m != nil {
			var arguments []string
			for n, argument := range m[1:] {
				arguments = append(arguments, "{"+strconv.Itoa(n+1)+"}", argument)
			}
			return Text{ZhCN: strings.NewReplacer(arguments...).Replace(known[i].Chinese), En: e.Message}
		}
	}
	return Text{En: e.Message}
}
