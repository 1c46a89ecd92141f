//go:build race

package seal

// The race detector makes pools forget at random, so allocations are not counted under it.
const raceDetector = true
