package contract

import (
	"strconv"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// flagKey holds the trace.UnitFlag of a unit whose code was ever confirmed as copied.
func flagKey(gtin, lot string, index int64) key {
	return key{"flag", gtin, lot, strconv.FormatInt(index, 10)}
}

// FlagUnit takes a trace.FlagRequest.
func (c *Contract) FlagUnit(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.FlagUnit, request, flagUnit)
}

func flagUnit(t *transaction, r trace.FlagRequest) (trace.Event, error) {
	f, _, err := t.flagged(r)
	if err != nil {
		return trace.Event{}, err
	}
	return t.rule(trace.EventUnitFlagged, f, r, f.MayFlag())
}

// UnflagUnit takes a trace.FlagRequest.
func (c *Contract) UnflagUnit(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.UnflagUnit, request, unflagUnit)
}

func unflagUnit(t *transaction, r trace.FlagRequest) (trace.Event, error) {
	f, b, err := t.flagged(r)
	if err != nil {
		return trace.Event{}, err
	}
	return t.rule(trace.EventUnitUnflagged, f, r, f.MayUnflag(t.by, b.Producer))
}

// flagged gives the flag of a unit that the acting party may rule on: a
// producer its own goods', the platform any.
func (t *transaction) flagged(r trace.FlagRequest) (f trace.UnitFlag, b trace.Batch, err error) {
	if err := r.Check(); err != nil {
		return f, b, err
	}
	if b, err = t.batchOf(trace.Line{GTIN: r.GTIN, Lot: r.Lot, From: r.Index, Count: 1}); err != nil {
		return f, b, err
	}
	if b.Producer != t.by.ID && !t.by.HasRole(trace.RolePlatform) {
		return f, b, trace.Refuse(trace.NotAllowed, "lot", "lot_of_other", "lot", b.Lot, "producer", b.Producer)
	}
	f = trace.UnitFlag{GTIN: r.GTIN, Lot: r.Lot, Index: r.Index}
	_, err = t.get(flagKey(r.GTIN, r.Lot, r.Index), &f)
	return f, b, err
}

// rule adds a ruling unless it is refused.
func (t *transaction) rule(
	what trace.EventType, f trace.UnitFlag, r trace.FlagRequest, refusal error,
) (trace.Event, error) {
	if refusal != nil {
		return trace.Event{}, refusal
	}
	f.Rulings = append(
		f.Rulings,
		trace.FlagRuling{
			Copied:  what == trace.EventUnitFlagged,
			Note:    r.Note,
			Officer: r.Officer,
			By:      t.by.ID,
			At:      t.at,
		},
	)
	unit := trace.Line{GTIN: r.GTIN, Lot: r.Lot, From: r.Index, Count: 1}
	return trace.Event{
		Type:  what,
		Flag:  &f,
		Lines: []trace.Line{unit},
		Note:  r.Note,
	}, t.put(flagKey(r.GTIN, r.Lot, r.Index), f)
}

// GetUnitFlag answers the trace.UnitFlag of a unit; one without rulings where
// nobody has ever ruled on it.
func (c *Contract) GetUnitFlag(ctx contractapi.TransactionContextInterface, gtin, lot, index string) (string, error) {
	return answer(ctx, func(s *state) (trace.UnitFlag, error) {
		f := trace.UnitFlag{GTIN: gtin, Lot: lot, Rulings: []trace.FlagRuling{}}
		i, err := strconv.ParseInt(index, 10, 64)
		if err != nil {
			return f, trace.Refuse(trace.UnitUnknown, "index", "no_index", "index", trace.Quoted(20, index))
		}
		f.Index = i
		_, err = s.get(flagKey(gtin, lot, i), &f)
		return f, err
	})
}
