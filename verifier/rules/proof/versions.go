package proof

import (
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset/kvrwset"
	"github.com/tidwall/btree"
)

// version is the place of the transaction that wrote a key last.
type version struct{ Block, Tx uint64 }

// versions are the keys of the ledger's state, in order: contract's name, a zero byte, key. Of a chain that does not
// begin with block 0 only what was written since is known; gone says of a key that it was deleted since.
type versions struct {
	from uint64
	keys btree.Map[string, written]
}

type written struct {
	version
	gone bool
}

func newVersions(from uint64) *versions { return &versions{from: from} }

func nameOf(contract, key string) string { return contract + "\x00" + key }

func (v *versions) write(sets []namespace, at version) {
	for _, ns := range sets {
		for _, w := range ns.set.GetWrites() {
			name := nameOf(ns.name, w.GetKey())
			switch {
			case !w.GetIsDelete():
				v.keys.Set(name, written{at, false})
			case v.from > 0:
				v.keys.Set(name, written{at, true})
			default:
				v.keys.Delete(name)
			}
		}
	}
}

// reading is what is known of a transaction's reads.
type reading int

const (
	fresh   reading = iota
	unknown         // it rests on what was not seen
	stale           // what was read had been overwritten
)

// check compares what a transaction read with what is there before it (Fabric, MVCC and phantom reads).
func (v *versions) check(sets []namespace) reading {
	worst := fresh
	for _, ns := range sets {
		for _, r := range ns.set.GetReads() {
			worst = max(worst, v.read(ns.name, r))
		}
		for _, r := range ns.set.GetRangeQueriesInfo() {
			worst = max(worst, v.ranged(ns.name, r))
		}
	}
	return worst
}

func (v *versions) read(contract string, r *kvrwset.KVRead) reading {
	at, here := v.keys.Get(nameOf(contract, r.GetKey()))
	switch {
	case here && !at.gone && r.GetVersion() != nil && at.version == versionOf(r),
		(!here || at.gone) && r.GetVersion() == nil && v.from == 0,
		here && at.gone && r.GetVersion() == nil:
		return fresh
	case !here && v.from > 0 && (r.GetVersion() == nil || r.GetVersion().GetBlockNum() < v.from):
		return unknown
	}
	return stale
}

func versionOf(r *kvrwset.KVRead) version {
	return version{r.GetVersion().GetBlockNum(), r.GetVersion().GetTxNum()}
}

// ranged compares a range that was read, key by key. The range ends with its last key where the reader stopped there.
func (v *versions) ranged(contract string, r *kvrwset.RangeQueryInfo) reading {
	if r.GetReadsMerkleHashes() != nil || v.from > 0 {
		return unknown
	}
	reads := r.GetRawReads().GetKvReads()
	prefix, worst := nameOf(contract, ""), fresh
	v.keys.Ascend(prefix+r.GetStartKey(), func(name string, at written) bool {
		if !inRange(name, prefix, r) {
			return false
		}
		if len(reads) == 0 || prefix+reads[0].GetKey() != name || versionOf(reads[0]) != at.version {
			worst = stale
			return false
		}
		reads = reads[1:]
		return true
	})
	if len(reads) > 0 {
		return stale
	}
	return worst
}

func inRange(name, prefix string, r *kvrwset.RangeQueryInfo) bool {
	if len(name) < len(prefix) || name[:len(prefix)] != prefix {
		return false
	}
	key, end := name[len(prefix):], r.GetEndKey()
	return end == "" || key < end || key == end && !r.GetItrExhausted()
}

type savedKey struct {
	Name string
	At   version
	Gone bool
}

func (v *versions) saved() []savedKey {
	all := make([]savedKey, 0, v.keys.Len())
	v.keys.Scan(func(name string, at written) bool {
		all = append(all, savedKey{name, at.version, at.gone})
		return true
	})
	return all
}

func (v *versions) load(all []savedKey) {
	for _, k := range all {
		v.keys.Load(k.Name, written{k.At, k.Gone})
	}
}
