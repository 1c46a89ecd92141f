package labels

import (
	"context"
	"fmt"
	"io"
	"iter"
)

// counted yields the job's units, reports progress, and ends with an error where there are more or
// fewer than announced: a label file that lacks labels must not look complete.
func (j Job) counted(ctx context.Context) iter.Seq2[Unit, error] {
	return func(yield func(Unit, error) bool) {
		done := 0
		for u, err := range j.Units {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil && done == j.Count {
				err = fmt.Errorf("labels: more than the announced %d units", j.Count)
			}
			if !yield(u, err) || err != nil {
				return
			}
			if done++; j.Progress != nil {
				j.Progress(done)
			}
		}
		if done < j.Count {
			yield(
				Unit{},
				fmt.Errorf("labels: %d units instead of the announced %d: %w", done, j.Count, io.ErrUnexpectedEOF),
			)
		}
	}
}

// peek answers the first element and the whole sequence, which can be walked once. The caller calls stop at the end, so
// that a source behind the sequence is released even where nothing was taken from it.
func peek(units iter.Seq2[Unit, error]) (first Unit, all iter.Seq2[Unit, error], stop func(), err error) {
	next, stop := iter.Pull2(units)
	first, err, _ = next()
	return first, func(yield func(Unit, error) bool) {
		for u, err, ok := first, error(nil), true; ok && yield(u, err); u, err, ok = next() {
		}
	}, stop, err
}

// chunks groups a sequence by n. An error ends it.
func chunks(units iter.Seq2[Unit, error], n int) iter.Seq2[[]Unit, error] {
	return func(yield func([]Unit, error) bool) {
		var chunk []Unit
		for u, err := range units {
			if err != nil {
				yield(nil, err)
				return
			}
			if chunk = append(chunk, u); len(chunk) == n {
				if !yield(chunk, nil) {
					return
				}
				chunk = nil
			}
		}
		if len(chunk) > 0 {
			yield(chunk, nil)
		}
	}
}
