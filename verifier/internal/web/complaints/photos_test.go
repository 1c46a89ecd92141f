package complaints_test

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
)

// Who sends fourteen large photos at once waits for himself: the complaint of
// somebody else comes after one or two of them.
func TestPhotosTakeTurns(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(
		&b, image.NewNRGBA64(image.Rect(0, 0, 4000, 4000)),
	); err != nil { // 192 MB of work each: one at a time
		t.Fatal(err)
	}
	w := verifiertest.New(t)
	unit := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w, func(o *web.Options) { o.Proxies = nil })
	complain := func(index int64, address string) int {
		r := complaintOf(t, map[string]string{"uri": webtest.Host + unit.Path(index), "text": "x"}, [][]byte{b.Bytes()})
		r.RemoteAddr = address
		return c.Do(r).Code
	}
	var many sync.WaitGroup
	var done atomic.Int64
	for i := range 14 {
		many.Go(func() {
			complain(int64(i), "198.51.100.7:1")
			done.Add(1)
		})
	}
	for done.Load() == 0 { // until the first is through, and thirteen wait
		time.Sleep(time.Millisecond)
	}
	before := done.Load()
	if status := complain(20, "203.0.113.9:1"); status != http.StatusCreated {
		t.Errorf("answered %d", status)
	}
	if came := done.Load() - before; came > 5 {
		t.Errorf("%d of somebody else's came first", came)
	}
	many.Wait()
}

// Who begins many large photos and does not end them has his share of the memory
// and no more; another's complaint has room.
func TestSlowPhotosTakeTheirShare(t *testing.T) {
	w := verifiertest.New(t)
	unit := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w, func(o *web.Options) { o.Proxies = nil })
	const head = "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\n"
	var ended sync.WaitGroup
	var refused atomic.Int64
	var sends []*io.PipeWriter
	for range 12 {
		body, send := io.Pipe()
		r := httptest.NewRequest(http.MethodPost, "/api/v1/complaints", body)
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		r.RemoteAddr = "198.51.100.7:1"
		ended.Go(func() {
			if rec := c.Do(r); rec.Code == http.StatusTooManyRequests {
				refused.Add(1)
			}
			body.Close()
		})
		_, _ = io.WriteString(send, head+strings.Repeat("x", 7<<20))
		sends = append(sends, send)
	}
	r := complaintOf(t, map[string]string{"uri": webtest.Host + unit.Path(1), "text": "x"}, [][]byte{snapshot(t)})
	r.RemoteAddr = "203.0.113.9:1"
	if rec := c.Do(r); rec.Code != http.StatusCreated {
		t.Errorf("another's complaint: %d %s", rec.Code, rec.Body)
	}
	for _, send := range sends {
		send.Close()
	}
	ended.Wait()
	if n := refused.Load(); n == 0 || n == 12 {
		t.Errorf("%d of 12 were refused", n)
	}
}
