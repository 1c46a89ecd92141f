package contract

import (
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// shortestPrefix is the length of the shortest GS1 company prefix.
const shortestPrefix = 4

// prefixKey holds the owner of a company prefix. Each digit is a part of the
// key, so that a scan of 699880 finds 6998801 as well.
func prefixKey(prefix string) key { return append(key{"prefix"}, strings.Split(prefix, "")...) }

// claimPrefixes gives a party the prefixes it now has, in place of those it
// had. A prefix that begins with another party's, or with which another
// party's begins, is taken: they would share GTINs.
func (t *transaction) claimPrefixes(party string, had, has []string) error {
	for _, x := range had {
		if err := t.delete(prefixKey(x)); err != nil {
			return err
		}
	}
	for _, x := range has {
		owner, err := t.prefixOwner(x, party)
		if err != nil {
			return err
		}
		if owner != "" {
			return trace.Refuse(trace.PrefixTaken, "prefixes", "prefix_overlaps", "prefix", x, "party", owner)
		}
		if err := t.put(prefixKey(x), party); err != nil {
			return err
		}
	}
	return nil
}

// prefixOwner gives a party other than this one with a prefix that overlaps, or "".
func (t *transaction) prefixOwner(prefix, party string) (string, error) {
	var other string
	isOther := func(owner string) bool {
		if owner != "" && owner != party {
			other = owner
		}
		return other != ""
	}
	for n := shortestPrefix; n < len(prefix); n++ {
		var owner string
		if _, err := t.get(prefixKey(prefix[:n]), &owner); err != nil || isOther(owner) {
			return other, err
		}
	}
	_, err := t.some(prefixKey(prefix), func(_ []string, value []byte) (bool, error) {
		var owner string
		_, err := decode(prefixKey(prefix), value, &owner)
		return isOther(owner), err
	})
	return other, err
}
