package imports

import (
	"fmt"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Remark is what the owner of a file should know although it is no fault: what
// was passed over, and what was read by a rule. Row is 0 where it is about the
// file, Letter and Field are empty where it is about a whole row.
type Remark struct {
	Row           int
	Letter, Field string
	Text          trace.Text
}

// wording is a remark's text in both languages, with {names} to fill in.
type wording trace.Text

var (
	hiddenSheets = wording{"隐藏的工作表没有读取：{names}。", "Hidden sheets were passed over: {names}."}
	otherSheets  = wording{"只读取了工作表 {name}；没有读取：{names}。", "Only the sheet {name} was read; not read: {names}."}
	hiddenRows   = wording{"隐藏或被筛选掉的行没有读取：第 {rows} 行。", "Rows that are hidden or filtered out were passed over: {rows}."}

	hiddenColumns   = wording{"隐藏的列没有读取：{columns}。", "Hidden columns were passed over: {columns}."}
	repeatedHeading = wording{"这一行重复了表头，没有作为数据读取。", "This row repeats the headings and was not read as data."}
	exampleRow      = wording{"模板的示例行，没有作为数据读取。", "The template's example row was not read as data."}
	totalRow        = wording{"这一行是合计，没有作为数据读取：{text}", "This row is a total and was not read as data: {text}"}
	totalOrNote     = wording{"表格末尾的合计或说明，没有作为数据读取：{text}", "A total or a note below the table was not read as data: {text}"}
	mergedCell      = wording{"合并单元格，本行按“{value}”读取。", "A merged cell; this row was read with {value}."}
	lotLooksLikeDay = wording{"批号“{value}”像日期。如果它是被表格软件改成这样的，请把整列设为文本后重新填写。",
		"The lot {value} looks like a date. If a spreadsheet made it so, format the column as text and enter it again."}
	lotAlike = wording{"批号“{value}”与前面的“{other}”只差大小写或字母 O 与数字 0，请核对是不是同一批。",
		"The lot {value} differs from {other} above only in small and capital letters, or in O and 0: check whether they are the same."}
	longNumber = wording{"批号按数字 {value} 读取；表格软件可能把它显示成带 E 的形式。批号前面若有 0，请把整列设为文本后重新填写。",
		"The lot was read as the number {value}, which a spreadsheet may show with an E. If it begins with a zero, format the column as text and enter it again."}
	shelfLifeRule = wording{"“{value}”按 {days} 天登记：一年按 365 天、12 个月按 365 天折算，不足一天的舍去。",
		"{value} is recorded as {days} days: a year has 365 days, twelve months have 365, and parts of a day do not count."}
	readAsDays = wording{"“{value}”没有写单位，按 {days} 天登记。如果是月数，请写成“{value}个月”。",
		"{value} has no unit and is recorded as {days} days. If months were meant, write {value} months."}
)

func remark(w wording, facts ...string) Remark {
	fact := func(name string) string {
		for i := 0; i+1 < len(facts); i += 2 {
			if facts[i] == name {
				return facts[i+1]
			}
		}
		return ""
	}
	return Remark{Text: trace.Text{ZhCN: trace.Fill(w.ZhCN, fact), En: trace.Fill(w.En, fact)}}
}

func (l *line) remarkOn(f field, w wording, facts ...string) {
	r := remark(w, facts...)
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
