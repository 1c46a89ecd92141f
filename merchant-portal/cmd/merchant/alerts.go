package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

type alertsCommand struct {
	List    alertListCommand `cmd:"" default:"withargs" help:"Codes that may have been copied, the riskiest first. 可能被复制的编码。"`
	Show    alertShowCommand `cmd:""                    help:"One alert: why, and every scan. 预警详情。"`
	Confirm confirmCommand   `cmd:""                    help:"Confirm, on the ledger, that the code was copied: it then stops every item that bears it. 确认编码被复制。"`
	Dismiss dismissCommand   `cmd:""                    help:"Explain the scans so far: the alert stays quiet until new ones speak for themselves. 排除预警。"`
	Reopen  reopenCommand    `cmd:""                    help:"Undo a confirmation or a dismissal. 重新打开。"`
}

type alertListCommand struct {
	Status string `default:"open" enum:"open,confirmed,dismissed,all" help:"open, confirmed, dismissed or all. 状态。"`
	Newest bool   `                                                   help:"The newest first. 按时间排列。"`
}

var statusWords = map[string]trace.Text{
	"open": {
		ZhCN: "待处理",
		En:   "open",
	},
	"confirmed": {ZhCN: "已确认", En: "confirmed"},
	"dismissed": {ZhCN: "已排除", En: "dismissed"},
}

var decisionWords = map[client.AlertDecisionOutcome]trace.Text{
	"confirmed": {
		ZhCN: "确认被复制",
		En:   "confirmed",
	},
	"dismissed": {ZhCN: "排除", En: "dismissed"},
	"reopened":  {ZhCN: "重新打开", En: "reopened"},
}

var scanWords = map[client.AlertScanKind]trace.Text{
	"scan": {
		ZhCN: "查询",
		En:   "scan",
	},
	"pin":        {ZhCN: "PIN 正确", En: "right PIN"},
	"pin_failed": {ZhCN: "PIN 错误", En: "wrong PIN"},
}

// Run lists alerts, page by page.
func (c alertListCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("producer")
	if err != nil {
		return err
	}
	ask := client.ListAlertsParams{Sort: client.ListAlertsParamsSortMinusRisk, Limit: 200}
	if c.Status != "all" {
		ask.Status = c.Status
	}
	if c.Newest {
		ask.Sort = client.ListAlertsParamsSortMinusOpenedAt
	}
	rows := [][]string{
		d.words("编号|状态|可能性|商品|批号|序列号|次数|城市|发现于", "ID|Status|Risk|Product|Lot|Serial|Scans|Cities|Opened"),
	}
	for {
		r, err := gateway.ListAlertsWithResponse(ctx, &ask)
		if err != nil {
			return err
		}
		page, err := client.Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
		if err != nil {
			return err
		}
		for _, a := range page.Items {
			rows = append(rows, d.alertRow(a))
		}
		if ask.After = page.Next; page.Next == "" {
			break
		}
	}
	if len(rows) == 1 {
		d.tell(trace.Text{ZhCN: "没有这样的预警。", En: "There are no such alerts."})
		return nil
	}
	return d.table(rows)
}

// words splits a heading of this language into its columns.
func (d *desk) words(zh, en string) []string {
	return strings.Split(d.say(trace.Text{ZhCN: zh, En: en}), "|")
}

func (d *desk) alertRow(a client.Alert) []string {
	count, cities := 0, 0
	if len(a.Reasons) > 0 {
		count, cities = a.Reasons[0].Count, a.Reasons[0].Cities
	}
	return []string{
		a.ID,
		d.say(statusWords[string(a.Status)]),
		d.likelihood(a.Code, a.Risk),
		d.say(textOf(a.Product)),
		a.Lot,
		a.Serial,
		fmt.Sprint(count),
		fmt.Sprint(cities),
		day(a.OpenedAt),
	}
}

func textOf(t client.Text) trace.Text { return trace.Text{ZhCN: t.ZhCN, En: t.En} }

// likelihood says how likely it is that a code was copied. A code that is only
// well known has none worth a figure.
func (d *desk) likelihood(code string, risk float64) string {
	if code == "SCANNED_OFTEN" {
		return d.say(trace.Text{ZhCN: "编码已公开，无可疑", En: "public, not suspicious"})
	}
	return percent(risk)
}

// weighty leaves out the signs that round to no points.
func weighty(signs []client.AlertSign) []client.AlertSign {
	return slices.DeleteFunc(slices.Clone(signs), func(s client.AlertSign) bool { return math.Abs(s.Points) < 0.05 })
}

// percent never says 100 %: the scans alone do not prove anything.
func percent(risk float64) string {
	if risk > 0.995 {
		return "> 99 %"
	}
	return fmt.Sprintf("%.1f %%", 100*risk)
}

func day(t time.Time) string { return t.In(trace.Zone).Format("2006-01-02 15:04") }
