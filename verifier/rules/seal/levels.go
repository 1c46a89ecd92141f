package seal

import (
	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
)

// levels holds the perfect subtrees over a row of hashes: levels[0] is the row, levels[l][i] the
// root over the 2^l hashes from i*2^l. What RFC 6962 adds at the ragged right edge is computed when
// asked for.
type levels [][][32]byte

var hashChildren = rfc6962.DefaultHasher.HashChildren

func newLevels(row [][32]byte) levels {
	ls := levels{row}
	for len(row) > 1 {
		above := make([][32]byte, len(row)/2)
		for i := range above {
			above[i] = [32]byte(hashChildren(row[2*i][:], row[2*i+1][:]))
		}
		ls = append(ls, above)
		row = above
	}
	return ls
}

func (ls levels) hashes(ids []compact.NodeID) [][]byte {
	hashes := make([][]byte, len(ids))
	for i, id := range ids {
		hashes[i] = ls[id.Level][id.Index][:]
	}
	return hashes
}

// root is the RFC 6962 root over the row, which must not be empty.
func (ls levels) root() ([32]byte, error) {
	size := uint64(len(ls[0]))
	factory := compact.RangeFactory{Hash: hashChildren}
	edge, err := factory.NewRange(0, size, ls.hashes(compact.RangeNodes(0, size, nil)))
	if err != nil {
		return [32]byte{}, err
	}
	root, err := edge.GetRootHash(nil)
	if err != nil {
		return [32]byte{}, err
	}
	return [32]byte(root), nil
}

// path is the inclusion proof of the row's hash at index, from the row upwards.
func (ls levels) path(index uint64) ([][]byte, error) {
	nodes, err := proof.Inclusion(index, uint64(len(ls[0])))
	if err != nil {
		return nil, err
	}
	return nodes.Rehash(ls.hashes(nodes.IDs), hashChildren)
}
