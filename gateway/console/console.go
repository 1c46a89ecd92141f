// Package console serves the built console: a page for every address that a
// browser opens, and the files that the page is made of. It knows nothing of
// what the console does, and whoever opens an address need not have signed in:
// what it shows comes from the interface.
package console

import (
	"bytes"
	"crypto/rand"
	_ "embed"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path"
	"strings"
	"time"
)

// nonceMark is where `vite build` leaves room for the answer's own nonce.
const nonceMark = "__CSP_NONCE__"

// missing is shown where nothing has been built.
//
//go:embed missing.html
var missing []byte

// Handler serves the console that was built into a folder. The folder may be
// empty, missing, or come later; the page then says how to build it. From pages,
// scheme and host, it shows what shoppers see of goods.
func Handler(folder, pages string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "same-origin")
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		switch files := os.DirFS(folder); {
		case folder != "" && name != "index.html" && serveFile(w, r, files, name):
		case isPage(r, name):
			servePage(w, r, folder, pages)
		default:
			http.NotFound(w, r)
		}
	})
}

// isPage tells whether a browser wants a page of the console, rather than a
// file that is not there.
func isPage(r *http.Request, name string) bool {
	return !strings.HasPrefix(name, "assets/") && (name == "" || strings.Contains(r.Header.Get("Accept"), "text/html"))
}

// serveFile answers with a file of the build, compressed where the build has
// that too, and reports whether there is such a file. Names of assets contain
// a hash of their content, so that they never change.
func serveFile(w http.ResponseWriter, r *http.Request, files fs.FS, name string) bool {
	content, ok := open(files, name)
	if !ok {
		return false
	}
	defer func() { _ = content.Close() }()
	header := w.Header()
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		header.Set("Content-Type", kind)
	}
	if strings.HasPrefix(name, "assets/") {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		header.Set("Cache-Control", "public, max-age=3600")
	}
	if packed, ok := open(files, name+".gz"); ok {
		defer func() { _ = packed.Close() }()
		header.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			header.Set("Content-Encoding", "gzip")
			content = packed
		}
	}
	http.ServeContent(w, r, "", time.Time{}, content)
	return true
}

// file is what os.DirFS opens where it is no folder.
type file interface {
	fs.File
	Seek(offset int64, whence int) (int64, error)
}

func open(files fs.FS, name string) (file, bool) {
	f, err := files.Open(name)
	if err != nil {
		return nil, false
	}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		if seekable, ok := f.(file); ok {
			return seekable, true
		}
	}
	_ = f.Close()
	return nil, false
}

// servePage answers with the one page, which shows what the address says.
func servePage(w http.ResponseWriter, r *http.Request, folder, pages string) {
	page, err := os.ReadFile(path.Join(folder, "index.html"))
	if folder == "" || err != nil {
		w.Header().
			Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
		send(w, r, http.StatusServiceUnavailable, missing)
		return
	}
	nonce := rand.Text()
	w.Header().Set("Content-Security-Policy", policy(nonce, pages))
	send(w, r, http.StatusOK, bytes.ReplaceAll(page, []byte(nonceMark), []byte(nonce)))
}

func send(w http.ResponseWriter, r *http.Request, status int, page []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		_, _ = w.Write(page)
	}
}

// policy lets the page run its own scripts, and inline only what carries the
// nonce: the few lines of index.html that come before all others, and the style
// sheets that antd makes while it runs. Documents, and previews of what shoppers
// see, are shown in frames; codes are read by WebAssembly, and the camera is for that.
func policy(nonce, pages string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self' 'nonce-" + nonce + "' 'wasm-unsafe-eval'",
		"style-src 'self' 'nonce-" + nonce + "'",
		"style-src-attr 'unsafe-inline'",
		"img-src 'self' data: blob: " + pages,
		"font-src 'self'",
		"connect-src 'self'",
		"media-src 'self' blob:",
		"worker-src 'self' blob:",
		"frame-src 'self' blob: " + pages,
		"manifest-src 'self'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	}, "; ")
}
