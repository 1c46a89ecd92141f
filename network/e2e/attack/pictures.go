package main

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"net/http"
	"sync"
	"time"
)

// largePictures sends twelve pictures that are small as files and large in memory,
// 7071 x 7071 at 16 bits a colour: they took 4.9 GB.
var largePictures = attack{"large pictures", func(ctx context.Context, t *target) ([]figure, error) {
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewNRGBA64(image.Rect(0, 0, 7071, 7071))); err != nil {
		return nil, err
	}
	contentType, body, err := form("licence.png", file.Bytes())
	if err != nil {
		return nil, err
	}
	before, _, err := t.resident(ctx, t.GatewayMetrics)
	if err != nil {
		return nil, err
	}
	var sending sync.WaitGroup
	for range 12 {
		sending.Go(func() { _, _, _ = t.ask(ctx, http.MethodPost, t.Gateway+"/api/v1/documents", contentType, body) })
	}
	over := make(chan struct{})
	go func() { sending.Wait(); close(over) }()
	for most := before; ; {
		now, _, err := t.resident(ctx, t.GatewayMetrics)
		if err != nil {
			return nil, err
		}
		most = max(most, now)
		select {
		case <-over:
			return []figure{{"the gateway's memory grew by", (most - before) / (1 << 20), 800, "MB"}}, nil
		case <-time.After(50 * time.Millisecond):
		}
	}
}}
