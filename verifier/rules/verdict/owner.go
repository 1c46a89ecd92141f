package verdict

import "time"

// Ownership is what is known of a unit's owner, which is never who it is.
type Ownership struct {
	Since    time.Time `json:"since"`         // the activation
	Key      string    `json:"key,omitempty"` // see trace.OwnedUnit; empty where nobody can act for the unit
	Acts     int64     `json:"acts"`
	PassedOn int64     `json:"passedOn"`
	StolenAt time.Time `json:"stolenAt,omitzero"`
}

// ownership gives nil where nobody has claimed the unit.
func ownership(r *Records) *Ownership {
	if r.ActivatedAt.IsZero() {
		return nil
	}
	o := &Ownership{Since: r.ActivatedAt}
	if u := r.Owned; u != nil {
		o.Key, o.Acts, o.PassedOn, o.StolenAt = u.Owner, u.Acts, u.PassedOn, u.StolenAt
	}
	return o
}

// checkActivation tells a later buyer that somebody came first, and how often
// the code was asked about since. The owner reads that it is his.
func checkActivation(e Evidence) Check {
	r := e.Records
	if r.ActivatedAt.IsZero() {
		return found(CheckActivation, notActivated, nil)
	}
	d := Detail{"at": r.ActivatedAt, "count": r.Since.Count}
	if r.Owned != nil && r.Owned.PassedOn > 0 {
		d["passedOn"] = r.Owned.PassedOn
	}
	if r.Since.Count > 0 {
		d["last"], d["place"] = r.Since.Last, r.Since.LastPlace
	}
	switch {
	case e.ByOwner && r.Since.Count == 0:
		return found(CheckActivation, yours, d)
	case e.ByOwner:
		return found(CheckActivation, yoursAsked, d)
	case r.Since.Count == 0:
		return found(CheckActivation, AlreadyActivated, d)
	case r.Since.LastPlace == "":
		return found(CheckActivation, activatedAsked, d).as(AlreadyActivated)
	}
	return found(CheckActivation, activatedAskedIn, d).as(AlreadyActivated)
}
