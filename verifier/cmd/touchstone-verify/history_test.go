package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/history"
	"github.com/touchstone-trace/touchstone/verifier/rules/history/historytest"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// A history is told event by event; what does not hold is told with its place.
func TestHistory(t *testing.T) {
	l := historytest.New(t)
	h := &historytest.Story{TB: t, Rand: rand.New(rand.NewPCG(7, 0)), L: l, Taken: map[trace.Transaction]int{}}
	h.Begin(l.Network.At)
	for range 80 {
		h.Step()
	}
	trust, err := json.Marshal(l.Network.Trust)
	if err != nil {
		t.Fatal(err)
	}
	whole := l.File(trace.HistoryRequest{GTIN: historytest.Tea, Lot: "L0"}, 1)
	r, err := history.Verify(bytes.NewReader(whole), l.Network.Trust, history.Options{})
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))
	cut := filepath.Join(t.TempDir(), "cut")
	name, roots := filepath.Join(t.TempDir(), "history"), filepath.Join(t.TempDir(), "trust.json")
	for file, content := range map[string][]byte{name: whole, roots: trust, cut: bytes.Join(lines[:len(lines)-2], nil)} {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	head := fmt.Sprintf("3:%x", proof.HeadOf(l.Chain.Blocks[3].GetHeader()).Hash)
	for about, c := range map[string]struct {
		historyArguments
		stdin, lang string
		exit        int
		says        []string
	}{
		"proved":              {historyArguments{File: name}, "", "en", 0, []string{"pass  complete", "skip  current", "Proved: the lot's whole history", fmt.Sprintf("%x", r.Last.Hash), "  maker  held"}},
		"in Chinese":          {historyArguments{File: name, MaxAge: 1e18}, "", "zh-CN", 0, []string{"通过  current", "已证明："}},
		"from standard input": {historyArguments{File: "-", Lot: historytest.Tea + "/L0"}, string(whole), "en", 0, []string{"Proved: "}},
		"event by event":      {historyArguments{File: name, Events: true}, "", "en", 0, []string{fmt.Sprintf("\n%d  ", r.Events), "ProducerMSP; PlatformMSP, ProducerMSP"}},
		"a trusted block":     {historyArguments{File: name, Head: []string{head}}, "", "en", 0, []string{"Proved: "}},
		"another block":       {historyArguments{File: name, Head: []string{"3" + fmt.Sprintf(":%064x", 1)}}, "", "en", 1, []string{"FAIL  linked", "Not proved."}},
		"another lot":         {historyArguments{File: name, Lot: historytest.Tea + "/L1"}, "", "en", 1, []string{"FAIL  file         the file is about another lot"}},
		"cut short":           {historyArguments{File: cut}, "", "zh-CN", 1, []string{"不符  file", "没有证明。"}},
		"too old":             {historyArguments{File: name, MaxAge: time.Second}, "", "en", 1, []string{"FAIL  current"}},
		"no such file":        {historyArguments{File: "nowhere"}, "", "en", 2, []string{"nowhere"}},
		"no block":            {historyArguments{File: name, Head: []string{"x"}}, "", "en", 2, []string{"--head"}},
		"no lot":              {historyArguments{File: name, Lot: "x"}, "", "en", 2, []string{"--lot"}},
	} {
		var out bytes.Buffer
		c.Trust = roots
		exit := c.run(strings.NewReader(c.stdin), &out, &out, c.lang)
		for _, says := range c.says {
			if exit != c.exit || !strings.Contains(out.String(), says) {
				t.Errorf("%s: %d, without %q\n%s", about, exit, says, &out)
			}
		}
	}
}
