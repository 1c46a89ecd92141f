import { expect, test } from 'vitest';
import { menus } from './menu';

test.each(Object.entries(menus))('the menu of %s has at most seven entries, each once', (_, menu) => {
  expect(menu.length).toBeLessThanOrEqual(7);
  expect(new Set(menu.map((e) => e.path)).size).toBe(menu.length);
});
