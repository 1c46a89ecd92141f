package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/rules/history"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// historyArguments are the command line of touchstone-verify history.
type historyArguments struct {
	File   string        `arg:"" help:"History file, from GET /api/v1/provenance/GTIN/LOT?proof=full; - reads standard input."`
	Trust  string        `       help:"What to believe: the organisations' roots and policies, as make up writes to trust.json."                      required:"" type:"existingfile"`
	Lot    string        `       help:"GTIN/LOT whose history it must be; without it any lot's will do."                                                                              placeholder:"GTIN/LOT"`
	Head   []string      `       help:"A block that you trust, such as one that the monitor keeps; the chain must go through it. Can be given again."                                 placeholder:"NUMBER:HASH"`
	Events bool          `       help:"Print a line for each event."`
	MaxAge time.Duration `       help:"How long ago the organisations may have signed, such as 10m; without it at any time."`
}

func (a historyArguments) run(stdin io.Reader, stdout, stderr io.Writer, lang string) int {
	report, err := a.verify(stdin, stdout, lang)
	var failure *history.Failure
	if err != nil && !errors.As(err, &failure) {
		fmt.Fprintln(stderr, "touchstone-verify:", err)
		return 2
	}
	a.write(stdout, report, failure, lang)
	if failure != nil {
		return 1
	}
	return 0
}

func (a historyArguments) verify(stdin io.Reader, stdout io.Writer, lang string) (r history.Report, err error) {
	options, err := a.options()
	if err != nil {
		return r, err
	}
	trust, err := readTrust(a.Trust)
	if err != nil {
		return r, err
	}
	if a.Events {
		options.Each = func(e history.Event) { writeEvent(stdout, e, lang) }
	}
	if a.File == "-" {
		return history.Verify(stdin, trust, options)
	}
	file, err := os.Open(a.File)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return history.Verify(file, trust, options)
}

func (a historyArguments) options() (o history.Options, err error) {
	o.MaxAge = a.MaxAge
	if a.Lot != "" {
		var ok bool
		if o.Batch.GTIN, o.Batch.Lot, ok = strings.Cut(a.Lot, "/"); !ok {
			return o, errors.New("--lot: GTIN/LOT")
		}
	}
	for _, text := range a.Head {
		var h proof.Head
		number, hash, ok := strings.Cut(text, ":")
		if h.Number, err = strconv.ParseUint(number, 10, 64); err != nil || !ok ||
			h.Hash.UnmarshalText([]byte(hash)) != nil {
			return o, errors.New("--head: the block's number, a colon, and 64 hexadecimal digits")
		}
		o.Heads = append(o.Heads, h)
	}
	return o, nil
}

// writeEvent tells one event in a line.
func writeEvent(w io.Writer, e history.Event, lang string) {
	fmt.Fprintf(
		w, "%d  %d/%d  %s  %s  %s  %s; %s  %s\n", e.Number, e.Block, e.Position,
		e.Event.At.Format(time.RFC3339), e.Event.Type.Text().In(lang), e.Event.By, e.Submitter,
		strings.Join(e.Endorsers, ", "), e.TxID,
	)
}

// write says in a line how each check went, then what follows from them.
func (a historyArguments) write(w io.Writer, r history.Report, failure *history.Failure, lang string) {
	for _, check := range history.Checks {
		result, text := "skipped", history.Titles[check]
		switch {
		case check == proof.CheckCurrent && a.MaxAge == 0:
		case failure != nil && failure.Check == check:
			result, text = "fail", history.Reasons[failure.Reason]
		case slices.Contains(r.Passed, check):
			result = "pass"
		}
		fmt.Fprintf(w, "%s  %-11s  %s\n", words[result].In(lang), check, text.In(lang))
	}
	if failure != nil {
		if failure.Block > 0 {
			fmt.Fprintf(w, "\n%s %d %s\n", history.Words["where"].In(lang), failure.Block, failure.TxID)
		}
		fmt.Fprintf(w, "\n%s\n", words["none"].In(lang))
		return
	}
	fmt.Fprintf(
		w, "\n%s: %s / %s\n%s: %s\n%s: %d → %d %x\n\n", history.Words["lot"].In(lang), r.GTIN, r.Lot,
		history.Words["signed"].In(lang), strings.Join(r.Signers, ", "), history.Words["chain"].In(lang),
		r.Last.Number+1-r.Blocks, r.Last.Number, r.Last.Hash,
	)
	for _, h := range r.Holdings {
		fmt.Fprintf(w, "%d-%d  %s  %s %s %s\n", h.From+1, h.From+h.Count, h.Holder, h.State, h.Reason, h.Container)
	}
	fmt.Fprintln(w)
	for _, text := range r.Proved() {
		fmt.Fprintln(w, text.In(lang))
	}
}
