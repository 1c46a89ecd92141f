#!/usr/bin/env bash
# The text that zxing-wasm gives for a GS1 symbol cannot be read back
#
# One would guess: `text` of a decoded GS1 symbol is its content, or at least says the same thing in another form.
# What happens: by default it is the line for human eyes, with application identifiers in brackets. Brackets are legal in a lot (AI 10)
#   and are not escaped, so two different symbols give the same text: lot `A` with serial `B`, and the one lot `A(21)B`.
#   textMode "Plain" and `bytes` tell them apart.
# Version: zxing-wasm 3.1.4 as decoder, bwip-js 4.11.2 as encoder.
# Source: this run; brackets are in GS1's character set 82 (General Specifications, figure 7.11-1).
# Why it matters here: a scanning page that trusts `text` reads a serial that nobody printed (verifier/internal/web/assets reads Plain).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund bwip-js@4.11.2 zxing-wasm@3.1.4
cat > look.mjs <<'JS'
import { readFileSync } from 'node:fs';
import bwipjs from 'bwip-js/node';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

prepareZXingModule({ overrides: { wasmBinary: readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm').buffer } });
for (const content of ['^FNC101069888019000151' + '0A^FNC121B', '^FNC101069888019000151' + '0A(21)B']) {
  const image = await bwipjs.toBuffer({ bcid: 'datamatrix', text: content, parsefnc: true, scale: 6, padding: 20, backgroundcolor: 'FFFFFF' });
  const read = async (options) => (await readBarcodes(new Blob([image]), { formats: ['DataMatrix'], ...options }))[0].text;
  console.log(JSON.stringify(await read({})), JSON.stringify(await read({ textMode: 'Plain' })));
}
JS
npm ls --depth 0 | tail -n +2
seen=$(node look.mjs)
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED' || { echo "this has changed"; exit 1; }
"(01)06988801900015(10)A(21)B" "010698880190001510A\u001d21B"
"(01)06988801900015(10)A(21)B" "010698880190001510A(21)B"
EXPECTED
