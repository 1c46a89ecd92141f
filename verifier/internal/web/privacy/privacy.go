package privacy

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// addressDays is for how long whatever stands in front of a verifier may keep
// the addresses in its logs. The verifier itself writes none down.
const addressDays = 7

// keeping is one line of the privacy page: what is kept of a shopper, why, for
// how long, and who sees it. columns are where it stands; a test holds them
// against the database, so that nothing is kept that is not told here.
type keeping struct {
	What, Which, Why, Long, Who trace.Text
	columns                     []string
}

var asLongAsTheItem = text("kept.asLongAsTheItem")

// keepings is everything that is kept. Its numbers are the program's own.
var keepings = []keeping{
	{
		What:  text("kept.check.what"),
		Which: text("kept.check.which"),
		Why:   text("kept.check.why"),
		Long:  asLongAsTheItem,
		Who:   text("kept.check.who"),
		columns: []string{
			"scan.scan.nonce",
			"scan.scan.gtin",
			"scan.scan.lot",
			"scan.scan.unit_index",
			"scan.scan.at",
			"scan.scan.place",
			"scan.scan.lat",
			"scan.scan.lon",
			"scan.scan.device",
			"scan.scan.imported_at",
			"scan.unit.*",
		},
	},
	{
		What:  text("kept.visit.what"),
		Which: text("kept.visit.which"),
		Why:   visitReason(verdict.SameVisit, verdict.NetworkDevices),
		Long:  hours(verdict.VisitRemembered, forgetSlack),
		Who:   text("kept.visit.who"),
		columns: []string{
			"scan.visit.gtin",
			"scan.visit.lot",
			"scan.visit.unit_index",
			"scan.visit.network",
			"scan.visit.device",
			"scan.visit.at",
		},
	},
	{
		What:    text("kept.link.what"),
		Which:   text("kept.link.which"),
		Why:     text("kept.link.why"),
		Long:    text("kept.days").With(wording.Args{"n": int(content.ClickKept.Hours() / 24)}),
		Who:     text("kept.link.who"),
		columns: []string{"scan.click.*"},
	},
	{
		What:    text("kept.shown.what"),
		Which:   text("kept.shown.which"),
		Why:     text("kept.shown.why"),
		Long:    asLongAsTheItem,
		Who:     text("kept.shown.who"),
		columns: []string{"scan.seen.*"},
	},
	{
		What:  text("kept.pin.what"),
		Which: text("kept.pin.which"),
		Why:   text("kept.pin.why"),
		Long:  asLongAsTheItem,
		Who:   text("kept.pin.who"),
		columns: []string{
			"scan.pin_tries.*",
			"scan.pin_entry.id",
			"scan.pin_entry.gtin",
			"scan.pin_entry.lot",
			"scan.pin_entry.unit_index",
			"scan.pin_entry.at",
			"scan.pin_entry.device",
			"scan.pin_entry.place",
			"scan.pin_entry.lat",
			"scan.pin_entry.lon",
			"scan.pin_entry.accepted",
			"scan.pin_entry.imported_at",
		},
	},
	{
		What:  text("kept.signs.what"),
		Which: text("kept.signs.which"),
		Why:   text("kept.signs.why"),
		Long:  asLongAsTheItem,
		Who:   text("kept.signs.who"),
		columns: []string{
			"scan.unit_risk.*",
			"scan.batch_usual.*",
			"scan.alert.*",
			"scan.device_habit.*",
			"scan.generation.*",
		},
	},
	{
		What:  text("kept.complaint.what"),
		Which: text("kept.complaint.which"),
		Why:   text("kept.complaint.why"),
		Long:  text("kept.complaint.long"),
		Who:   text("kept.complaint.who"),
		columns: []string{
			"scan.complaint.id",
			"scan.complaint.token_hash",
			"scan.complaint.gtin",
			"scan.complaint.lot",
			"scan.complaint.unit_index",
			"scan.complaint.text",
			"scan.complaint.salt",
			"scan.complaint.evidence_hash",
			"scan.complaint.device",
			"scan.complaint.created_at",
			"scan.complaint_photo.*",
			"scan.complaint_network.*",
			"scan.complaint_pin.*",
			"app.complaint_ground.*",
		},
	},
	{
		What:  text("kept.report.what"),
		Which: text("kept.report.which"),
		Why:   text("kept.report.why"),
		Long:  reportTimes(feedback.ReporterKept, feedback.ContactKept, feedback.ReportKept),
		Who:   text("kept.report.who"),
		columns: []string{
			"scan.report.id",
			"scan.report.token_hash",
			"scan.report.code_id",
			"scan.report.place",
			"scan.report.text",
			"scan.report.contact",
			"scan.report.device",
			"scan.report.network",
			"scan.report.created_at",
			"scan.report.closed_at",
			"scan.reported_code.*",
		},
	},
	{
		What:  text("kept.review.what"),
		Which: text("kept.review.which"),
		Why:   text("kept.review.why"),
		Long:  asLongAsTheItem,
		Who:   text("kept.review.who"),
		columns: []string{
			"scan.review.id",
			"scan.review.gtin",
			"scan.review.lot",
			"scan.review.unit_index",
			"scan.review.seller",
			"scan.review.rating",
			"scan.review.text",
			"scan.review.same_as",
			"scan.review.created_at",
		},
	},
	{
		What:    text("kept.owner.what"),
		Which:   text("kept.owner.which"),
		Why:     text("kept.owner.why"),
		Long:    text("kept.owner.long"),
		Who:     text("kept.owner.who"),
		columns: []string{"ledger.owned_unit.*", "scan.disputed_facts.*"},
	},
	{
		What:  text("kept.browser.what"),
		Which: text("kept.browser.which"),
		Why:   text("kept.browser.why"),
		Long:  text("kept.browser.long"),
		Who:   text("kept.browser.who"),
	},
	{
		What:  text("kept.address.what"),
		Which: text("kept.address.which"),
		Why:   text("kept.address.why"),
		Long:  addressTime(visitor.ForgetAddress, addressDays),
		Who:   text("kept.address.who"),
	},
}

// forgetSlack is how much later than due the program may get to removing visits.
const forgetSlack = time.Hour

func visitReason(same time.Duration, devices int) trace.Text {
	return text("kept.visitReason").With(wording.Args{"minutes": int(same.Minutes()), "phones": devices})
}

func hours(d, slack time.Duration) trace.Text {
	return text("kept.hours").With(wording.Args{"hours": int(d.Hours()), "latest": int((d + slack).Hours())})
}

func reportTimes(reporter, contact, report time.Duration) trace.Text {
	h, c, r := int(reporter.Hours()), int(contact.Hours()/24), int(report.Hours()/24)
	return text("kept.reportTimes").With(wording.Args{"hours": h, "contact": c, "rest": r})
}

func addressTime(memory time.Duration, days int) trace.Text {
	return text("kept.addressTime").With(wording.Args{"minutes": int(memory.Minutes()), "days": days})
}

type privacyPage struct {
	page.Frame
	Kept    []keeping
	Contact string
}

// Show says what is kept of those who scan.
func (h *Handler) Show(c echo.Context) error {
	c.Response().Header().Set("Vary", "Accept-Language")
	return room.Render(c, http.StatusOK, "privacy.html", privacyPage{room.Frame(c.Request(), nil), keepings, h.Contact})
}
