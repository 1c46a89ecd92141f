// Package font holds the font file for Chinese text, so that labels need nothing installed. It knows nothing of labels.
package font

import _ "embed"

// Chinese is Droid Sans Fallback, a TrueType font with the 20,902 ideographs of the CJK Unified block. It has no Latin.
//
//go:embed DroidSansFallbackFull.ttf
var Chinese []byte
