package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
)

// What stands in assets/vendor is what its packages hold, and the WebAssembly
// is the one that the library was made for.
func TestVendoredFiles(t *testing.T) {
	sums := strings.Fields(string(Asset(Vendored, "vendor/SHA256SUMS")))
	for i := 0; i < len(sums); i += 2 {
		sum := sha256.Sum256(Asset(Vendored, "vendor/"+sums[i+1]))
		if got := hex.EncodeToString(sum[:]); got != sums[i] {
			t.Errorf("%s: %s, not %s; see assets/vendor/README.md", sums[i+1], got, sums[i])
		}
		if strings.HasSuffix(sums[i+1], ".wasm") &&
			!bytes.Contains(Asset(Vendored, "vendor/barcode-detector.js"), []byte(sums[i])) {
			t.Errorf("the library wants another %s", sums[i+1])
		}
	}
	if len(sums) != 6 {
		t.Errorf("%d sums", len(sums)/2)
	}
}
