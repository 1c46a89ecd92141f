package contract

import (
	"slices"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func containerKey(sscc string) key { return key{"container", sscc} }

// container gives a container, or CONTAINER_UNKNOWN.
func (s *state) container(sscc string) (trace.Container, error) {
	var c trace.Container
	found, err := s.get(containerKey(sscc), &c)
	if err == nil && !found {
		err = trace.Refuse(trace.ContainerUnknown, "sscc", "no_container", "sscc", trace.Quoted(20, sscc))
	}
	return c, err
}

// packed is a place with the units in a container.
func packed(at trace.Place, sscc string) trace.Place {
	at.Container = sscc
	return at
}

// putContainer writes a container and notes it for the event.
func (t *transaction) putContainer(c trace.Container) error {
	t.containers = append(t.containers, c)
	return t.put(containerKey(c.SSCC), c)
}

// inHand gives a closed container that the acting party holds and that is in
// no other one: the only kind that it can pack, ship or open.
func (t *transaction) inHand(field, sscc string) (trace.Container, error) {
	c, err := t.container(sscc)
	switch {
	case err != nil:
		return c, trace.InField("sscc", field, err)
	case !c.UnpackedAt.IsZero():
		return c, trace.Refuse(
			trace.ContainerOpened, field, "container_opened", "sscc", sscc, "day", trace.DayOf(c.UnpackedAt),
		)
	case c.Holder != t.by.ID:
		return c, trace.Refuse(trace.NotHolder, field, "container_not_held", "sscc", sscc)
	case c.Parent != "":
		return c, trace.Refuse(trace.ContainerPacked, field, "container_inside", "sscc", sscc, "outer", c.Parent)
	}
	return c, nil
}

func (t *transaction) allInHand(field string, ssccs []string) ([]trace.Container, error) {
	var all []trace.Container
	for _, x := range ssccs {
		c, err := t.inHand(field, x)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// nested gives containers and all that are inside them at any depth, each
// before what it contains.
func (s *state) nested(outer []trace.Container) ([]trace.Container, error) {
	var all []trace.Container
	for _, c := range outer {
		all = append(all, c)
		for _, x := range c.Containers {
			inner, err := s.container(x)
			if err != nil {
				return nil, err
			}
			deeper, err := s.nested([]trace.Container{inner})
			if err != nil {
				return nil, err
			}
			all = append(all, deeper...)
		}
	}
	return all, nil
}

// inside gives the units of containers.
func inside(containers []trace.Container) []trace.Line {
	var lines []trace.Line
	for _, c := range containers {
		lines = append(lines, c.Lines...)
	}
	return lines
}

func checkInside(lines []trace.Line) error {
	if len(lines) > trace.MaxInside {
		return trace.Refuse(
			trace.ContainerLimit, "containers", "too_many_lines_inside", "lines", len(lines),
			"most", trace.MaxInside,
		)
	}
	return nil
}

// Pack takes a trace.PackRequest.
func (c *Contract) Pack(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.Pack, request, pack)
}

// pack closes a new container. Units stay with their holder and are in it from
// now on, so none can be in two; containers that go in get it as their parent.
// Recalled goods can be packed too: they have a way home to go.
func pack(t *transaction, r trace.PackRequest) (trace.Event, error) {
	if err := allow(r.Check(), t.by.MayAllocate(r.SSCC)); err != nil {
		return trace.Event{}, err
	}
	if found, err := t.get(containerKey(r.SSCC), &trace.Container{}); err != nil || found {
		return trace.Event{}, exists(err, trace.ContainerExists, "sscc", r.SSCC)
	}
	children, err := t.allInHand("containers", r.Containers)
	if err != nil {
		return trace.Event{}, err
	}
	all, err := t.nested(children)
	if err != nil {
		return trace.Event{}, err
	}
	c := trace.Container{SSCC: r.SSCC, Lines: r.Lines, Containers: r.Containers, Depth: depth(children) + 1,
		Holder: t.by.ID, PackedBy: t.by.ID, PackedAt: t.at}
	lines := slices.Concat(r.Lines, inside(all))
	err = allow(checkDepth(c), checkInside(lines), t.moveAll(r.Lines, held(t.by.ID), packed(held(t.by.ID), c.SSCC)),
		t.putContainer(c), t.setParent(children, c.SSCC))
	return trace.Event{Type: trace.EventPacked, Lines: lines}, err
}

func depth(children []trace.Container) int {
	deepest := 0
	for _, c := range children {
		deepest = max(deepest, c.Depth)
	}
	return deepest
}

func checkDepth(c trace.Container) error {
	if c.Depth > trace.MaxDepth {
		return trace.Refuse(
			trace.ContainerLimit, "containers", "container_too_deep", "sscc", c.SSCC, "depth", c.Depth,
			"most", trace.MaxDepth,
		)
	}
	return nil
}

func (t *transaction) setParent(children []trace.Container, parent string) error {
	for _, c := range children {
		c.Parent = parent
		if err := t.putContainer(c); err != nil {
			return err
		}
	}
	return nil
}

// Unpack takes a trace.UnpackRequest.
func (c *Contract) Unpack(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.Unpack, request, unpack)
}

// unpack opens a container, one level of it.
func unpack(t *transaction, r trace.UnpackRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	c, err := t.inHand("sscc", r.SSCC)
	if err != nil {
		return trace.Event{}, err
	}
	all, err := t.nested([]trace.Container{c})
	if err != nil {
		return trace.Event{}, err
	}
	children := make([]trace.Container, len(c.Containers))
	for i, x := range c.Containers {
		if children[i], err = t.container(x); err != nil {
			return trace.Event{}, err
		}
	}
	err = allow(t.openContainer(c, held(t.by.ID)), t.setParent(children, ""))
	return trace.Event{Type: trace.EventUnpacked, Lines: inside(all)}, err
}

// openContainer takes the units out of a container, which stays on record as it was.
func (t *transaction) openContainer(c trace.Container, at trace.Place) error {
	c.UnpackedAt, c.Holder = t.at, t.by.ID
	return allow(t.moveAll(c.Lines, packed(at, c.SSCC), at), t.putContainer(c))
}

// carry moves containers, with all that is inside, from one place to another.
func (t *transaction) carry(all []trace.Container, source, target trace.Place) error {
	if err := t.prefetchUnits(all, source.Holder, target.Holder); err != nil {
		return err
	}
	for _, c := range all {
		c.Holder = target.Holder
		if err := allow(
			t.moveAll(c.Lines, packed(source, c.SSCC), packed(target, c.SSCC)), t.putContainer(c),
		); err != nil {
			return err
		}
	}
	return nil
}

// prefetchUnits reads in one exchange what moving the containers will read.
func (t *transaction) prefetchUnits(all []trace.Container, holders ...string) error {
	var keys []key
	for _, c := range all {
		for _, l := range c.Lines {
			for _, h := range holders {
				keys = append(keys, holdingKey(l, trace.Place{Holder: h, Container: c.SSCC}))
			}
		}
	}
	return t.prefetch(keys)
}

// GetContainer answers a trace.Container.
func (c *Contract) GetContainer(ctx contractapi.TransactionContextInterface, sscc string) (string, error) {
	return answer(ctx, func(s *state) (trace.Container, error) { return s.container(sscc) })
}
