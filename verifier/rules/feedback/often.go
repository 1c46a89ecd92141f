package feedback

import "time"

// SenderCounted is the time within which a sender's complaints and reports are counted.
const SenderCounted = 24 * time.Hour

// How much one device may complain in that time, and all devices of one network
// together, which no other browser changes (decision 72). A network may be a whole
// town's telephones, but one item is in few of their hands.
const (
	PerDevice         = 5
	PerDeviceAndUnit  = 1
	PerNetwork        = 50
	PerNetworkAndUnit = 2
)

// How much may be reported in that time. A report needs no code that was issued,
// so it is also the network that counts.
const (
	ReportsPerDevice        = 5
	ReportsPerDeviceAndCode = 1
	ReportsPerNetwork       = 30
)
