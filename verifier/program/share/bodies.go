package share

import "io"

// Bounds of the bodies that a process has in memory at one time: of all and of
// one asker, and what is taken of it in one piece. What fits one piece is not counted.
const (
	bodyMemory = 256 << 20
	bodyShare  = 64 << 20
	bodyPiece  = 256 << 10
)

// Bodies is the memory for the bodies of requests.
type Bodies struct{ pool *Pool }

// NewBodies gives all of it.
func NewBodies() *Bodies { return &Bodies{New(bodyMemory, bodyShare)} }

// Body is a body that takes memory piece by piece as it comes, so that what was
// only announced takes none.
type Body struct {
	io.Reader
	pool *Pool
	who  string
	free int
	had  []func()
}

// Of gives who's body. It is to be given back when nothing of it is in memory.
func (b *Bodies) Of(who string, body io.Reader) *Body {
	return &Body{Reader: body, pool: b.pool, who: who, free: bodyPiece}
}

// Read reads on. Errors: ErrAll, ErrOwn, those of the body.
func (b *Body) Read(into []byte) (int, error) {
	n, err := b.Reader.Read(into)
	for b.free -= n; b.free < 0; b.free += bodyPiece {
		give, err := b.pool.Try(b.who, bodyPiece)
		if err != nil {
			return n, err
		}
		b.had = append(b.had, give)
	}
	return n, err
}

// GiveBack gives back what the body took.
func (b *Body) GiveBack() {
	for _, give := range b.had {
		give()
	}
	b.had = nil
}
