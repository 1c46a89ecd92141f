package demo

import "github.com/touchstone-trace/touchstone/merchant-portal/client"

// The ids of the demo parties.
const (
	producerID    = "chengyan"
	distributorID = "lingnan-logistics"
	sellerID      = "xiaohe-store"
)

// cast is the demo's parties, invented like the company prefix.
var cast = []client.NewParty{
	{
		ID:         producerID,
		Name:       client.Text{ZhCN: "澄岩", En: "Chengyan"},
		Place:      "浙江杭州",
		Roles:      []client.Role{client.RoleProducer},
		Prefixes:   []string{"6998801"},
		DailyQuota: 20_000_000,
		Licences: []client.Licence{
			licence("生产许可证", "浙江省药品监督管理局", "浙妆20260017"),
			licence("营业执照", "杭州市市场监督管理局", "91330100MA2DEMO01X"),
		},
	},
	{
		ID:       distributorID,
		Name:     client.Text{ZhCN: "岭南供应链", En: "Lingnan Supply"},
		Place:    "广东广州",
		Roles:    []client.Role{client.RoleDistributor},
		Licences: []client.Licence{licence("营业执照", "广州市市场监督管理局", "91440100MA5DEMO02Y")},
	},
	{
		ID:       sellerID,
		Name:     client.Text{ZhCN: "小禾优选", En: "Xiaohe Select"},
		Place:    "上海",
		Roles:    []client.Role{client.RoleSeller},
		Licences: []client.Licence{licence("营业执照", "上海市市场监督管理局", "91310100MA1DEMO03Z")},
	},
	{
		ID:       "huace-lab",
		Name:     client.Text{ZhCN: "华测实验室", En: "Huace Laboratory"},
		Place:    "浙江杭州",
		Roles:    []client.Role{client.RoleInspector},
		Licences: []client.Licence{licence("检验检测机构资质认定", "国家认证认可监督管理委员会", "CMA 2026DEMO04")},
	},
	{
		ID:    "market-audit",
		Name:  client.Text{ZhCN: "市场审计组", En: "Market audit"},
		Roles: []client.Role{client.RoleAuditor},
	},
}

// Parties are those whose demo person signs in with one click: the platform's
// own, and the demo's in the order in which goods pass through their hands.
func Parties() []string {
	ids := []string{"platform"}
	for _, p := range cast {
		ids = append(ids, p.ID)
	}
	return ids
}

func licence(kind, issuer, number string) client.Licence {
	return client.Licence{Kind: kind, Issuer: issuer, Number: number, ValidFrom: "2026-01-01", ValidTo: "2036-12-31"}
}
