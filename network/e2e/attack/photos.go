package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// photos sends fourteen complaints with a large photo from one network, and then
// another shopper's: he waited 26 s for those before him.
var photos = attack{"photos", func(ctx context.Context, t *target) ([]figure, error) {
	var large, small bytes.Buffer
	if err := png.Encode(
		&large, image.NewNRGBA64(image.Rect(0, 0, 4000, 4000)),
	); err != nil { // 128 MB when it is drawn
		return nil, err
	}
	if err := png.Encode(&small, image.NewNRGBA(image.Rect(0, 0, 100, 100))); err != nil {
		return nil, err
	}
	complain := func(from string, photo []byte) (int, error) {
		contentType, body, err := formOf(
			"photo", "photo.png", photo, "text", "x", "uri", t.Verifier+"/01/06998801000012/21/NONE",
		)
		if err != nil {
			return 0, err
		}
		status, _, err := t.from(from).ask(ctx, http.MethodPost, t.Verifier+"/api/v1/complaints", contentType, body)
		return status, err
	}
	before := time.Now()
	var sending sync.WaitGroup
	defer sending.Wait()
	for range 14 {
		sending.Go(func() { _, _ = complain("127.0.0.2", large.Bytes()) })
	}
	time.Sleep(500 * time.Millisecond) // in which they come
	begin := time.Now()
	status, err := complain("127.0.0.3", small.Bytes())
	if err != nil || status >= 500 {
		return nil, fmt.Errorf("another's complaint: %d %w", status, err)
	}
	waited := time.Since(begin)
	sending.Wait()
	return []figure{
		{"another's complaint takes", waited.Seconds(), 10, "s"},
		{"of the fourteen's", time.Since(before).Seconds(), 120, "s"},
	}, nil
}}

// from gives the target as somebody of another network attacks it: where it runs
// on this machine, by another of the machine's own addresses.
func (t *target) from(address string) *target {
	if !strings.Contains(t.Verifier, "//localhost") && !strings.Contains(t.Verifier, "//127.") {
		return t
	}
	other := *t
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	other.client = &http.Client{Timeout: t.client.Timeout, Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext:       func(ctx context.Context, _, to string) (net.Conn, error) { return dialer.DialContext(ctx, "tcp4", to) },
	}}
	return &other
}
