package verdict

import (
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// checkSeller asks whether the party that has the unit, or sold it, may be in
// business today, and whether its producer may still make this product.
func checkSeller(e Evidence) Check {
	r, today := e.Records, e.today()
	seller, ok := r.Parties[r.seller()]
	if !ok {
		return found(CheckSeller, EvidenceMissing, nil)
	}
	detail := Detail{"seller": seller.Name}
	switch seller.StandingOn(today) {
	case trace.Standing(trace.StatusQualified), trace.StandingLapsed:
	case trace.Standing(trace.StatusSuspended):
		return found(CheckSeller, SellerSuspended, detail)
	case trace.Standing(trace.StatusRevoked):
		return found(CheckSeller, sellerRevoked, detail).as(SellerSuspended)
	default:
		return found(CheckSeller, EvidenceMissing, nil)
	}
	if on, expired := seller.LicenceExpired(today); expired {
		return found(CheckSeller, LicenceExpired, Detail{"seller": seller.Name, "on": on})
	}
	producer := r.Parties[r.Batch.Producer]
	for _, p := range []trace.Party{producer, seller} {
		if on, expired := p.AuthorisationExpired(r.Batch.GTIN, today); expired {
			return found(CheckSeller, AuthorisationExpired, Detail{"holder": p.Name, "on": on})
		}
	}
	if seller.CheckOverdue(today) {
		return found(CheckSeller, CheckOverdue, detail)
	}
	return found(CheckSeller, sellerInOrder, detail)
}

// seller is who answers for the unit: whoever has it or sold it; on the way,
// its sender; of a unit missing from a shipment, whoever reported it.
func (r *Records) seller() string {
	for _, e := range slices.Backward(r.Events) {
		if e.Target == nil {
			continue
		}
		if _, party := r.Parties[e.Target.Holder]; party {
			return e.Target.Holder
		}
		if e.Target.State == trace.InTransit && e.From != "" {
			return e.From
		}
		return e.By
	}
	return ""
}

// checkMarket asks whether the unit was made for the market that it is scanned
// in. It can only be asked where both are known.
func checkMarket(e Evidence) (Check, bool) {
	markets := e.Records.Batch.Markets
	if e.Market == "" || len(markets) == 0 {
		return Check{}, false
	}
	detail := Detail{"market": e.Market, "markets": markets}
	if !slices.Contains(markets, e.Market) {
		return found(CheckMarket, OtherMarket, detail), true
	}
	return found(CheckMarket, rightMarket, detail), true
}
