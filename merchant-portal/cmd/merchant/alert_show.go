package main

import (
	"cmp"
	"context"
	"net/http"
	"os"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

type alertShowCommand struct {
	ID   string `arg:"" help:"The alert. 预警编号。"`
	HTML string `       help:"Write a report with the map into a file. 生成带地图的报告。" type:"path" placeholder:"FILE"`
}

// Run shows one alert, or writes its report.
func (c alertShowCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("producer")
	if err != nil {
		return err
	}
	r, err := gateway.GetAlertWithResponse(ctx, c.ID)
	if err != nil {
		return err
	}
	a, err := client.Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return err
	}
	if c.HTML == "" {
		return d.showAlert(a)
	}
	m, err := gateway.GetAlertMapWithResponse(ctx, c.ID)
	if err != nil {
		return err
	}
	if m.StatusCode() != http.StatusOK {
		_, err := client.Answer[[]byte](nil, m.ApplicationProblemJSONDefault, m.HTTPResponse, nil)
		return err
	}
	report, err := d.alertReport(a, m.Body)
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.HTML, report, 0o600); err != nil {
		return err
	}
	d.tell(trace.Text{ZhCN: "报告已写入 %s。", En: "Report written to %s."}, c.HTML)
	return nil
}

func (d *desk) showAlert(a client.AlertCase) error {
	d.tell(
		trace.Text{ZhCN: "%s  %s  可能性：%s", En: "%s  %s  risk: %s"},
		a.ID,
		d.say(statusWords[string(a.Status)]),
		d.likelihood(a.Code, a.Risk),
	)
	d.tell(
		trace.Text{ZhCN: "%s  批号 %s  序列号 %s", En: "%s  lot %s  serial %s"},
		printable(d.say(textOf(a.Product))),
		printable(a.Lot),
		a.Serial,
	)
	for _, r := range a.Reasons {
		d.tell(trace.Text{ZhCN: "\n%s", En: "\n%s"}, d.say(textOf(r.Text)))
		for _, s := range weighty(r.Signs) {
			d.tell(trace.Text{ZhCN: "  %+.1f  %s", En: "  %+.1f  %s"}, s.Points, d.say(textOf(s.Text)))
		}
	}
	d.tell(trace.Text{})
	rows := [][]string{d.words("时间|城市|设备|事件", "Time|City|Device|Event")}
	for _, s := range a.Scans {
		rows = append(rows, []string{day(s.At), cmp.Or(s.City, "?"), s.Device, d.say(scanWords[s.Kind])})
	}
	if err := d.table(rows); err != nil || len(a.Decisions) == 0 {
		return err
	}
	d.tell(trace.Text{})
	rows = [][]string{d.words("决定|时间|谁|说明", "Decision|Time|Who|Note")}
	for _, x := range a.Decisions {
		rows = append(rows, []string{d.say(decisionWords[x.Outcome]), day(x.At), d.decider(x), x.Note})
	}
	return d.table(rows)
}

// decider names who decided; new scans have no account.
func (d *desk) decider(x client.AlertDecision) string {
	if x.Account == "" {
		return d.say(trace.Text{ZhCN: "新的查询记录", En: "new scans"})
	}
	return x.Account + " (" + x.Party + ")"
}
