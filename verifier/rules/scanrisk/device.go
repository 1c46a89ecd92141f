package scanrisk

import "math"

// Device counts the units a device has asked about. Whoever scans many is a
// seller, a courier or an inspector, not the owner of each. 24 bytes.
type Device struct {
	Units  uint16    // different ones, as far as Latest can tell
	Latest [4]uint32 // the latest, so that going back and forth counts once
	Next   uint8
}

// Devices finds what is known of a device; nil where nothing is.
type Devices interface {
	Device(id uint64) *Device
}

func (d *Device) sees(unit uint64) {
	short := uint32(max(unit>>32, 1))
	for _, known := range d.Latest {
		if known == short {
			return
		}
	}
	d.Latest[d.Next] = short
	d.Next = (d.Next + 1) % uint8(len(d.Latest))
	d.Units = min(d.Units, math.MaxUint16-1) + 1
}

// halfPrivate is where a device no longer counts as an owner's.
const halfPrivate = 0.4

// alone is how many units a device may ask about and still be taken to be nobody but its owner's.
const alone = 2

// Telling says whether a score may depend on what is known of the device. Where
// it is false and the device never comes again, forgetting it changes nothing.
func (d *Device) Telling() bool { return d.Units > alone }

// private says how likely the device is its owner's own and used for his own
// goods: 1 for one or two units, a half for four, next to nothing for a shelf.
func (d *Device) private() float64 {
	if d == nil || !d.Telling() {
		return 1
	}
	others := float64(d.Units-1) / 3
	return 1 / (1 + others*others)
}
