package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// script is a file that pages load. Its name changes with its content, so that
// it can be kept for ever.
type script struct {
	path    string
	kind    string // content type
	content []byte
	zipped  func() []byte
}

// newScript makes one script of several files.
func newScript(name string, parts ...string) script {
	var content []byte
	for _, part := range parts {
		content = append(append(content, asset(part)...), ";\n"...) // the parts end without a semicolon
	}
	return newFile(name+".js", "text/javascript; charset=utf-8", content)
}

func newFile(name, kind string, content []byte) script {
	extension := path.Ext(name)
	return script{"/assets/" + strings.TrimSuffix(name, extension) + "-" + digest(content)[:8] + extension, kind, content,
		sync.OnceValue(func() []byte { return compress(content) })}
}

func compress(content []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // fails on levels that do not exist
	_, _ = z.Write(content)                               // a bytes.Buffer takes everything
	_ = z.Close()
	return b.Bytes()
}

func (s script) serve(c echo.Context) error {
	header, content := c.Response().Header(), s.content
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Vary", "Accept-Encoding")
	if strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		content = s.zipped()
	}
	return c.Blob(http.StatusOK, s.kind, content)
}
