package projector

import (
	"context"
	"errors"
)

// Catch projects until the stream ends or something goes wrong, as one life of
// a projector.
func (p *Projector) Catch(ctx context.Context) error { return p.follow(ctx, 0) }

// Halts reports whether an error would halt the projection.
func Halts(err error) bool {
	var halt *haltError
	return errors.As(err, &halt)
}
