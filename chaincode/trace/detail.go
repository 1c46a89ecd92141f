package trace

import (
	"regexp"
	"slices"
	"strings"
)

// detail is what an Error's Message says, in both languages: In is the format
// that the message was made of, Chinese the same with {1}, {2} for its arguments,
// or {2:state} for one that kinds puts into Chinese.
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
	{"%d characters; at most %d", "有 {1} 个字，最多 {2} 个字"},
	{"%d entries; at most %d", "有 {1} 条，最多 {2} 条"},
	{"at most %d characters", "最多 {1} 个字"},
	{"not plain text", "只能是纯文本"},
	{"contains control characters", "含有不可见的控制字符"},
	{"one of %v", "只能是以下之一：{1}"},
	{"%.20q is not a date; write it as 2026-10-02", "{1} 不是日期，请写成 2026-10-02 的形式"},
	{
		"no party of this name takes goods now; ask it, or look for its name in the list",
		"现在没有这个编号的主体可以收货；请向对方核实，或在名单中按名称查找",
	},
	{"others are writing to the same units at this moment; nothing was written", "此刻有多人在办理同一批货物，没有写入任何内容，请稍后再试"},
	{
		"the body must be one JSON object (Content-Type: application/json)",
		"请求内容应为一个 JSON 对象（Content-Type: application/json）",
	},

	{"not text: it holds a NUL, or bytes that are not UTF-8", "不是文本：含有空字符（NUL）或不是 UTF-8 编码"},
	{"the body is not UTF-8", "请求内容不是 UTF-8 编码"},
	{"write the number in digits only, such as 1000", "请只用数字书写，例如 1000"},
	{"give the product's Chinese name", "请填写商品的中文名称"},
	{"lot %s is registered with other contents", "批号 {1} 已登记，内容不同"},
	{"row %d says otherwise of the same lot", "与第 {1} 行对同一批号的说法不同"},
	{
		"%.40q is the serial of a unit of lot %s; a product's unit needs its own in every lot",
		"序列号 {1} 已用于批号 {2}；同一商品的序列号在各批之间也不能重复",
	},
	{"other rows of this lot are refused, and a lot is registered as a whole", "同一批号里还有未通过的行；整批一起登记"},
	{"%s waits for the platform to qualify it", "{1} 正等待平台审核资质"},
	{"%s has an expired licence or an overdue check; the platform can renew it", "{1} 的证照过期或合规检查逾期，请找平台办理"},
	{"there is no %.80s that you may see", "没有找到，或者您无权查看"},
	{"the batch has %d units and %d serials; there must be one for each", "批次有 {1} 件，序列号却有 {2} 个；每件须有一个"},
	{
		"%.40q is no serial: 1 to 20 letters, digits or signs of GS1's character set",
		"{1} 不能作序列号：应为 1 至 20 位字母、数字或 GS1 允许的符号",
	},
	{"%.40q looks like the serial in place %d; each unit needs its own", "{1} 与第 {2} 个序列号相同或容易看混；每件须有自己的序列号"},
	{
		"lot %s was made before it was registered; an inspector looks at it first, then it is labelled",
		"批号 {1} 在登记之前已经生产；须先由检验员查验，再打印标签",
	},
	{"no unit that you may see has this code", "没有这件商品，或者您无权查看"},
	{"this is a product's barcode, which names no unit; scan the unit's own label", "这是商品条码，不能指明是哪一件；请扫这件商品自己的标签"},
	{
		"the code's %s is missing or misread; scan it again, or type the serial's last six characters",
		"编码不完整或读错了；请重扫，或输入序列号后 6 位",
	},
	{
		"this is no code of a unit or a container; scan the label again, or type the serial's last six characters",
		"这不是商品或箱的编码；请重扫标签，或输入序列号后 6 位",
	},
	{"%d units end so; choose one, or scan the label", "有 {1} 件商品的序列号以此结尾，请选择一件，或扫标签"},
	{
		"there are too many units to look through; name the product and the lot as well, or scan the label",
		"要查找的商品太多；请再给出商品和批号，或扫标签",
	},
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
	{"this is for colleagues with the duty %v; yours is %s", "这项操作需要的岗位是：{1:duty}；您的岗位是{2:duty}"},
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
	{"as many such calls of yours are running as may; ask again in 2 s", "您的同类请求已达上限，请在 2 秒后再试"},
	{"as many such calls are running as may; ask again in 2 s", "同类请求已达上限，请在 2 秒后再试"},
	{"at most %d bytes", "最多 {1} 字节"},
	{"the body has more than %d values; send it in parts", "请求内容超过 {1} 个值，请分几次提交"},
	{
		"too many different numbers in formats of their own; split the file, or format the columns as text or General",
		"带单独格式的不同数字太多；请拆成几个文件，或把这些列设为“文本”或“常规”格式",
	},
	{"more than %d rows; split the file", "超过 {1} 行，请拆成几个文件"},
	{"a web page; open it and save it as .xlsx or as CSV UTF-8", "这是一个网页，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{
		"a saved web page (MHTML); open it and save it as .xlsx or as CSV UTF-8",
		"这是一个保存的网页（MHTML），不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”",
	},
	{"a PDF; open it and save it as .xlsx or as CSV UTF-8", "这是PDF 文件，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{
		"a text document (RTF); open it and save it as .xlsx or as CSV UTF-8",
		"这是RTF 文档，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”",
	},
	{"a picture; open it and save it as .xlsx or as CSV UTF-8", "这是图片，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a RAR archive; open it and save it as .xlsx or as CSV UTF-8", "这是RAR 压缩包，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a 7z archive; open it and save it as .xlsx or as CSV UTF-8", "这是7z 压缩包，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"a gzip archive; open it and save it as .xlsx or as CSV UTF-8", "这是gzip 压缩包，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{
		"an old .xls file; open it and save it as .xlsx or as CSV UTF-8",
		"这是旧版 .xls 文件，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”",
	},
	{
		"a binary workbook (.xlsb); open it and save it as .xlsx or as CSV UTF-8",
		"这是二进制工作簿（.xlsb），不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”",
	},
	{
		"a file of Numbers; open it and save it as .xlsx or as CSV UTF-8",
		"这是Numbers 文件，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”",
	},
	{"a Word document; open it and save it as .xlsx or as CSV UTF-8", "这是Word 文档，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{
		"a PowerPoint presentation; open it and save it as .xlsx or as CSV UTF-8",
		"这是PowerPoint 演示文稿，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”",
	},
	{
		"an OpenDocument spreadsheet (.ods); open it and save it as .xlsx or as CSV UTF-8",
		"这是OpenDocument 表格（.ods），不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”",
	},
	{
		"a workbook that is protected by a password; open it and save it as .xlsx or as CSV UTF-8",
		"这是有密码保护的工作簿，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”",
	},
	{
		"an XML spreadsheet of Excel 2003; open it and save it as .xlsx or as CSV UTF-8",
		"这是Excel 2003 的 XML 表格，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”",
	},
	{"an XML file; open it and save it as .xlsx or as CSV UTF-8", "这是XML 文件，不能直接导入；请打开它，另存为 .xlsx 或“CSV UTF-8”"},
	{"row %d must hold the headings; not found: %s", "第 {1} 行应为表头，缺少：{2}"},
	{"columns %s %q and %s %q both mean %s; keep one of them", "{1} 列 {2} 与 {3} 列 {4} 都是“{5}”，请只保留一列"},
	{"column %s %q counts %s; give the number of single units", "{1} 列 {2} 的单位是“{3}”，请改填最小销售单元的件数"},
	{"the file has no rows; its first row must hold the headings", "文件是空的；应有一行表头"},
	{
		"neither UTF-8 nor GB18030 text nor a worksheet; save it as .xlsx or as CSV UTF-8",
		"文件既不是 UTF-8 或 GB18030 文本，也不是工作簿；请另存为 .xlsx 或“CSV UTF-8”",
	},
	{
		"not a readable .xlsx file; open it, save it again, and take away its password if it has one",
		"这个 .xlsx 文件无法读取；请打开后重新保存，有密码的请先去掉密码",
	},
	{"a party keeps at most %d pictures", "每个主体最多保存 {1} 张图片"},
	{"a party has at most %d running badges; revoke some first", "每个主体最多有 {1} 枚有效标识，请先撤销一些"},
	{"%s has never had goods of this product on the ledger", "账本上 {1} 从未经手过这种商品"},
	{"upload each picture first and give the id of the answer", "请先上传图片，再填写返回的编号"},
	{"%d units of the batch end so; give the whole serial", "本批次有 {1} 件的尾号相同，请输入完整序列号"},
	{"this is no unit of lot %s", "这不是批号 {1} 的商品"},
	{"1 to %d characters", "应为 1 至 {1} 个字"},
	{"delete one of yours first", "请先删除一个"},
	{"a part of the system could not be reached; the job begins again by itself", "系统的一部分暂时连不上，任务会自动重新开始"},
	{"this is our fault and not your data's; tell us the job's id", "这是我方故障，与您的数据无关；请把任务编号告诉我们"},
	{"the ledger cannot be reached; nothing was written", "现在连不上账本，没有写入任何内容"},
	{"this key belongs to another request; use a new one", "这个幂等键已用于另一请求，请换一个"},

	{
		"labels of units %d to %d were made; decommission what is not used as destroyed",
		"第 {1} 至 {2} 件的标签已经制作；没有使用的，请登记为销毁",
	},

	{"the batch has %d units", "这一批共 {1} 件"},
	{
		"units %d to %d are voided, and a label of a voided code is refused wherever it is scanned; leave them out",
		"第 {1} 至 {2} 件的编码已作废，印出来也通不过核验；请去掉这些件",
	},
	{"lot %s is registered already", "批号 {1} 已经登记过"},
	{"%s is not against %s", "投诉 {1} 不是针对 {2} 的"},
	{"name at least one lot or unit", "请至少选择一个批号或一件"},
	{"the answer to %s stands; it cannot be changed", "{1} 已回复过，回复不能修改"},
	{"%s is decided or was taken back", "{1} 已裁定或已撤回"},
	{"wait until the import is done", "请等导入完成"},
	{"this import is no dry run: its good rows are registered", "这次导入不是试算，通过的行已经登记"},
	{"row %d of the import is not a refused one, or is named twice", "第 {1} 行不是未通过的行，或写了两次"},
	{
		"%.20s is a number that lost its digits: set the column to text and enter the barcode again",
		"{1} 是丢失了位数的数字，请把这一列设为文本，重新输入条码",
	},
	{"a picture is named twice", "同一张图片写了两次"},
	{"no row of this import is good: mend some first", "没有可登记的行，请先改正一些"},

	{"the address must begin with https://", "地址应以 https:// 开头"},

	{"a lot has at least 1 unit", "一批至少有 1 件"},
	{"not an inspection level of ISO 2859-1", "不是 ISO 2859-1 的检验水平"},
	{"not an AQL of ISO 2859-1", "不是 ISO 2859-1 的接收质量限（AQL）"},
	{"not a severity of ISO 2859-1", "不是 ISO 2859-1 的检验严格度"},
	{"%s belongs to the party %s", "{1} 属于主体 {2}"},
	{"there is nothing at this address", "这个地址没有内容"},
	{"not a complete multipart form", "表单（multipart/form-data）不完整"},
	{"not the JSON of a mapping", "不是列对应关系的 JSON"},
	{"the form has no part of this name", "表单里没有这一项"},
	{"the first request with this key is still running; repeat it in a moment", "用这个幂等键的第一次请求还在办理，请稍后再发"},
	{"this call is for the roles %v; your account has the role %s", "这项操作只供这些角色使用：{1:role}；您的角色是{2:role}"},
	{"a part of the gateway cannot be reached", "系统的一部分暂时连不上，请稍后再试"},
	{"tell us the request id and we find it in the log", "请把请求编号告诉我们，我们据此在日志中查找"},
	{"the body did not arrive whole; send it again", "请求内容没有收全，请重新发送"},
	{"send a form (Content-Type: multipart/form-data)", "请以表单发送（Content-Type: multipart/form-data）"},
	{"not a value that this parameter takes", "这个参数不接受这样的值"},
	{"the request is not as the interface's document says", "请求与接口文档不符"},
	{"no CA is known for %.40q", "没有 {1} 的证书颁发机构"},
	{"%s is enrolled already, as %s of %s", "{1} 已经注册，是 {3} 的 {2}"},
	{"%.40q has no identity here", "{1} 在这里没有身份"},
	{"more than %d columns; take those away that are not needed", "超过 {1} 列，请删去不需要的列"},
	{"more than %d cells; split the file or take columns away that are not needed", "超过 {1} 个单元格，请拆成几个文件，或删去不需要的列"},
	{"the workbook unpacks to more than %d MB; copy the table alone into a new workbook",
		"工作簿解压后超过 {1} MB，请只把表格复制到新的工作簿"},
	{"the spreadsheet has changed this serial; format the column as text and enter it again",
		"表格软件改动了这个序列号，请把这一列设为文本后重新输入"},
	{"the spreadsheet has changed this lot; format the column as text and enter it again",
		"表格软件改动了这个批号，请把这一列设为文本后重新输入"},
	{"say below which row the data begin", "请指明表头是哪一行"},
	{"%.40q, said of column %.5s, is no field of %s", "{2} 列所对应的 {1} 不是这种导入的栏目"},
	{"write a whole number of units from 1 to %d", "请填写 1 至 {1} 的整数件数"},
	{"write a whole number of days, like 540, or leave it empty", "请填写整数天数，例如 540，或不填"},
	{"%d columns where the heading has %d", "有 {1} 列，而表头有 {2} 列"},
	{"%d columns where the heading has %d: put text that contains the separator in double quotes",
		"有 {1} 列，而表头有 {2} 列；含分隔符的文字请加双引号"},
	{"row %d of the file has the same %s", "与文件第 {1} 行相同：{2:same}"},
	{"give the day of production, like 2026-10-02", "请填写生产日期，例如 2026-10-02"},
	{"the formula of this cell failed; correct it, or enter the value", "这个单元格的公式出错，请改正，或直接填值"},
	{"the cell is merged across columns; unmerge it and fill in each", "这个单元格跨列合并，请取消合并后分别填写"},
	{"the spreadsheet made a date of this; format the column as text and enter it again", "表格软件把它变成了日期，请把这一列设为文本后重新输入"},
	{"the spreadsheet made a number of this; format the column as text and enter it again",
		"表格软件把它变成了数字，请把这一列设为文本后重新输入"},
	{"write 是 or 否 (yes or no)", "请填写“是”或“否”"},
	{"sheet %.40q cannot be read", "工作表 {1} 无法读取"},
	{"only the producer, %s, and the platform decide", "只能由生产商 {1} 和平台裁定"},
	{"the alert is open already", "这条预警已经是待处理的"},
	{"only the product's owner asks for a badge for another party", "只有商品的所有者可以为另一方申请标识"},
	{"choose another handle than %s", "{1} 已有人使用，请换一个"},
	{"%s is withdrawn or hidden already", "{1} 已经撤回或隐藏"},
	{"the picture is too large; save it with fewer pixels, or with 8 bits a colour", "图片太大，请减少像素，或改为每色 8 位后保存"},
	{"a party keeps at most %d documents of 1 GiB in all", "每个主体最多保存 {1} 份文件，共 1 GiB"},
	{"no unit of this batch has this serial", "这一批没有这个序列号"},
	{"pass the next of the page before, unchanged", "请原样传回上一页给出的 next"},
	{"1 to %d rows at a time", "每次 1 至 {1} 行"},
	{"%s is registered by another party", "{1} 已由另一主体登记"},
	{"this job is no import", "这个任务不是导入"},
	{
		"at most %d jobs wait or run at a time, and %d GB of files are kept for %d days; cancel a job or wait for one to end",
		"同时最多 {1} 个任务等待或运行，文件最多保存 {2} GB、{3} 天；请取消一个任务，或等一个结束",
	},
	{"job %s makes no labels", "任务 {1} 不是打印标签"},
	{"the job is %s and has no file yet", "任务还没有结束，暂时没有文件"},
	{"the job is %s and made no file", "任务没有生成文件"},
	{"files are kept for %d days; have it made again", "文件只保存 {1} 天，请重新生成"},
	{"%s is everybody's; keep yours under another id", "{1} 是公用的，请用别的编号保存您的"},
	{"1 to 40 small letters, digits and hyphens", "应为 1 至 40 个小写字母、数字或连字符"},
	{"the picture is too large; save it with fewer pixels", "图片太大，请减少像素后保存"},
	{"the party has as many logos as it may have", "标志的数量已达上限"},
	{"%s has the roles %v; an account acts in one of them", "{1} 的角色是{2:role}，账号只能用其中之一"},
	{"choose another name than %s", "{1} 已有人使用，请换一个"},
	{"an account cannot revoke itself; use another one", "账号不能停用自己，请用另一个账号"},
	{"%s is %s; the platform can say why", "{1} 的状态是“{2:party}”，原因可向平台了解"},
	{"no party has this id", "没有这个编号的主体"},
	{"these are your own links: leave the seller out", "这些是您自己的链接，请不要填卖家"},
	{"%s is a product of %s, which recalls it", "{1} 是 {2} 的商品，由其召回"},
	{"every report of this code is closed", "这枚编码的举报都已办结"},
	{"apply as a producer, distributor, seller or inspector", "请以生产商、经销商、卖家或检验机构的身份申请"},
	{"upload the document first and give the sha256 of the answer", "请先上传文件，再填写返回的 sha256"},
	{"the story has %d steps, a report at most %d; ask for one unit", "经历共有 {1} 步，一份报告最多 {2} 步；请只查一件"},
	{"the transaction is in no block yet", "这笔交易还没有进入区块"},
	{"the batch has %d units; ask for 1 to %d from 0 on", "这一批共 {1} 件；请从 0 起查 1 至 {2} 件"},
	{"one of %s", "只能是以下之一：{1}"},
	{"delete one of the views of this list first", "请先删除这个列表的一个视图"},
	{"%.20q is no kind of notice", "{1} 不是消息的种类"},
	{"delete one that is not needed first", "请先删除一个不需要的"},
	{"the system has no room for the file; its operator makes room, and then the job can be done again",
		"系统没有存放文件的空间；管理员腾出空间后，可以重新执行任务"},
	{"%.40q is nothing that this list is ordered by", "这个列表不能按 {1} 排序"},
	{"pass the next of the page before, unchanged and with the same sort", "请原样传回上一页给出的 next，排序也不变"},
	{"this is an address of a private network", "这是内部网络的地址"},
	{"an address such as https://shop.example/hook, without a name, a password or a fragment",
		"应为 https://shop.example/hook 这样的地址，不含用户名、密码和 # 之后的部分"},
}

var (
	verb  = regexp.MustCompile(`%[.0-9]*[a-z]`)
	place = regexp.MustCompile(`\{([1-9])(?::([a-z]+))?\}`)
	known = exactFirst(slices.Concat(details, validation))
	forms = formsOf(known)
)

// exactFirst puts the format that says most before those that say less: a message
// may have the form of several.
func exactFirst(all []detail) []detail {
	slices.SortStableFunc(all, func(a, b detail) int {
		return len(verb.ReplaceAllString(b.In, "")) - len(verb.ReplaceAllString(a.In, ""))
	})
	return all
}

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

// worded gives the message in both languages; ZhCN is empty where there is no
// Chinese for it.
func (e *Error) worded() Text {
	for i, form := range forms {
		if m := form.FindStringSubmatch(e.Message); m != nil {
			return Text{ZhCN: filled(known[i].Chinese, m[1:]), En: e.Message}
		}
	}
	return Text{En: e.Message}
}

// filled puts the arguments of a message into its Chinese.
func filled(format string, arguments []string) string {
	return place.ReplaceAllStringFunc(format, func(at string) string {
		m := place.FindStringSubmatch(at)
		argument := arguments[m[1][0]-'1']
		if in, known := kinds[m[2]]; known {
			return in(argument)
		}
		return argument
	})
}
