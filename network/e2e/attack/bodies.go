package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

const sheet = "GTIN,名称,品牌\n6998801000012,精华液,澄岩\n"

// slowBodies begins eight imports and never ends them: they kept all others out
// for 60 s.
var slowBodies = attack{"slow bodies", func(ctx context.Context, t *target) ([]figure, error) {
	for range 8 {
		c, err := new(net.Dialer).DialContext(ctx, "tcp", strings.TrimPrefix(t.Gateway, "http://"))
		if err != nil {
			return nil, err
		}
		defer c.Close()
		_, err = fmt.Fprintf(c, "POST /api/v1/imports/preview HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"+
			"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 20000000\r\n\r\n--b\r\n", t.Key)
		if err != nil {
			return nil, err
		}
	}
	contentType, body, err := form("goods.csv", []byte(sheet), "kind", "products")
	if err != nil {
		return nil, err
	}
	begin := time.Now()
	status, text, err := t.ask(ctx, http.MethodPost, t.Gateway+"/api/v1/imports/preview", contentType, body)
	if err != nil || status != http.StatusOK {
		return nil, fmt.Errorf("another import: %d %.100s %w", status, text, err)
	}
	return []figure{{"another import takes", time.Since(begin).Seconds(), 10, "s"}}, nil
}}
