package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// slowReaders asks for a large file of labels four times and reads none of them:
// nobody could print labels for 300 s. Of the party's own places they take all, for as long as the
// pace allows; another party has its own.
var slowReaders = attack{"slow readers", func(ctx context.Context, t *target) ([]figure, error) {
	path, err := t.largeBatch(ctx)
	if err != nil {
		return nil, err
	}
	for range 4 {
		c, err := new(net.Dialer).DialContext(ctx, "tcp", strings.TrimPrefix(t.Gateway, "http://"))
		if err != nil {
			return nil, err
		}
		defer c.Close()
		_ = c.(*net.TCPConn).SetReadBuffer(4 << 10)
		const order = `{"format":"zpl","dpi":600,"count":5000}`
		if _, err := fmt.Fprintf(
			c,
			"POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
			path,
			t.Key,
			len(order),
			order,
		); err != nil {
			return nil, err
		}
	}
	time.Sleep(2 * time.Second) // in which their files are begun
	begin := time.Now()
	var all []figure
	if t.Other != "" {
		if status, text, err := t.labels(ctx, t.Other, path); err != nil || status == http.StatusTooManyRequests {
			return nil, fmt.Errorf("another party: %d %.100s %w", status, text, err)
		}
		all = append(all, figure{"another party is answered in", time.Since(begin).Seconds(), 5, "s"})
	}
	for {
		status, text, err := t.labels(ctx, t.Key, path)
		switch {
		case err == nil && status == http.StatusOK:
			return append(all, figure{"a colleague's labels take", time.Since(begin).Seconds(), 60, "s"}), nil
		case err != nil || status != http.StatusTooManyRequests:
			return nil, fmt.Errorf("a colleague: %d %.100s %w", status, text, err)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}}

// labels asks for one label.
func (t *target) labels(ctx context.Context, key, path string) (int, string, error) {
	who := *t
	who.Key = key
	return who.ask(ctx, http.MethodPost, t.Gateway+path, "application/json", []byte(`{"format":"csv","count":1}`))
}

// largeBatch finds a batch with as many units as a file of labels may have.
func (t *target) largeBatch(ctx context.Context) (labels string, err error) {
	status, text, err := t.ask(ctx, http.MethodGet, t.Gateway+"/api/v1/batches?limit=200", "", nil)
	if err != nil || status != http.StatusOK {
		return "", fmt.Errorf("the batches: %d %w", status, err)
	}
	var page struct {
		Items []struct {
			GTIN, Lot string
			Quantity  int
		}
	}
	if err := json.Unmarshal([]byte(text), &page); err != nil {
		return "", err
	}
	for _, b := range page.Items {
		if b.Quantity >= 5000 {
			return "/api/v1/batches/" + b.GTIN + "/" + url.PathEscape(b.Lot) + "/labels", nil
		}
	}
	return "", errors.New("the producer has no batch of 5,000 units to print; register one")
}
