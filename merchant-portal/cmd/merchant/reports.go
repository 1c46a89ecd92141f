package main

import (
	"context"
	"fmt"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

type reportsCommand struct {
	List  reportListCommand  `cmd:"" default:"withargs" help:"Codes that shoppers have reported, those with most open reports first. 被举报的编码。"`
	Show  reportShowCommand  `cmd:""                    help:"One code, and what every shopper says of it. 举报详情。"`
	Close reportCloseCommand `cmd:""                    help:"Close the open reports of a code: later ones open it again. 办结举报。"`
}

type reportListCommand struct {
	Status string `default:"open" enum:"open,closed,all" help:"open, closed or all. 状态。"`
	Newest bool   `                                      help:"The newest first. 按时间排列。"`
}

var reportStatusWords = map[string]trace.Text{
	"open": {ZhCN: "待处理", En: "open"}, "closed": {ZhCN: "已处理", En: "closed"},
}

// Run lists reported codes, page by page.
func (c reportListCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("platform")
	if err != nil {
		return err
	}
	ask := client.ListReportedCodesParams{Sort: client.ListReportedCodesParamsSortMinusOpen, Limit: 200}
	if c.Status != "all" {
		ask.Status = c.Status
	}
	if c.Newest {
		ask.Sort = client.ListReportedCodesParamsSortMinusLastAt
	}
	rows := [][]string{d.words("编号|状态|举报|待处理|最近|编码", "ID|Status|Reports|Open|Last|Code")}
	for {
		r, err := gateway.ListReportedCodesWithResponse(ctx, &ask)
		if err != nil {
			return err
		}
		page, err := client.Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
		if err != nil {
			return err
		}
		for _, x := range page.Items {
			rows = append(
				rows,
				[]string{
					x.ID,
					d.say(reportStatusWords[string(x.Status)]),
					fmt.Sprint(x.Reports),
					fmt.Sprint(x.Open),
					day(x.LastAt),
					x.Code,
				},
			)
		}
		if ask.After = page.Next; page.Next == "" {
			break
		}
	}
	if len(rows) == 1 {
		d.tell(trace.Text{ZhCN: "没有这样的举报。", En: "There are no such reports."})
		return nil
	}
	return d.table(rows)
}

type reportShowCommand struct {
	ID string `arg:"" help:"The reported code. 编码的编号。"`
}

// Run shows one reported code.
func (c reportShowCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("platform")
	if err != nil {
		return err
	}
	r, err := gateway.GetReportedCodeWithResponse(ctx, c.ID)
	if err != nil {
		return err
	}
	x, err := client.Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return err
	}
	return d.showReports(x)
}

func (d *desk) showReports(x client.ReportedCase) error {
	d.tell(
		trace.Text{ZhCN: "%s  %s  举报 %d 次，待处理 %d", En: "%s  %s  %d reports, %d open"},
		x.ID,
		d.say(reportStatusWords[string(x.Status)]),
		x.Reports,
		x.Open,
	)
	d.tell(trace.Text{ZhCN: "编码  %s\n", En: "Code  %s\n"}, printable(x.Code))
	rows := [][]string{d.words("编号|时间|状态|在哪里|发生了什么|联系方式", "ID|Time|Status|Where|What|Contact")}
	for _, s := range x.Said {
		status := "open"
		if s.Closed {
			status = "closed"
		}
		rows = append(rows, []string{s.ID, day(s.At), d.say(reportStatusWords[status]), s.Place, s.Text, s.Contact})
	}
	if err := d.table(rows); err != nil || len(x.Closings) == 0 {
		return err
	}
	d.tell(trace.Text{})
	rows = [][]string{d.words("办结时间|谁|说明", "Closed|Who|Note")}
	for _, n := range x.Closings {
		rows = append(rows, []string{day(n.At), n.Account + " (" + n.Party + ")", n.Note})
	}
	return d.table(rows)
}

type reportCloseCommand struct {
	ID   string `arg:"" help:"The reported code. 编码的编号。"`
	Note string `       help:"What was found out. 说明查到了什么。" required:""`
}

// Run closes the open reports of a code.
func (c reportCloseCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("platform")
	if err != nil {
		return err
	}
	r, err := gateway.CloseReportedCodeWithResponse(
		ctx,
		c.ID,
		&client.CloseReportedCodeParams{IdempotencyKey: client.NewKey()},
		client.NewClosing{Note: c.Note},
	)
	if err != nil {
		return err
	}
	x, err := client.Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return err
	}
	d.tell(trace.Text{ZhCN: "%s 现在的状态：%s", En: "%s is now %s"}, x.ID, d.say(reportStatusWords[string(x.Status)]))
	return nil
}
