package web

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// faultTexts say what is wrong with what was typed or read, and how to mend it.
var faultTexts = map[string]trace.Text{
	"gtinMissing":   {ZhCN: "请填写商品条码，即条形码下面的 8 到 14 位数字。", En: "Enter the barcode number: the 8 to 14 digits under the bars."},
	"gtinForm":      {ZhCN: "商品条码应是 8、12、13 或 14 位数字，请对照标签检查。", En: "A barcode number has 8, 12, 13 or 14 digits. Compare it with the label."},
	"gtinCheck":     {ZhCN: "商品条码里有一位数字不对，请对照标签逐位检查。", En: "One digit of the barcode number is wrong. Compare it with the label, digit by digit."},
	"lotMissing":    {ZhCN: "请填写批号，它印在“批号 LOT”后面。", En: "Enter the lot, which the label prints after LOT."},
	"lotForm":       {ZhCN: "批号最多 20 个字母、数字或符号，不含汉字，请对照标签检查。", En: "A lot has up to 20 letters, digits or signs. Compare it with the label."},
	"serialMissing": {ZhCN: "请填写 20 位编码。", En: "Enter the code of 20 characters."},
	"serialForm":    {ZhCN: "编码里有不该出现的字符，请对照标签再填一次。", En: "The code holds characters that no code has. Compare it with the label and enter it again."},
	"serialLetters": {ZhCN: "编码只有数字和英文字母，而且没有字母 U，请看看是不是 V。", En: "A code has only digits and letters, and never the letter U. Check whether it is a V."},
	"serialLength":  {ZhCN: "编码应是 20 位，请检查是否漏了或多了。", En: "A code has 20 characters. Check for one too few or too many."},
	"addressShort":  {ZhCN: "这个网址不完整。标签上的网址里有 /01/、/10/ 和 /21/ 三段，请补全，或逐项填写。", En: "This address is not complete. A label's has the parts /01/, /10/ and /21/. Complete it, or enter the codes one by one."},
	"incomplete":    {ZhCN: "这串编码不完整，无法核验，不代表商品有问题。有些扫码器会丢掉码里的分隔符，请用手机相机扫标签，或对照标签逐项填写。", En: "This code is incomplete and cannot be checked, which says nothing about the item. Some scanners drop the separators within a code: scan the label with a phone's camera, or type what it says field by field."},
	"ambiguous":     {ZhCN: "这串编码可以有几种读法，无法确定是哪一种。请对照标签，分别填写条码、批号和编码。", En: "This code can be read in several ways. Enter barcode number, lot and code one by one, as the label shows them."},
	"box":           {ZhCN: "这是箱子或托盘的标签（SSCC），不是单件商品的。请扫商品本身的标签。", En: "This is the label of a box or pallet (SSCC), not of a single item. Scan the label on the item itself."},
	"foreign":       {ZhCN: "这个网址不是本平台的标签。请不要打开，也不要在那里付款或填写信息。", En: "This address is not of a label of ours. Do not open it, and do not pay or enter anything there."},
	"product":       {ZhCN: "这是商品条码，同款商品都一样，不能核验手中这一件。请扫标签上的方形码，或补上批号和编码。", En: "This is the product's barcode, the same on every item. To check this one, scan the square code on its label, or add lot and code."},
	"other":         {ZhCN: "这不像标签上的内容，请对照标签再填一次。", En: "This does not look like what a label says. Compare it with the label and try again."},
}

// readerTexts are what /scan says while it works, for reader.js.
var readerTexts = map[string]trace.Text{
	"loading":     {ZhCN: "正在准备识别程序……", En: "Getting the code reader ready…"},
	"asking":      {ZhCN: "正在打开相机。如果手机询问，请选择“允许”。", En: "Opening the camera. If your phone asks, choose Allow."},
	"looking":     {ZhCN: "对准标签上的方形码", En: "Point at the square code on the label"},
	"found":       {ZhCN: "找到了，正在打开……", En: "Found. Opening…"},
	"tips":        {ZhCN: "还没找到。让光线亮一些，离远一点再慢慢靠近，擦一擦镜头；反光时换个角度。", En: "Not found yet. Try more light, hold it further away and come closer slowly, wipe the lens, and tilt away from glare."},
	"tipsPhoto":   {ZhCN: "还是找不到？可以在下面拍一张照片，或填写编码。", En: "Still nothing? Take a photo or type the code below."},
	"paused":      {ZhCN: "相机已暂停，以免费电。", En: "The camera is paused to save power."},
	"again":       {ZhCN: "继续扫码", En: "Scan on"},
	"refused":     {ZhCN: "浏览器没有得到相机的许可。可以点地址栏左侧的图标，或到手机设置里允许此浏览器使用相机，再试一次；也可以在下面用照片识别。", En: "The browser may not use the camera. Tap the icon left of the address, or open your phone's settings, allow the camera for this browser and try again. Or use a photo below."},
	"noCamera":    {ZhCN: "没有找到相机。请在下面选一张标签的照片，或填写编码。", En: "No camera was found. Choose a photo of the label below, or type the code."},
	"busy":        {ZhCN: "相机正被别的应用占用。关掉那个应用再试，或在下面用照片识别。", En: "Another app is using the camera. Close it and try again, or use a photo below."},
	"insecure":    {ZhCN: "此页面不是通过安全连接（https）打开的，浏览器不允许使用相机。请在下面用照片识别，或填写编码。", En: "This page was not opened over a secure connection (https), so the browser keeps the camera closed. Use a photo below, or type the code."},
	"unsupported": {ZhCN: "这个浏览器不能在网页里打开相机。请在下面拍一张照片，或填写编码。", En: "This browser cannot open the camera in a page. Take a photo below, or type the code."},
	"wechat":      {ZhCN: "这里不能在网页里打开相机。请在下面拍一张照片；也可以点右上角“…”，选择“在浏览器打开”，或直接用微信的扫一扫。", En: "The camera cannot be opened in a page here. Take a photo below; or tap the dots at the top right and choose to open in the browser, or use WeChat's own scanner."},
	"noDecoder":   {ZhCN: "这个浏览器不能运行识别程序。请用手机自带的相机或微信扫标签，或在下面填写编码。", En: "This browser cannot run the code reader. Scan the label with your phone's camera app, or type the code below."},
	"notLoaded":   {ZhCN: "识别程序没有下载成功，请检查网络后再试，或在下面填写编码。", En: "The code reader could not be downloaded. Check your connection and try again, or type the code below."},
	"photoBusy":   {ZhCN: "正在您的手机上识别照片……", En: "Reading the photo on your phone…"},
	"photoNone":   {ZhCN: "照片里没有找到方形码。请靠近一些，让它占照片的三分之一以上，对焦清楚再拍；或在下面填写编码。", En: "No square code was found in the photo. Take it closer, so that the code fills a third of it or more, and in focus. Or type the code below."},
	"photoBad":    {ZhCN: "这个文件不是能打开的照片，请换一张 JPEG 或 PNG。", En: "This file is not a photo that can be opened. Choose a JPEG or PNG."},
	"torchOn":     {ZhCN: "开灯", En: "Light on"},
	"torchOff":    {ZhCN: "关灯", En: "Light off"},
	"warnWeb":     {ZhCN: "这个码通向别的网站", En: "This code leads to another site"},
	"warnApp":     {ZhCN: "这个码会让手机打开别的应用", En: "This code would make the phone open another app"},
	"warnText":    {ZhCN: "这个码里没有标签的内容", En: "This code does not hold what a label holds"},
	"hiddenName":  {ZhCN: "“@”前面的部分不是网站，只是为了看起来像。", En: "What stands before the @ sign is no site. It is there to look like one."},
	"lookalike":   {ZhCN: "网址里有容易看错的外文字母，下面是它真正的写法。", En: "The address has foreign letters that look like others. Below is how it is really written."},
	"lookalikeOf": {ZhCN: "它和本平台的网址很像，但不是。", En: "It resembles our own address and is another."},
}
