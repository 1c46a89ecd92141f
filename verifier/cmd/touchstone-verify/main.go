// Command touchstone-verify checks a proof bundle, or with "history" a history
// file, offline and says, line by line, what it shows. It exits with 0 where
// everything is proved, with 1 where it is not, and with 2 where it could not
// check.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/facts"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// arguments are the command line.
type arguments struct {
	Bundle string `arg:"" help:"Proof bundle, from GET /api/v1/proofs; - reads standard input."`
	Trust  string `       help:"What to believe: the organisations' roots and policies, as make up writes to trust.json." required:"" type:"existingfile"`
	URI    string `       help:"What the label's code says; without it any unit's bundle will do."`
	// MaxAge is how long ago the organisations may have signed what they know of the unit.
	MaxAge time.Duration `help:"How long ago the facts may have been signed, such as 10m; without it at any time."`
}

// commands are what can be checked; without a name it is a bundle.
type commands struct {
	Bundle  arguments        `cmd:"" default:"withargs" help:"Check the proof bundle of a unit."`
	History historyArguments `cmd:""                    help:"Check the history file of a lot, event by event."`
}

func main() {
	var c commands
	chosen := kong.Parse(&c, kong.Name("touchstone-verify"), kong.Description("Checks proofs offline."))
	run := c.Bundle.run
	if strings.HasPrefix(chosen.Command(), "history") {
		run = c.History.run
	}
	os.Exit(run(os.Stdin, os.Stdout, os.Stderr, language(os.Getenv)))
}

// language is the locale that POSIX's variables choose.
func language(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			if strings.HasPrefix(value, "zh") {
				return "zh-CN"
			}
			break
		}
	}
	return "en"
}

func (a arguments) run(stdin io.Reader, stdout, stderr io.Writer, lang string) int {
	report, err := a.verify(stdin)
	var failure *proof.Failure
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

func (a arguments) verify(stdin io.Reader) (proof.Report, error) {
	bundle, err := a.bundle(stdin)
	if err != nil {
		return proof.Report{}, err
	}
	trust, err := readTrust(a.Trust)
	if err != nil {
		return proof.Report{}, err
	}
	var unit proof.UnitID
	if a.URI != "" {
		_, gtin, lot, serial, err := gs1.ParseUnitURI(a.URI)
		if err != nil {
			return proof.Report{}, fmt.Errorf("--uri: %w", err)
		}
		unit = proof.UnitID{GTIN: string(gtin), Lot: lot, Serial: serial}
	}
	return proof.Verify(bundle, trust, unit, a.MaxAge)
}

func readTrust(name string) (proof.Trust, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return proof.Trust{}, err
	}
	trust, err := proof.ReadTrust(content)
	if err != nil {
		return trust, fmt.Errorf("%s: %w", name, err)
	}
	return trust, nil
}

func (a arguments) bundle(stdin io.Reader) ([]byte, error) {
	if a.Bundle == "-" {
		return io.ReadAll(stdin)
	}
	return os.ReadFile(a.Bundle)
}

// words are the command's own texts.
var words = map[string]trace.Text{
	"pass":    {ZhCN: "通过", En: "pass"},
	"fail":    {ZhCN: "不符", En: "FAIL"},
	"skipped": {ZhCN: "未查", En: "skip"},
	"unit":    {ZhCN: "编码", En: "Unit"},
	"block":   {ZhCN: "区块", En: "Block"},
	"tx":      {ZhCN: "交易", En: "Transaction"},
	"signed":  {ZhCN: "登记与背书", En: "Registered and endorsed by"},
	"none":    {ZhCN: "没有证明。", En: "Not proved."},
}

// write says in a line how each check went, then what follows from them.
func (a arguments) write(w io.Writer, r proof.Report, failure *proof.Failure, lang string) {
	word := func(name string) string { return words[name].In(lang) }
	checks := proof.Checks
	if r.Statement != nil {
		checks = slices.Concat(checks, proof.FactsChecks)
	}
	for _, check := range checks {
		result, text := "skipped", proof.Titles[check]
		switch {
		case check == proof.CheckCurrent && a.MaxAge == 0 && failure == nil:
		case slices.Contains(r.Passed, check):
			result = "pass"
		case failure != nil && failure.Check == check:
			result, text = "fail", proof.Reasons[failure.Reason]
		}
		fmt.Fprintf(w, "%s  %-11s  %s\n", word(result), check, text.In(lang))
	}
	if failure != nil {
		fmt.Fprintf(w, "\n%s\n", word("none"))
		return
	}
	fmt.Fprintf(
		w,
		"\n%s: %s / %s / %s\n%s: %d %s\n%s: %s %s\n%s: %s; %s\n\n%s\n%s%s\n",
		word("unit"),
		r.Unit.GTIN,
		r.Unit.Lot,
		r.Unit.Serial,
		word("block"),
		r.Block,
		r.BlockHash,
		word("tx"),
		r.TxID,
		r.At.Format(time.RFC3339),
		word("signed"),
		r.Submitter,
		strings.Join(r.Endorsers, ", "),
		proof.Proved.In(lang),
		stated(r.Statement, lang),
		proof.Means.In(lang),
	)
}

// stated says who signed facts and when, and what the rules of verdicts make of them.
func stated(s *proof.Statement, lang string) string {
	if s == nil {
		return proof.Only.In(lang) + "\n"
	}
	var b strings.Builder
	fmt.Fprintln(&b, s.Text().In(lang))
	a := verdict.Judge(facts.Evidence(*s.Facts, s.At))
	if a.Verdict == verdict.Genuine {
		fmt.Fprintln(&b, proof.Clear.In(lang))
		return b.String()
	}
	fmt.Fprintln(&b, proof.Against.In(lang))
	for _, c := range a.Checks {
		if c.Result != verdict.Pass {
			fmt.Fprintf(&b, "  %s  %s\n", c.Reason, c.Line().In(lang))
		}
	}
	return b.String()
}
