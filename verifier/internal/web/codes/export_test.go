package codes

import "github.com/touchstone-trace/touchstone/chaincode/gs1"

const (
	LotsHold  = lotsHold
	LevelTime = levelTime
)

// LikeLots are the lots that a lot may have been.
func (b *Book) LikeLots(gtin gs1.GTIN, lot string) ([]string, bool) { return b.likeLots(gtin, lot) }
