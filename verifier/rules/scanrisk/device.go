package scanrisk

import "math"

// Device counts the units that a device has asked about. Who scans many is a seller, a
// courier or an inspector, and not the owner of each. It takes 24 bytes.
type Device struct {
	Units  uint16    // how many; one that is asked about again counts again once it has left Latest
	Latest [4]uint32 // the upper halves of the numbers of the latest four units, 0 for none
	Next   uint8     // which of Latest the next unit takes
}

// Devices finds what is known of a device; nil where nothing is.
type Devices interface {
	Device(id uint64) *Device
}

// sees counts a unit, by its number (see Key), unless it is among the latest four.
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

// halfPrivate is what private must be more than for a device to count as a shopper's.
const halfPrivate = 0.4

// alone is about how many units a device may ask and still count as wholly a shopper's.
const alone = 2

// Telling reports whether a score depends on what is known of the device: whether private
// is less than 1. Where it is not, a Device need not be kept for one that never comes again.
func (d *Device) Telling() bool { return d.Units > alone }

// private gives how likely it is that the device belongs to a shopper who asks about his
// own goods, from 0 to 1: 1 for one or two units or where nothing is known of the device,
// 1/2 for four, 1/10 for ten.
func (d *Device) private() float64 {
	if d == nil || !d.Telling() {
		return 1
	}
	others := float64(d.Units-1) / 3
	return 1 / (1 + others*others)
}
