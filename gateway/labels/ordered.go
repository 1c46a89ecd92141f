package labels

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
)

// ordered applies f to each element on all cores and yields the results in the order of the
// elements. At most two results a core wait to be taken. The first error, of the input or of f,
// ends the sequence.
func ordered[In, Out any](ctx context.Context, in iter.Seq2[In, error], f func(In) (Out, error)) iter.Seq2[Out, error] {
	type result struct {
		out Out
		err error
	}
	return func(yield func(Out, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		cores := runtime.GOMAXPROCS(0)
		busy := make(chan struct{}, cores)
		results := make(chan chan result, 2*cores)
		go func() {
			defer close(results)
			for element, err := range in {
				slot := make(chan result, 1)
				select {
				case results <- slot:
				case <-ctx.Done():
					return
				}
				if err != nil {
					slot <- result{err: err}
					return
				}
				busy <- struct{}{}
				go func() {
					defer func() { <-busy }()
					defer func() {
						if p := recover(); p != nil { // or the whole process ends, and with it each next attempt's
							slot <- result{err: fmt.Errorf("labels: panic: %v\n%s", p, debug.Stack())}
						}
					}()
					out, err := f(element)
					slot <- result{out, err}
				}()
			}
		}()
		for slot := range results {
			r := <-slot
			if !yield(r.out, r.err) || r.err != nil {
				break
			}
		}
		cancel()
		for range results { // let the producer see that it is over before its caller goes on
		}
	}
}
