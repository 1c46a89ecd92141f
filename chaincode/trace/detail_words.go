package trace

import (
	"cmp"
	"strings"
	"time"
)

// kinds put an argument of a message into Chinese. A format of details names
// one after the argument's number: {4:state}. Arguments that are ids, numbers
// or somebody's own words have none.
var kinds = map[string]func(string) string{
	"role":      listed(roleWords),
	"duty":      listed(dutyWords),
	"party":     listed(partyWords),
	"state":     listed(stateWords),
	"condition": listed(conditionWords),
	"case":      listed(caseWords),
	"cause":     listed(causeWords),
	"fix":       listed(fixWords),
	"batch":     listed(batchWords),
	"outcome":   listed(outcomeWords),
	"risk":      listed(riskWords),
	"same":      func(what string) string { return cmp.Or(sameWords[what], what) },
	"code":      func(code string) string { return Code(code).Title().ZhCN },
	"time":      localTime,
}

var (
	roleWords = map[string]string{
		"platform":    "平台",
		"producer":    "生产商",
		"distributor": "经销商",
		"seller":      "卖家",
		"inspector":   "检验机构",
		"auditor":     "审计",
		"creator":     "创作者",
		"applicant":   "申请中",
	}
	dutyWords  = map[string]string{"owner": "负责人", "goods": "商品与标签", "warehouse": "仓库", "read_only": "只读"}
	partyWords = map[string]string{
		"applied":   "申请中",
		"qualified": "合格",
		"suspended": "已暂停",
		"revoked":   "已撤销",
		"lapsed":    "资质已过期",
	}
	stateWords = map[string]string{
		"held":       "在库",
		"in_transit": "在途",
		"sold":       "已售",
		"consumed":   "已用于生产",
		"removed":    "已移出",
	}
	conditionWords = map[string]string{"good": "完好", "damaged": "破损", "missing": "缺少", "withheld": "暂扣"}
	batchWords     = map[string]string{"registered": "已登记", "awaiting_approval": "待平台批准"}
	caseWords      = map[string]string{
		"open":      "待答复",
		"answered":  "已答复",
		"disputed":  "有争议",
		"resolved":  "已解决",
		"decided":   "已裁定",
		"appealed":  "复议中",
		"withdrawn": "已撤回",
		"escalated": "已过期限",
	}
	causeWords = map[string]string{
		"extra_units":  "多收了货",
		"shortage":     "货不够数",
		"damage":       "有破损",
		"wrong_lot":    "批号不对",
		"missing_data": "资料缺失",
		"unknown_code": "编码查不到",
		"till_refused": "收银机不认",
		"other":        "其他",
	}
	fixWords = map[string]string{ //nolint:gosec // credit is money back, not a credential
		"book_extra":       "把多收的登记入账",
		"take_back":        "退回发货方",
		"send_replacement": "补发",
		"credit":           "退款或抵扣",
		"correct_data":     "更正资料",
		"recount":          "双方重新清点",
		"other":            "其他",
	}
	riskWords = map[string]string{"low": "低", "medium": "中", "high": "高"}
	sameWords = map[string]string{
		"GTIN":                               "商品条码",
		"GTIN and lot":                       "商品条码和批号",
		"GTIN and serial, as people read it": "商品条码和序列号（容易看混的算相同）",
	}
	outcomeWords = map[string]string{
		"counterfeit_confirmed": "确认为假冒",
		"genuine":               "正品",
		"cannot_tell":           "无法判断",
		"withdrawn":             "已撤回",
	}
)

// listed words one name, or each of a list such as [held sold].
func listed(words map[string]string) func(string) string {
	return func(argument string) string {
		names := strings.Fields(strings.TrimSuffix(strings.TrimPrefix(argument, "["), "]"))
		for i, name := range names {
			if word, known := words[name]; known {
				names[i] = word
			}
		}
		return strings.Join(names, "、")
	}
}

// china has had one time, without summer time, since 1991.
var china = time.FixedZone("", 8*60*60)

func localTime(argument string) string {
	at, err := time.Parse(time.RFC3339, argument)
	if err != nil {
		return argument
	}
	return at.In(china).Format("2006-01-02 15:04")
}
