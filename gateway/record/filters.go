package record

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// Filters narrow lists; their empty fields do not.
type (
	// ShipmentFilter keeps to what Party sent or was sent. OpenOnly keeps to what
	// is not received or cancelled.
	ShipmentFilter struct {
		Party, Sender, Receiver string
		OpenOnly                bool
	}
	// RecallFilter keeps to what is not closed where OpenOnly is set.
	RecallFilter struct {
		GTIN     string
		Class    trace.RecallClass
		OpenOnly bool
	}
	// InspectionFilter keeps to what the party made and to batches it sees, and to
	// those that the batch passed or failed.
	InspectionFilter struct {
		SeenBy, Outcome string
	}
	// ReviewFilter keeps to what Seller sold, and to those whose answer is given
	// or missing.
	ReviewFilter struct {
		Seller, Answer string
		Rating         int
	}
	// NoticeFilter is for the inbox of Party.
	NoticeFilter struct {
		Party      string
		Kind       NoticeKind
		UnreadOnly bool
	}
	// JobFilter is for the jobs of Party.
	JobFilter struct {
		Party, Kind string
		Status      JobStatus
	}
	// DeliveryFilter is for a webhook of Party.
	DeliveryFilter struct {
		Party, Webhook, Status string
	}
)

// JobLimits are what one party may have at a time: jobs that wait or run, and
// bytes of files, which are kept for so many days.
type JobLimits struct {
	Open  int
	Bytes int64
	Days  int
}
