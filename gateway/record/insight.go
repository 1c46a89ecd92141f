package record

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// InsightFilter asks what scans say: of products (GTINs; none means all of them), from a day to another, that one left out.
type InsightFilter struct {
	GTINs    []string
	From, To trace.Date
}

// Crowd is a count of scans by a group of so many devices.
type Crowd struct {
	Key     string
	Count   int64
	Devices int64
}

// Step is one step of the way from a code to its owner. Devices is how many devices took it, or units where no device is
// known of it.
type Step struct {
	Name           string
	Count, Devices int64
}

// Insight is what the log of scans adds up to, as it is: nobody but gateway/service sees it so.
type Insight struct {
	Days, Places, Goods []Crowd
	Steps               []Step
}
