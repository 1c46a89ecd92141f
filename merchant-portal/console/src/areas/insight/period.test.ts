import { expect, test } from 'vitest';
import { everyDay } from './period';

test('a chart shows its whole period, and a gap where too few scanned', () => {
  expect(everyDay('2026-10-30', '2026-11-02', [{ key: '2026-10-31', count: 8, hidden: false }, { key: '2026-11-02', count: 0, hidden: true }]))
    .toEqual([['2026-10-30', 0], ['2026-10-31', 8], ['2026-11-01', 0], ['2026-11-02', null]]);
  expect(everyDay('2026-11-02', '2026-11-02', [])).toEqual([['2026-11-02', 0]]);
});
