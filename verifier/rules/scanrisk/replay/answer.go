package replay

import (
	"encoding/json"
	"strconv"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

// appendScore writes an answer by hand, which is what lets a log replay at
// 100,000 lines a second. Twelve digits keep the order of risks close to 1.
func appendScore(b []byte, n int, serial string, s scanrisk.Score, wrong *FieldError) []byte {
	b = append(b, `{"row":`...)
	b = strconv.AppendInt(b, int64(n), 10)
	b = append(b, `,"serial":`...)
	b = appendJSON(b, serial)
	b = append(b, `,"risk":`...)
	b = strconv.AppendFloat(b, s.Risk, 'f', 12, 64)
	b = append(b, `,"verdict":`...)
	b = appendJSON(b, string(s.Verdict))
	b = append(b, `,"reasons":[`...)
	for i, r := range s.Reasons {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendReason(b, r)
	}
	b = append(b, ']')
	if wrong != nil {
		b = append(b, `,"error":`...)
		b = appendJSON(b, map[string]string{"field": wrong.Field, "message": wrong.Message})
	}
	return append(b, "}\n"...)
}

func appendReason(b []byte, r scanrisk.Reason) []byte {
	text, d := r.Text(), r.Detail
	b = append(b, `{"reason":"`...)
	b = append(b, r.Code...)
	b = append(b, `","text":{"zh-CN":"`...)
	b = append(b, text.ZhCN...) // our own words, which need no escaping
	b = append(b, `","en":"`...)
	b = append(b, text.En...)
	b = append(b, `"},"detail":{`...)
	for _, fact := range [...]struct {
		name  string
		value int
	}{{`"scans":`, d.Scans}, {`,"devices":`, d.Devices}, {`,"places":`, d.Places}, {`,"days":`, d.Days}, {`,"km":`, d.KM}} {
		b = append(b, fact.name...)
		b = strconv.AppendInt(b, int64(fact.value), 10)
	}
	b = append(b, `,"signs":[`...)
	for i, p := range d.Signs {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"sign":"`...)
		b = append(b, p.Sign...)
		b = append(b, `","value":`...)
		b = strconv.AppendFloat(b, p.Value, 'f', -1, 64)
		b = append(b, `,"points":`...)
		b = strconv.AppendFloat(b, p.Points, 'f', -1, 64)
		b = append(b, '}')
	}
	return append(b, "]}}"...)
}

// appendJSON appends a value that always has a JSON form.
func appendJSON(b []byte, v any) []byte {
	if s, ok := v.(string); ok && plain(s) {
		b = append(b, '"')
		b = append(b, s...)
		return append(b, '"')
	}
	text, _ := json.Marshal(v) // strings, numbers that are finite, and structs of them
	return append(b, text...)
}

func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return false
		}
	}
	return true
}
