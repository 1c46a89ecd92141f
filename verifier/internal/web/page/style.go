package page

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io/fs"
	"regexp"
)

//go:embed assets
var assets embed.FS

// Vendored are the files of others that scripts load, in the folder assets/vendor.
var Vendored fs.FS = assets

// Asset gives a file of a room's folder assets; one that is not there is a matter of the build and stops the program.
func Asset(files fs.FS, name string) []byte {
	b, err := fs.ReadFile(files, "assets/"+name)
	if err != nil {
		panic(err)
	}
	return b
}

var comments = regexp.MustCompile(`(?s)\s*/\*.*?\*/|\s+$`)

// style stands in every page, so that the first answer on a slow phone is complete; scripts have
// files of their own, see Script.
var style = comments.ReplaceAll(Asset(assets, "page.css"), nil)

// Policy is the Content-Security-Policy of a page: its own style, the scripts and requests of this
// host, and nothing else.
var Policy = "default-src 'none'; style-src 'sha256-" + digestBase64(
	style,
) + "'; script-src 'self'; connect-src 'self'; " +
	"img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func digestBase64(b []byte) string {
	sum := sha256.Sum256(b)
	return base64.StdEncoding.EncodeToString(sum[:])
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

var functions = template.FuncMap{
	"style": func() template.CSS { return template.CSS(style) }, //nolint:gosec // embedded, and what the policy's digest is of
}
