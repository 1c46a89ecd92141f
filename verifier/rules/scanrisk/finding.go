package scanrisk

// Finding is a reason with its facts, as it is stored: how many scans, by how
// many devices, in how many cities, from the first to the last day; how far
// apart, in kilometres; and the share of each sign.
type Finding struct {
	Code    Code     `json:"code"`
	Count   int      `json:"count"`
	Devices int      `json:"devices"`
	Cities  int      `json:"cities"`
	Days    int      `json:"days"`
	KM      int      `json:"km"`
	Signs   []Points `json:"signs"`
}
