#!/usr/bin/env bash
# A PDF's ActualText is lost in poppler where the marked content has no glyph
#
# One would guess: /ActualText on marked content says what the content reads as, whatever it is made of; the standard names
#   characters that are drawn as graphics as a use of it. pdftotext should give it.
# What happens: for a drawn shape alone pdftotext gives nothing. One invisible glyph (text rendering mode 3) inside the same marked
#   content, and the whole ActualText comes out.
# Version: poppler-utils 22.12.0 of Debian 12.
# Source: this run; PDF 32000-1, 14.9.4.
# Why it matters here: rare Chinese characters are drawn as outlines on labels (gateway/labels) and must still be found and copied.
set -euo pipefail
command -v pdftotext >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends poppler-utils >/dev/null; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > make.mjs <<'JS'
import { writeFileSync } from 'node:fs';

const pdf = (content) => {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0') + ' 00000 n \n';
  });
  return `${text}xref\n0 6\n0000000000 65535 f \n${offsets.join('')}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
};
const shape = '20 20 40 40 re f';
writeFileSync('shape.pdf', pdf(`/Span <</ActualText (seal)>> BDC ${shape} EMC`));
writeFileSync('glyph.pdf', pdf(`/Span <</ActualText (seal)>> BDC ${shape} BT /F1 1 Tf 3 Tr 20 20 Td (.) Tj ET EMC`));
JS
node make.mjs
pdftotext -v 2>&1 | head -1
seen=$(for f in shape glyph; do echo "$f [$(pdftotext "$f.pdf" - | tr -d '\f\n')]"; done)
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED' || { echo "this has changed"; exit 1; }
shape []
glyph [seal]
EXPECTED
