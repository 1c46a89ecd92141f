package verdict

import "time"

// How often a unit's PIN may be tried within a day: by one device, and by all
// devices of one network together. The figures are in decision 46.
const (
	DeviceTries  = 5
	NetworkTries = 50
	TryCounted   = 24 * time.Hour // since the last one: then all are given back
)

// LockedFor says for how much longer somebody without tries has none, by how long
// ago the last was. Refused is refused: it is never nothing.
func LockedFor(sinceLast time.Duration) time.Duration {
	return min(TryCounted, max(time.Second, TryCounted-sinceLast))
}
