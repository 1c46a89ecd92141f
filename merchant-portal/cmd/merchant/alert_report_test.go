package main

import (
	"bytes"
	"html"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

// suspect is an alert in which everything that others wrote is hostile.
func suspect() client.AlertCase {
	const evil = `<script>alert("1")</script>`
	at := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	return client.AlertCase{
		ID:       "ALERT-0123456789ABCDEF",
		Lot:      "202611A01",
		Serial:   "0K7QX2M0K7QX2M0K7QX2",
		Status:   "open",
		Risk:     0.9991,
		ScoredAt: at,
		Product:  client.Text{ZhCN: "烟酰胺精华液 30ml" + evil, En: "Niacinamide serum 30 ml" + evil},
		Reasons: []client.AlertReason{
			{
				Code: "CLONE_LIKELY",
				Text: client.Text{
					ZhCN: "6 台互不相关的设备在 31 天内于 6 个相距较远的地方查询过这枚编码。",
					En:   "6 devices in 6 places within 31 days.",
				},
				Signs: []client.AlertSign{
					{Points: 7.5, Text: client.Text{ZhCN: "相距较远、互不相关的查询者", En: "Independent askers"}},
					{Points: -0.04, Text: client.Text{ZhCN: "同批商品很少有第二位查询者", En: "A second asker"}},
					{Points: -1.2, Text: client.Text{ZhCN: "有设备在不同地方出现", En: "Devices in two places"}},
				},
			},
		},
		Scans: []client.AlertScan{
			{At: at, Kind: "scan", City: "上海" + evil, Device: "A"},
			{At: at.AddDate(0, 0, 9), Kind: "pin_failed", Device: "B"},
		},
		Events: []client.ProvenanceEvent{{At: at, Type: "sold", By: "xiaohe-store"}},
		Decisions: []client.AlertDecision{
			{At: at, Outcome: "dismissed", Note: evil, Party: "chengyan", Account: "li"},
			{At: at, Outcome: "reopened"},
		},
	}
}

// The report stands by itself, in both languages, and nothing in it runs.
// TOUCHSTONE_REPORT names a file to write it to, to be looked at.
func TestAlertReport(t *testing.T) {
	for lang, words := range map[string][]string{"zh": {"编码的查询异常", "> 99 %", "+7.5", "-1.2", "PIN 错误", "售出", "新的查询记录", "烟酰胺精华液"}, "en": {"Unusual scans", "wrong PIN", "new scans", "Niacinamide"}} {
		d := &desk{connection: connection{Lang: lang}}
		page, err := d.alertReport(suspect(), []byte(`<svg><script>alert(1)</script></svg>"><script>`))
		if err != nil {
			t.Fatal(err)
		}
		if name := os.Getenv("TOUCHSTONE_REPORT"); name != "" {
			if err := os.WriteFile(name, page, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if bytes.Contains(page, []byte("<script")) || bytes.Contains(page, []byte("://")) ||
			!bytes.Contains(page, []byte("img-src data:")) ||
			!bytes.Contains(page, []byte(`<img src="data:image/svg&#43;xml;base64,PHN2Zz`)) {
			t.Errorf("%s", page)
		}
		if bytes.Contains(page, []byte("0.0")) {
			t.Errorf("a sign without points is shown: %s", page)
		}
		for _, w := range words {
			if !strings.Contains(html.UnescapeString(string(page)), w) {
				t.Errorf("%s: no %q in %s", lang, w, page)
			}
		}
	}
}

// A percentage that says nothing is not shown.
func TestLikelihood(t *testing.T) {
	for _, c := range []struct {
		code   string
		risk   float64
		zh, en string
	}{
		{"CLONE_LIKELY", 0.9991, "> 99 %", "> 99 %"}, {"SCANNED_FAR_APART", 0.0712, "7.1 %", "7.1 %"},
		{"SCANNED_OFTEN", 0.0002, "编码已公开，无可疑", "public, not suspicious"},
	} {
		for lang, want := range map[string]string{"zh": c.zh, "en": c.en} {
			if got := (&desk{connection: connection{Lang: lang}}).likelihood(c.code, c.risk); got != want {
				t.Errorf("%s %s: %q", lang, c.code, got)
			}
		}
	}
}

// What others wrote does not steer the terminal.
func TestAlertTable(t *testing.T) {
	var out strings.Builder
	a := suspect()
	a.Scans[0].City = "上海\x1b[2J"
	a.Decisions[0].Note = "a\nb"
	d := &desk{connection: connection{Lang: "zh"}, out: &out, notes: io.Discard}
	if err := d.showAlert(a); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"可能性：> 99 %", "+7.5", "2026-11-01 16:00", "PIN 错误", "li (chengyan)"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in %s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "\x1b") || strings.Contains(out.String(), "a\nb") {
		t.Errorf("%q", out.String())
	}
}
