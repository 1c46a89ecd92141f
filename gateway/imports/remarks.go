package imports

import (
	"fmt"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// Remark is what the owner of a file should know although it is no fault: what
// was passed over, and what was read by a rule. Row is 0 where it is about the
// file, Letter and Field are empty where it is about a whole row.
type Remark struct {
	Row           int
	Letter, Field string
	Text          trace.Text
}

var (
	hiddenSheets = say("hiddenSheets")
	otherSheets  = say("otherSheets")
	hiddenRows   = say("hiddenRows")

	hiddenColumns   = say("hiddenColumns")
	repeatedHeading = say("repeatedHeading")
	exampleRow      = say("exampleRow")
	totalRow        = say("totalRow")
	totalOrNote     = say("totalOrNote")
	mergedCell      = say("mergedCell")
	lotLooksLikeDay = say("lotLooksLikeDay")
	lotAlike        = say("lotAlike")
	longNumber      = say("longNumber")
	shelfLifeRule   = say("shelfLifeRule")
	readAsDays      = say("readAsDays")
)

func remark(t trace.Text, facts ...string) Remark {
	args := wording.Args{}
	for i := 0; i+1 < len(facts); i += 2 {
		args[facts[i]] = facts[i+1]
	}
	return Remark{Text: t.With(args)}
}

func (l *line) remarkOn(f field, t trace.Text, facts ...string) {
	r := remark(t, facts...)
	r.Row, r.Field, r.Letter = l.row.Number, string(f), l.table.columns[f].Letter
	l.row.Remarks = append(l.row.Remarks, r)
}

// listed names things, the first few of many.
func listed(names []string) string {
	const most = 10
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s … (%d)", strings.Join(names[:most], ", "), len(names))
}

// spans writes ascending numbers as "2, 5-9".
func spans(numbers []int) string {
	var all []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if i == j {
			all = append(all, fmt.Sprint(numbers[i]))
		} else {
			all = append(all, fmt.Sprintf("%d-%d", numbers[i], numbers[j]))
		}
		i = j + 1
	}
	return listed(all)
}
