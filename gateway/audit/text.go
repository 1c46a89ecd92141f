package audit

import (
	"fmt"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Text says a difference in a line.
func Text(d record.Difference) string {
	by := ""
	if d.TxID != "" {
		by = ", decided by transaction " + d.TxID
	}
	where := fmt.Sprintf("ledger.%s row %s", d.Table, d.Row)
	switch {
	case d.Column == "" && d.Model == "":
		return fmt.Sprintf("%s: the read model lacks it%s: %s", where, by, d.Blocks)
	case d.Column == "" && d.Blocks == "":
		return fmt.Sprintf("%s: no transaction made it: %s", where, d.Model)
	}
	return fmt.Sprintf(
		"%s column %s: %s by the blocks, %s in the read model%s", where, d.Column, none(d.Blocks),
		none(d.Model), by,
	)
}

func none(value string) string {
	if value == "" {
		return "nothing"
	}
	return value
}
