package history

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"runtime"
	"sync"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Options say what is wanted of a history. The zero value takes one of any lot, signed at any time, in any chain.
type Options struct {
	Batch  trace.HistoryRequest // whose it must be; the zero value is any
	MaxAge time.Duration        // how long ago the organisations may have signed; zero is any time
	Heads  []proof.Head         // blocks that are trusted: the chain must go through each
	Each   func(Event)          // told of each event that passed, in order; nil for none
}

// mostLine bounds a line. A block has a few MB; base64 makes it a third longer.
const mostLine = 1 << 27

// Verify checks a history against what the caller trusts. The error is a *Failure where the file does not prove it, and
// another error where it or the trust cannot be read. What the memory holds grows with the batch's events, by a few
// hundred bytes for each, and not with the file.
func Verify(file io.Reader, trust proof.Trust, o Options) (Report, error) {
	authority, err := proof.NewAuthority(trust)
	if err != nil {
		return Report{}, err
	}
	now := trust.At
	if now.IsZero() {
		now = time.Now()
	}
	v := &verification{authority: authority, options: o, now: now, lines: bufio.NewReaderSize(file, 1<<16)}
	if err := v.head(); err != nil {
		return v.report, err
	}
	return v.report, v.parts()
}

// verification is a file on its way through the checks.
type verification struct {
	authority *proof.Authority
	options   Options
	now       time.Time
	lines     *bufio.Reader
	tail      bool // the file ended within a line
	report    Report
	root      trace.HistoryRoot
	reads     []proof.Read // those of the statement
	replay    *replay
	chain     chain
}

func fail(check proof.Check, reason proof.Reason) *Failure {
	return &Failure{Failure: proof.Failure{Check: check, Reason: reason}}
}

// failed makes a failure of whatever went wrong, at a place.
func failed(err error, block uint64, txID string) error {
	var f *proof.Failure
	if !errors.As(err, &f) {
		return err
	}
	return &Failure{*f, block, txID}
}

// line reads the next line, without its end; a line must have one.
func (v *verification) line() ([]byte, error) {
	var line []byte
	for {
		piece, err := v.lines.ReadSlice('\n')
		line = append(line, piece...)
		switch {
		case len(line) > mostLine:
			return nil, fail(CheckFile, ReasonNotAHistory)
		case err == nil:
			return line[:len(line)-1], nil
		case errors.Is(err, io.EOF):
			v.tail = len(line) > 0
			return nil, fail(CheckFile, ReasonCut)
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
	}
}

// read decodes a line, which must be written in its one form, so that nothing in the file can change unseen.
func read(line []byte, into any) bool {
	if trace.Unmarshal(line, into) != nil {
		return false
	}
	again, err := trace.Marshal(into)
	return err == nil && bytes.Equal(line, again)
}

// head checks the first line: which batch it is, and what the organisations signed of it.
func (v *verification) head() error {
	line, err := v.line()
	if err != nil {
		return err
	}
	var h Head
	if !read(line, &h) || h.Version != Version {
		return fail(CheckFile, ReasonNotAHistory)
	}
	batch := trace.HistoryRequest{GTIN: h.GTIN, Lot: h.Lot}
	v.report.GTIN, v.report.Lot = h.GTIN, h.Lot
	if v.options.Batch != (trace.HistoryRequest{}) && v.options.Batch != batch {
		return fail(CheckFile, ReasonOtherBatch)
	}
	if err := v.statement(h.Statement, batch); err != nil {
		return err
	}
	v.replay = newReplay(batch)
	return v.begin(h)
}

// statement checks what the organisations signed.
func (v *verification) statement(envelope []byte, batch trace.HistoryRequest) error {
	stated, err := v.authority.Stated(envelope, trace.StateHistory)
	if err != nil {
		return failed(err, 0, "")
	}
	var asked trace.HistoryRequest
	if trace.Unmarshal(stated.Argument, &asked) != nil || asked != batch ||
		trace.Unmarshal(stated.Payload, &v.root) != nil || v.root.Version != trace.HistoryVersion ||
		v.root.GTIN != batch.GTIN || v.root.Lot != batch.Lot || !v.root.At.Equal(stated.At.Truncate(time.Millisecond)) {
		return fail(proof.CheckAsked, ReasonOtherBatch)
	}
	switch age := v.now.Sub(stated.At); {
	case age < -maxSkew:
		return fail(proof.CheckCurrent, proof.ReasonFromFuture)
	case v.options.MaxAge > 0 && age > v.options.MaxAge:
		return fail(proof.CheckCurrent, proof.ReasonTooOld)
	}
	v.reads, v.report.At, v.report.Signers = stated.Reads, stated.At, stated.Signers
	v.report.Passed = append(v.report.Passed, proof.CheckAsked, proof.CheckSigned, proof.CheckCurrent)
	return nil
}

// maxSkew is how far ahead of the auditor's clock a statement may be dated.
const maxSkew = 5 * time.Minute

// job is a line on its way: read, checked by itself by whoever is free, then put in its place.
type job struct {
	line   []byte
	part   Part
	header proof.Header
	events []Event
	err    error
	done   chan struct{}
}

// parts checks the lines that follow. Signatures are checked by as many as there are processors; what follows from the
// lines before, in the file's order.
func (v *verification) parts() error {
	workers := runtime.GOMAXPROCS(0)
	todo, inOrder, stop := make(chan *job), make(chan *job, 4*workers), make(chan struct{})
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for j := range todo {
				j.err = v.alone(j)
				close(j.done)
			}
		})
	}
	var ended error // why reading ended, told once inOrder is closed
	all.Go(func() {
		defer close(todo)
		defer close(inOrder)
		for {
			j := &job{done: make(chan struct{})}
			if j.line, ended = v.line(); ended != nil {
				return
			}
			select {
			case inOrder <- j:
			case <-stop:
				return
			}
			select {
			case todo <- j:
			case <-stop:
				return
			}
		}
	})
	defer all.Wait()
	defer close(stop)
	for j := range inOrder {
		<-j.done
		if err := v.take(j); err != nil {
			return err
		}
		if j.part.End != nil {
			return v.end(inOrder)
		}
	}
	return ended
}

// alone checks a line by itself.
func (v *verification) alone(j *job) error {
	ok := read(j.line, &j.part)
	j.line = nil
	there := 0
	for _, x := range []bool{len(j.part.Between) > 0, j.part.Block != nil, j.part.End != nil} {
		if x {
			there++
		}
	}
	if !ok || there != 1 {
		return fail(CheckFile, ReasonNotAHistory)
	}
	if j.part.Block == nil {
		return nil
	}
	return v.block(j)
}

// block checks a block's data hash by making it, its events, and that the orderers signed its header.
func (v *verification) block(j *job) error {
	b := j.part.Block
	sum := sha256.New()
	for _, envelope := range b.Envelopes {
		sum.Write(envelope)
	}
	j.header = proof.Header{Number: b.Number, Previous: b.Previous, Data: proof.Hash(sum.Sum(nil))}
	if len(b.Events) == 0 {
		return fail(CheckFile, ReasonNotAHistory)
	}
	newest := time.Time{}
	for i, at := range b.Events {
		if at < 0 || at >= len(b.Envelopes) || i > 0 && at <= b.Events[i-1] {
			return fail(CheckFile, ReasonNotAHistory)
		}
		told, err := v.authority.Told(b.Envelopes[at])
		if err != nil {
			return failed(err, b.Number, told.TxID)
		}
		if j.events = append(j.events, Event{Block: b.Number, Position: at, Told: told}); told.At.After(newest) {
			newest = told.At
		}
	}
	b.Envelopes = nil
	return failed(v.authority.Ordered(j.header, b.SignedValue, b.Signatures, newest), b.Number, "")
}

// take puts a line in its place.
func (v *verification) take(j *job) error {
	if j.err != nil {
		return j.err
	}
	for _, data := range j.part.Between {
		if f := v.chain.add(proof.Header{Number: v.chain.next, Previous: v.chain.last, Data: data}); f != nil {
			return &Failure{*f, v.chain.next, ""}
		}
	}
	if j.part.Block != nil {
		if f := v.chain.add(j.header); f != nil {
			return &Failure{*f, j.header.Number, ""}
		}
	}
	for _, e := range j.events {
		v.report.Events++
		e.Number = v.report.Events
		if f := v.replay.add(e); f != nil {
			return &Failure{*f, e.Block, e.TxID}
		}
		if v.options.Each != nil {
			v.options.Each(e)
		}
	}
	if j.part.End != nil {
		return v.last(*j.part.End)
	}
	return nil
}

// last checks that the chain ends where the file says, and that the orderers signed that.
func (v *verification) last(end End) error {
	header := v.chain.header
	if v.chain.next == v.chain.from || end.Head != (proof.Head{Number: header.Number, Hash: v.chain.last}) {
		return fail(CheckLinked, ReasonNotLinked)
	}
	if v.chain.visited != len(v.chain.heads) {
		return fail(CheckLinked, ReasonHeadNotIn)
	}
	v.report.Last, v.report.Blocks = end.Head, v.chain.next-v.chain.from
	return failed(v.authority.Ordered(header, end.SignedValue, end.Signatures, v.report.At), header.Number, "")
}

// end compares the whole with what the organisations signed, once nothing follows.
func (v *verification) end(rest <-chan *job) error {
	if _, more := <-rest; more || v.tail {
		return fail(CheckFile, ReasonCut)
	}
	if f := v.replay.complete(v.root, v.reads); f != nil {
		return &Failure{Failure: *f}
	}
	if f := v.replay.standing(v.root); f != nil {
		return &Failure{Failure: *f}
	}
	v.report.Passed, v.report.Unnoted = Checks, v.replay.unnoted
	v.report.Holdings, v.report.Batch, v.report.Recalled = v.replay.holdings(), &v.root.Batch, v.root.Recalled
	return nil
}
