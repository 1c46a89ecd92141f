import { expect, test } from 'vitest';
import { documentFault, mostBytes } from './document';

test.each([
  ['a PDF', new Blob(['%PDF-1.7']), undefined],
  ['a JPEG', new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])]), undefined],
  ['a PNG', new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47])]), undefined],
  ['nothing', new Blob([]), 'empty'],
  ['too much', new Blob([new Uint8Array(mostBytes + 1)]), 'large'],
  ['a Word file by the name of a PDF', new Blob(['PK\u0003\u0004']), 'otherKind'],
])('%s', async (_, file, want) => { expect(await documentFault(file)).toBe(want); });
