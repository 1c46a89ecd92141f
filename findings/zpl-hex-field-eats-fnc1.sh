#!/usr/bin/env bash
# ^FH turns the FNC1 of a GS1 DataMatrix (^BX) into a control character
#
# One would guess: ^FH, which lets a ZPL field hold any byte as _XX, may stand before every ^FD, the barcodes' too.
# What happens: both use the underscore. ^BX writes FNC1 as `_1`, so a GS1 symbol begins `_101...`; with ^FH in front, `_10` is read
#   as the byte 0x10 first. The label prints, the symbol scans, and it is no GS1 symbol any more: ]d1 instead of ]d2, with a DLE in
#   place of the application identifier's `01`.
# Version: zpl-renderer-js 3.4.0 (the Zebrash engine), decoded with zxing-wasm 3.1.4.
# Source: this run; two documented features of ZPL that meet.
# Why it matters here: label texts need ^FH, DataMatrix fields must not have it (gateway/labels).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund zpl-renderer-js@3.4.0 zxing-wasm@3.1.4
cat > look.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { ready } from 'zpl-renderer-js';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

prepareZXingModule({ overrides: { wasmBinary: readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm').buffer } });
const { api } = await ready;
for (const prefix of ['', '^FH']) {
  const zpl = `^XA^CI28^FO40,40^BXN,8,200,,,,_${prefix}^FD_1010698880190001510LOT1^FS^XZ`;
  const image = Buffer.from(await api.zplToBase64Async(zpl, 50, 50, 8), 'base64');
  const [code] = await readBarcodes(new Blob([image]), { formats: ['DataMatrix'], textMode: 'Plain' });
  console.log(prefix || 'plain', code.symbologyIdentifier, JSON.stringify(code.text));
}
process.exit(0);
JS
npm ls --depth 0 | tail -n +2
seen=$(node look.mjs)
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED' || { echo "this has changed"; exit 1; }
plain ]d2 "010698880190001510LOT1"
^FH ]d1 "\u001010698880190001510LOT1"
EXPECTED
