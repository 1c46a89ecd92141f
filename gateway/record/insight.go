package record

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// InsightFilter asks what scans say: of products (GTINs; none means all of them), from a day to another,
// that one left out. With a Seller only of the units that he sold, and of his own links; with a Creator
// of his links alone.
type InsightFilter struct {
	GTINs           []string
	Seller, Creator string
	From, To        trace.Date
	Before          trace.Date // from when to From is compared with
}

// Crowd is a count of scans by a group of so many devices.
type Crowd struct {
	Key     string
	Count   int64
	Devices int64
}

// Step is one step of the way from a code to its owner. Devices is how many devices took it, or
// units where no device is known of it. Own is a figure of the merchant's own doing, of no shopper.
type Step struct {
	Name           string
	Count, Devices int64
	Own            bool
}

// LinkCrowds are those to whom links were shown, who opened one, and who then opened a link to buy
// as well. By is "creator", "seller" or "campaign", and Key which of them.
type LinkCrowds struct {
	By, Key               string
	Name                  trace.Text
	Shown, Opened, Bought Crowd
}

// Insight is what the log of scans adds up to, as it is: nobody but gateway/service sees it so.
// Before are the places of as many days before.
type Insight struct {
	Days, Places, Before, Goods []Crowd
	Steps                       []Step
	Links                       []LinkCrowds
}
