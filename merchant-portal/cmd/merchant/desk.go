package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// desk is where a command reads its settings and writes what came of it.
type desk struct {
	connection
	out   io.Writer
	notes io.Writer
}

func (d *desk) language() string { return wording.ChooseLocale(d.Lang) }

func (d *desk) say(t trace.Text) string { return t.In(d.language()) }

// tell writes one line to the person at work.
func (d *desk) tell(t trace.Text, args ...any) {
	fmt.Fprintf(d.out, d.say(t)+"\n", args...)
}

// table writes rows in columns.
func (d *desk) table(rows [][]string) error {
	w := tabwriter.NewWriter(d.out, 0, 4, 2, ' ', 0)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = printable(cell)
		}
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	return w.Flush()
}

// printable keeps what others wrote from steering the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, s)
}

// progress shows a bar where somebody watches a terminal, and nothing else.
func (d *desk) progress(total int, what trace.Text) *progressbar.ProgressBar {
	if !term.IsTerminal(int(os.Stderr.Fd())) {
		return progressbar.DefaultSilent(int64(total))
	}
	return progressbar.NewOptions(total, progressbar.OptionSetDescription(d.say(what)),
		progressbar.OptionSetWriter(d.notes), progressbar.OptionClearOnFinish())
}
