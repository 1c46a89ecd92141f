// Command merchant does a merchant's work from spreadsheets: it imports goods
// and batches, prints labels, ships and receives, over the gateway's HTTP
// interface. Keys come from the environment, never from arguments.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

// connection is how to reach the gateway, and as whom.
type connection struct {
	Gateway string `help:"The gateway's address. 网关地址。"                              env:"TOUCHSTONE_GATEWAY"   default:"http://localhost:8080"`
	As      string `help:"Whose key to use: the name after TOUCHSTONE_KEY_. 使用谁的密钥。"                                                            placeholder:"NAME"`
	Lang    string `help:"zh or en. 语言。"                                             env:"TOUCHSTONE_LANG,LANG" default:"zh"`
}

var cli struct {
	connection
	Whoami  whoamiCommand  `cmd:"" help:"Say whose key this is. 查看当前账户。"`
	Apply   applyCommand   `cmd:"" help:"Apply, with documents. 入驻申请与证照。"`
	Import  importCommand  `cmd:"" help:"Import a spreadsheet. 导入表格。"`
	Ship    shipCommand    `cmd:"" help:"Send goods to another party. 发货。"`
	Receive receiveCommand `cmd:"" help:"Sign for shipments. 签收。"`
	Sell    sellCommand    `cmd:"" help:"Book units as sold. 销售。"`
	Return  returnCommand  `cmd:"" help:"Take back units that you sold. 退货。"`
	Stock   stockCommand   `cmd:"" help:"List what you hold. 库存。"`
	Recall  recallCommand  `cmd:"" help:"Call units back. 召回。"`
	Inbox   inboxCommand   `cmd:"" help:"List what you were told. 消息。"`
	Labels  labelsCommand  `cmd:"" help:"Print labels into a file. 打印标签。"`
	Alerts  alertsCommand  `cmd:"" help:"Codes that may have been copied. 复制预警。"`
	Reports reportsCommand `cmd:"" help:"Codes that nobody knows, as shoppers report them. 举报。"`
	Present presentCommand `cmd:"" help:"Save how a product is presented to shoppers, from a folder. 保存商品的品牌故事、图片与链接。"`
	Season  seasonCommand  `cmd:"" help:"Import goods and batches, ship every batch, and receive it: a whole season. 从导入到签收，一次完成。"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	command := kong.Parse(
		&cli,
		kong.Name("merchant"),
		kong.UsageOnError(),
		kong.Description(
			"Keys: TOUCHSTONE_KEY, or TOUCHSTONE_KEY_PRODUCER, TOUCHSTONE_KEY_SELLER and so on.\n密钥取自环境变量 TOUCHSTONE_KEY 或 TOUCHSTONE_KEY_PRODUCER 等。",
		),
	)
	command.BindTo(ctx, (*context.Context)(nil))
	command.Bind(&desk{connection: cli.connection, out: os.Stdout, notes: os.Stderr})
	if err := command.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "merchant:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop has been called
	}
}

// dial connects as the account whose key the environment has under the name
// given with --as, or else under the usual one for the command.
func (d *desk) dial(usual string) (client.Gateway, error) {
	name := usual
	if d.As != "" {
		name = d.As
	}
	variable := "TOUCHSTONE_KEY_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	key := os.Getenv(variable)
	if key == "" && d.As == "" {
		key = os.Getenv("TOUCHSTONE_KEY")
	}
	if key == "" {
		return client.Gateway{}, errors.New(
			d.say(trace.Text{ZhCN: "请先设置环境变量 ", En: "set the environment variable "}) + variable,
		)
	}
	return client.Dial(d.Gateway, key, d.language())
}
