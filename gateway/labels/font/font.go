// Package font holds the font files for Chinese text, so that labels need nothing installed. It
// knows nothing of labels.
package font

import _ "embed"

// Chinese is Droid Sans Fallback, a TrueType font with the ideographs of the CJK Unified block and
// of extension A as they were in 2010. It has no Latin.
//
//go:embed DroidSansFallbackFull.ttf
var Chinese []byte

// Rest is what Noto Sans CJK SC has beside it, an OpenType font with cubic outlines: the ideographs
// of GB 18030-2022 level 2 that Chinese lacks, most of them outside the basic plane, and signs,
// Hangul and kana.
//
//go:embed NotoSansCJKsc-Rest.otf
var Rest []byte
