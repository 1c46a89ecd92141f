package projector

import "context"

// Catch projects until the stream ends or something goes wrong, as one life of
// a projector.
func (p *Projector) Catch(ctx context.Context) error { return p.follow(ctx, 0) }
