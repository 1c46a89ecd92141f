package contract

import (
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"
	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// StateFacts takes a trace.FactsRequest and answers the trace.FactsRoot over what
// the ledger knows of the units: what a verdict rests on, for peers to sign.
func (c *Contract) StateFacts(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	at, err := c.timestamp(ctx)
	if err != nil {
		return "", err
	}
	return answer(ctx, func(s *state) (trace.FactsRoot, error) {
		all, err := s.factsOf(request)
		if err != nil {
			return trace.FactsRoot{}, err
		}
		root, err := rootOf(all)
		return trace.FactsRoot{Version: trace.FactsVersion, At: at, Count: len(all), Root: root}, err
	})
}

// GetFacts takes a trace.FactsRequest and answers the trace.Facts themselves, for
// whoever cannot make the root that was signed.
func (c *Contract) GetFacts(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return answer(ctx, func(s *state) ([]trace.Facts, error) { return s.factsOf(request) })
}

func rootOf(all []trace.Facts) (string, error) {
	tree := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	for _, f := range all {
		leaf, err := trace.Marshal(f)
		if err != nil {
			return "", err
		}
		if err := tree.Append(rfc6962.DefaultHasher.HashLeaf(leaf), nil); err != nil {
			return "", err
		}
	}
	root, err := tree.GetRootHash(nil)
	return hex.EncodeToString(root), err
}

func (s *state) factsOf(request string) ([]trace.Facts, error) {
	var r trace.FactsRequest
	if len(request) > maxRequest {
		return nil, trace.Refuse(
			trace.RequestMalformed, "", "too_many_bytes", "bytes", len(request), "most", maxRequest,
		)
	}
	if err := trace.Unmarshal([]byte(request), &r); err != nil {
		return nil, err
	}
	if err := r.Check(); err != nil {
		return nil, err
	}
	return s.allFacts(r.Units)
}

// allFacts reads in two exchanges with the peer, however many units there are:
// what the request names, and what that names in turn.
func (s *state) allFacts(units []trace.FactsAsked) ([]trace.Facts, error) {
	var named, further []key
	for _, u := range units {
		named = append(named, keysOf(u)...)
	}
	if err := s.prefetch(named); err != nil {
		return nil, err
	}
	for _, u := range units {
		keys, err := s.keysBehind(u)
		if err != nil {
			return nil, err
		}
		further = append(further, keys...)
	}
	if err := s.prefetch(further); err != nil {
		return nil, err
	}
	all := make([]trace.Facts, len(units))
	for i, u := range units {
		var err error
		if all[i], err = s.facts(u); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func unitLine(u trace.FactsAsked) trace.Line {
	return trace.Line{GTIN: u.GTIN, Lot: u.Lot, From: u.Index, Count: 1}
}

func keysOf(u trace.FactsAsked) []key {
	keys := []key{
		batchKey(u.GTIN, u.Lot),
		productKey(u.GTIN),
		qualityKey(u.GTIN, u.Lot),
		recalledKey(u.GTIN, u.Lot),
		rulingsKey(u.GTIN, u.Lot, u.Index),
		confirmedKey(u.GTIN, u.Lot),
		unitKey(u.GTIN, u.Lot, strconv.FormatInt(u.Index, 10)),
		flagKey(u.GTIN, u.Lot, u.Index),
	}
	if u.At != (trace.Place{}) {
		keys = append(keys, parts(unitLine(u), u.At)[0].key)
		if u.At.State != trace.InTransit {
			keys = append(keys, partyKey(u.At.Holder))
		}
	}
	return keys
}

// keysBehind gives the keys that what was read of a unit leads to.
func (s *state) keysBehind(u trace.FactsAsked) (keys []key, err error) {
	var b trace.Batch
	if found, err := s.get(batchKey(u.GTIN, u.Lot), &b); err != nil || found {
		keys = append(keys, partyKey(b.Producer))
	}
	q, err2 := s.quality(u.GTIN, u.Lot)
	if q.Inspection != "" {
		keys = append(keys, inspectionKey(q.Inspection))
	}
	recalls, err3 := s.recallsOf(u)
	for _, id := range recalls {
		keys = append(keys, recallKey(id))
	}
	return keys, allow(err, err2, err3)
}

// recallsOf gives the open recalls that reach a unit, each once, by id.
func (s *state) recallsOf(u trace.FactsAsked) (ids []string, err error) {
	all, err := s.recalled(u.GTIN, u.Lot)
	for _, r := range all {
		if r.From <= u.Index && u.Index < r.From+r.Count {
			ids = append(ids, r.Recall)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), err
}

// value reads a key; nil where there is nothing.
func value[V any](s *state, k key) (*V, error) {
	var v V
	if found, err := s.get(k, &v); err != nil || !found {
		return nil, err
	}
	return &v, nil
}

func (s *state) facts(u trace.FactsAsked) (trace.Facts, error) {
	f := trace.Facts{
		GTIN:    u.GTIN,
		Lot:     u.Lot,
		Index:   u.Index,
		Recalls: []trace.Recall{},
		Rulings: []trace.Ruled{},
		Parties: []trace.Party{},
	}
	var errs [4]error
	f.Batch, errs[0] = value[trace.Batch](s, batchKey(u.GTIN, u.Lot))
	f.Product, errs[1] = value[trace.Product](s, productKey(u.GTIN))
	f.Quality, errs[2] = value[trace.Quality](s, qualityKey(u.GTIN, u.Lot))
	f.Unit, errs[3] = value[trace.OwnedUnit](s, unitKey(u.GTIN, u.Lot, strconv.FormatInt(u.Index, 10)))
	return f, allow(
		errors.Join(errs[:]...), s.addRulings(&f), s.addFlag(&f), s.addInspection(&f), s.addRecalls(&f, u),
		s.addPlace(&f, u), s.addParties(&f),
	)
}

func (s *state) addFlag(f *trace.Facts) error {
	flag, err := value[trace.UnitFlag](s, flagKey(f.GTIN, f.Lot, f.Index))
	if flag != nil {
		public := flag.Public()
		f.Flag = &public
	}
	return err
}

func (s *state) addRulings(f *trace.Facts) error {
	if _, err := s.get(rulingsKey(f.GTIN, f.Lot, f.Index), &f.Rulings); err != nil {
		return err
	}
	var all []confirmed
	_, err := s.get(confirmedKey(f.GTIN, f.Lot), &all)
	for _, x := range all {
		if x.Index != f.Index {
			f.AddRuling(x.Ruled)
			break
		}
	}
	return err
}

func (s *state) addInspection(f *trace.Facts) (err error) {
	if f.Quality == nil || f.Quality.Inspection == "" {
		return nil
	}
	if f.Inspection, err = value[trace.Inspection](s, inspectionKey(f.Quality.Inspection)); f.Inspection != nil {
		f.Inspection.Results = nil
	}
	return err
}

func (s *state) addRecalls(f *trace.Facts, u trace.FactsAsked) error {
	ids, err := s.recallsOf(u)
	for _, id := range ids {
		r, err := s.recall(id)
		if err != nil {
			return err
		}
		r.Derived = nil
		f.Recalls = append(f.Recalls, r)
	}
	return err
}

func (s *state) addPlace(f *trace.Facts, u trace.FactsAsked) (err error) {
	if f.Batch == nil || u.Index >= f.Batch.Quantity {
		return nil
	}
	if f.Place, err = s.placeOf(unitLine(u), u.At); err != nil || f.Place == nil {
		return err
	}
	f.Left, err = s.left(*f.Batch, unitLine(u), *f.Place)
	return err
}

// placeOf says where a unit is. A unit is in one place only, so where the key of
// the place that was named has it, no other is looked at.
func (s *state) placeOf(unit trace.Line, named trace.Place) (*trace.Place, error) {
	if named != (trace.Place{}) {
		p := parts(unit, named)[0]
		if at, err := s.placeIn(p.key, p.line, named); err != nil || at != nil {
			return at, err
		}
		if former := holdingKey(unit, named); spread(named) { // from before there were stripes
			if at, err := s.placeIn(former, unit, named); err != nil || at != nil {
				return at, err
			}
		}
	}
	return s.searchPlace(unit)
}

func (s *state) searchPlace(unit trace.Line) (*trace.Place, error) {
	var there *trace.Place
	partial := key{"holding", unit.GTIN, unit.Lot}
	err := s.scan(partial, func(rest []string, value []byte) error {
		var runs trace.Runs
		if _, err := decode(partial, value, &runs); err != nil {
			return err
		}
		container := ""
		if _, striped := stripeIn(rest[1:]); !striped {
			container = strings.Join(rest[1:], "")
		}
		if there = placeAmong(runs, counted(unit, rest[1:]), rest[0], container); there != nil {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return there, err
}

func (s *state) placeIn(k key, unit trace.Line, named trace.Place) (*trace.Place, error) {
	runs, err := s.runs(k)
	return placeAmong(runs, unit, named.Holder, named.Container), err
}

func placeAmong(runs trace.Runs, unit trace.Line, holder, container string) *trace.Place {
	for _, r := range runs {
		if unit.Count > 0 && r.From <= unit.From && unit.From < r.To() {
			return &trace.Place{Holder: holder, State: r.State, Reason: r.Reason, Container: container}
		}
	}
	return nil
}

// addParties adds the producer, and who has the unit or sold it where that is a party.
func (s *state) addParties(f *trace.Facts) error {
	for _, id := range f.Names() {
		p, err := value[trace.Party](s, partyKey(id))
		if err != nil {
			return err
		}
		if p != nil {
			f.Parties = append(f.Parties, p.Public())
		}
	}
	return nil
}
