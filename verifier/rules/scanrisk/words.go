package scanrisk

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// signWords say to an analyst what each sign of Terms is.
var signWords = map[string]trace.Text{
	"owners":       {ZhCN: "相距较远、互不相关的查询者（第一位之外）", En: "Independent askers in places far apart, beyond the first"},
	"returns":      {ZhCN: "远处有人查询之后，原先的人又来查询", En: "Earlier askers came back after one far away had asked"},
	"beforeSale":   {ZhCN: "售出之前就有互不相关的人查询", En: "Independent askers before it was sold"},
	"beforeShip":   {ZhCN: "出厂之前就有人查询", En: "Somebody asked before it was shipped"},
	"pinFailures":  {ZhCN: "输错 PIN 码的其他设备", En: "Other devices that entered a wrong PIN"},
	"activations":  {ZhCN: "登记之后，另有设备用正确的 PIN 码登记", En: "Further devices that claimed it with the right PIN"},
	"unusual":      {ZhCN: "查询的设备数在同批中少见", En: "So many devices are rare in its batch"},
	"local":        {ZhCN: "同一地点的查询设备数在同批中少见", En: "So many devices in one place are rare in its batch"},
	"steadyLocal":  {ZhCN: "同一地点在不同日子不断出现新设备", En: "New devices in one place, on different days"},
	"steady":       {ZhCN: "在多个不同的日子出现新设备", En: "New devices on many different days"},
	"lastingLocal": {ZhCN: "首次查询三周之后，同一地点仍不断出现新设备", En: "New devices kept coming to one place after the first three weeks"},
	"settled":      {ZhCN: "隔天又从原地再次查询的人", En: "Askers who asked again from there another day"},
	"span":         {ZhCN: "首位到最近一位查询者相隔的时间", En: "The time from the first asker to the latest"},
	"custom":       {ZhCN: "同批商品很少有第二位查询者", En: "A second asker is rare in its batch"},
	"sustained":    {ZhCN: "热度持续了两周以上", En: "The interest has lasted for more than a fortnight"},
	"pace":         {ZhCN: "新的查询者每隔几天到几周出现一位", En: "New askers came days to weeks apart"},
	"wandering":    {ZhCN: "有设备在不同地方出现，像是旅行或定位不准", En: "Devices that were in two places, as travellers or wrong locations are"},
	"crowd":        {ZhCN: "查询集中在几天之内，像是照片被公开", En: "The interest came within days, as after a photograph"},
}

// Text says the sign to an analyst; one without words keeps its name.
func (p Points) Text() trace.Text {
	if t, ok := signWords[p.Sign]; ok {
		return t
	}
	return trace.Text{ZhCN: p.Sign, En: p.Sign}
}
