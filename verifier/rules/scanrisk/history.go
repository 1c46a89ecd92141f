package scanrisk

// History keeps the state of every unit, batch and device in memory, for
// replaying a log. It is for one goroutine. It grows with the log: a unit takes
// about 350 bytes with one visitor and 2 kB at most, a device or a batch 100.
type History struct {
	units   map[uint64]*Unit
	batches map[uint64]*Batch
	devices map[uint64]*Device
	all     Batch
}

// NewHistory is empty.
func NewHistory() *History {
	return &History{units: make(map[uint64]*Unit), batches: make(map[uint64]*Batch), devices: make(map[uint64]*Device)}
}

// Device implements Devices.
func (h *History) Device(id uint64) *Device { return h.devices[id] }

// Observe adds an event of a unit of the batch and gives the score after it.
func (h *History) Observe(batch uint64, e Event) Score {
	u, usual := entry(h.units, e.Unit), Usual{entry(h.batches, batch), &h.all}
	var d *Device
	if e.Device != 0 {
		d = entry(h.devices, e.Device)
	}
	Observe(u, usual, d, e)
	return Assess(u, usual, h)
}

// Assess gives the score of a unit of the batch as it stands, known or not.
func (h *History) Assess(batch, unit uint64) Score {
	u, b := h.units[unit], h.batches[batch]
	if u == nil {
		u = new(Unit)
	}
	if b == nil {
		b = new(Batch)
	}
	return Assess(u, Usual{b, &h.all}, h)
}

func entry[T any](m map[uint64]*T, key uint64) *T {
	v, ok := m[key]
	if !ok {
		v = new(T)
		m[key] = v
	}
	return v
}
