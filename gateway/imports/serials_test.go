package imports

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSerials: a unit in each row, read as the sheet shows it; what a spreadsheet
// spoilt, what cannot be a serial, and what is there already is refused.
func TestSerials(t *testing.T) {
	const day = ",2026-10-02\n"
	rows := []struct{ cells, want string }{
		{"6998801000012,L1,K7Q2-9XMT", "K7Q2-9XMT"},
		{"6998801000012,L1,000123", "000123"},
		{"6998801000012,L1,'0042", "0042"},
		{"6998801000012,L1,k7q29xmt", "DUPLICATE_IN_FILE serial"}, // the first, as somebody types it
		{"6998801000012,L2,K7Q29XMT", "DUPLICATE_IN_FILE serial"}, // a unit of the product in another lot
		{"6998801000029,L1,K7Q2-9XMT", "K7Q2-9XMT"},               // another product's
		{"6998801000012,L1,1.23E+15", "FIELD_INVALID serial"},
		{"6998801000012,L1,1234567890123450000", "FIELD_INVALID serial"},
		{"6998801000012,L1,序列一", "FIELD_INVALID serial"},
		{"6998801000012,L1,A B", "FIELD_INVALID serial"},
		{"6998801000012,L1,..", "FIELD_INVALID serial"},
		{"6998801000012,L1,", "FIELD_INVALID serial"},
		{"6998801000012,L1," + strings.Repeat("A", 21), "FIELD_INVALID serial"},
		{"6998801000012,,S1", "LOT_INVALID lot"},
		{"6998801000012,L1,=S2", "=S2"},
	}
	file := "商品条码,批号,SN码,生产日期\n"
	for _, r := range rows {
		file += r.cells + day
	}
	read, err := Read(Serials, []byte(file))
	if err != nil || len(read.Rows) != len(rows) {
		t.Fatalf("%d rows, %v", len(read.Rows), err)
	}
	for i, r := range rows {
		got := read.Rows[i].Serial
		if faults := read.Rows[i].Faults; len(faults) > 0 {
			got = fmt.Sprint(faults[0].Err.Code, " ", faults[0].Field)
		}
		if d := cmp.Diff(r.want, got); d != "" {
			t.Errorf("%s: %s", r.cells, d)
		}
	}
}
