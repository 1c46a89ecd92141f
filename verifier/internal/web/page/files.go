package page

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// Script is a file that pages load. Its name changes with its content, so that
// it can be kept for ever.
type Script struct {
	Path    string
	kind    string // content type
	content []byte
	zipped  func() []byte
}

// NewScript makes one script of several files of a room's folder assets.
func NewScript(files fs.FS, name string, parts ...string) Script {
	var content []byte
	for _, part := range parts {
		content = append(append(content, Asset(files, part)...), ";\n"...) // the parts end without a semicolon
	}
	return NewFile(name+".js", "text/javascript; charset=utf-8", content)
}

// NewFile makes a file of another kind, which is its media type.
func NewFile(name, kind string, content []byte) Script {
	extension := path.Ext(name)
	return Script{
		"/assets/" + strings.TrimSuffix(name, extension) + "-" + digest(content)[:8] + extension,
		kind,
		content,
		sync.OnceValue(func() []byte { return compress(content) }),
	}
}

func compress(content []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // fails on levels that do not exist
	_, _ = z.Write(content)                               // a bytes.Buffer takes everything
	_ = z.Close()
	return b.Bytes()
}

// Serve answers with the file, compressed for who takes that.
func (s Script) Serve(c echo.Context) error {
	header, content := c.Response().Header(), s.content
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Vary", "Accept-Encoding")
	if strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		content = s.zipped()
	}
	return c.Blob(http.StatusOK, s.kind, content)
}
