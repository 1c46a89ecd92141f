package verdict

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// checkQuality asks whether the batch was held back, or judged not fit to be
// sold, or not judged though goods of its kind must be.
func checkQuality(e Evidence) Check {
	r := e.Records
	if r.Product == nil {
		return found(CheckQuality, EvidenceMissing, nil)
	}
	var q trace.Quality
	if r.Quality != nil {
		q = *r.Quality
	}
	status := q.Status(r.Product.InspectionRequired || r.Batch.Legacy)
	judged := status == trace.QualityRejected || status == trace.QualityReleased
	if judged && (r.Inspection == nil || r.Inspection.ID != q.Inspection) {
		return found(CheckQuality, EvidenceMissing, nil)
	}
	switch status {
	case trace.QualityOnHold:
		first := q.Holds[0]
		return found(CheckQuality, OnHold, Detail{"at": first.At, "holder": r.name(first.By), "reason": first.Reason})
	case trace.QualityRejected:
		return found(CheckQuality, InspectionFailed, r.inspected())
	case trace.QualityAwaiting:
		return found(CheckQuality, NotReleased, nil)
	case trace.QualityReleased:
		if r.Batch.Legacy {
			return found(CheckQuality, legacyStated, r.inspected())
		}
		return found(CheckQuality, inspectionPassed, r.inspected())
	}
	return found(CheckQuality, noInspectionNeeded, nil)
}

func (r *Records) inspected() Detail {
	i := r.Inspection
	return Detail{
		"at":         i.At,
		"inspector":  r.name(i.By),
		"standard":   i.Standard,
		"units":      i.SampleSize(),
		"reportHash": i.ReportHash,
	}
}

// ItemInspection is the latest inspection of the item's lot. ReportHash is the
// SHA-256 of the inspector's report, hex.
type ItemInspection struct {
	Accepted   bool       `json:"accepted"`
	On         trace.Date `json:"on"`
	By         trace.Text `json:"by"`
	Standard   string     `json:"standard"`
	Title      trace.Text `json:"standardName"`
	SampleSize int64      `json:"sampleSize"`
	ReportHash string     `json:"reportHash"`
}

// inspectionText says in one line what an inspection found.
var inspectionText = map[bool]trace.Text{
	true:  text("inspection.passed"),
	false: text("inspection.failed"),
}

// Text says it in one line.
func (i ItemInspection) Text() trace.Text {
	return Detail{
		"at":        i.On,
		"inspector": i.By,
		"standard":  i.Title,
		"units":     i.SampleSize,
	}.fill(inspectionText[i.Accepted])
}

// itemInspection gives nil where a passed inspection has been overtaken by a hold.
func itemInspection(r *Records) *ItemInspection {
	i := r.Inspection
	if i == nil || i.Accepted && r.Quality != nil && len(r.Quality.Holds) > 0 {
		return nil
	}
	return &ItemInspection{
		Accepted:   i.Accepted,
		On:         trace.DayOf(i.At),
		By:         r.name(i.By),
		Standard:   i.Standard,
		Title:      r.standardName(),
		SampleSize: i.SampleSize(),
		ReportHash: i.ReportHash,
	}
}

// standardName gives the standard's name, or its id where that is not known.
func (r *Records) standardName() trace.Text {
	if r.Standard == (trace.Text{}) {
		return trace.Text{ZhCN: r.Inspection.Standard, En: r.Inspection.Standard}
	}
	return r.Standard
}
