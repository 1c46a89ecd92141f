#!/usr/bin/env bash
# jsQR hands on a GS1 QR code's separators as percent signs
#
# One would guess: whoever decodes a QR code gives the text that was encoded; in a GS1 QR code the separator behind a lot arrives as the
#   control character GS, and a percent sign as itself.
# What happens: where the encoder took the alphanumeric mode, as it does for capital letters and digits, jsQR gives `%` for each separator and
#   `%%` for each percent sign; in the byte mode it gives GS. So the same kind of label arrives in two spellings, by whether there
#   are small letters around the separator, and `10AB12%21X7K9` reads as a lot of eleven characters, for % may stand in a lot. zbar undoes it, as the standard says.
# Version: jsqr 1.4.0 and @undecaf/zbar-wasm 0.11.0, codes made with bwip-js 4.11.4.
# Source: this run; ISO/IEC 18004 on FNC1 in first position.
# Why it matters here: many web pages read codes with jsQR, and a genuine unit with a wrong lot is "not issued": a lot with % at a place
#   where an identifier can follow is read both ways, and the code's tag tells (verifier's label, testdata/labels.json).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent jsqr@1.4.0 @undecaf/zbar-wasm@0.11.0 bwip-js@4.11.4 pngjs@7.0.0 >/dev/null
cat > read.mjs <<'JS'
import bwipjs from 'bwip-js';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { scanImageData } from '@undecaf/zbar-wasm';

for (const text of ['(01)06998801900015(10)AB12(21)X7K9', '(01)06998801900015(10)A%B(21)X7K9', '(01)06998801900015(10)ab(21)x7k9']) {
  const { data, width, height } = PNG.sync.read(await bwipjs.toBuffer({ bcid: 'gs1qrcode', text, scale: 4, padding: 10, backgroundcolor: 'FFFFFF' }));
  const pixels = new Uint8ClampedArray(data);
  const [zbar] = await scanImageData({ data: pixels, width, height, colorSpace: 'srgb' });
  console.log(`${text}: jsQR ${JSON.stringify(jsQR(pixels, width, height).data)}, zbar ${JSON.stringify(zbar.decode())}`);
}
JS
node -p "['jsqr','@undecaf/zbar-wasm','bwip-js'].map((n) => n + ' ' + JSON.parse(require('fs').readFileSync('node_modules/' + n + '/package.json')).version).join(', ')"
seen=$(node read.mjs)
echo "$seen"
[ "$seen" = '(01)06998801900015(10)AB12(21)X7K9: jsQR "010699880190001510AB12%21X7K9", zbar "010699880190001510AB12\u001d21X7K9"
(01)06998801900015(10)A%B(21)X7K9: jsQR "010699880190001510A%%B%21X7K9", zbar "010699880190001510A%B\u001d21X7K9"
(01)06998801900015(10)ab(21)x7k9: jsQR "010699880190001510ab\u001d21x7k9", zbar "010699880190001510ab\u001d21x7k9"' ] || { echo "no longer what was seen"; exit 1; }
