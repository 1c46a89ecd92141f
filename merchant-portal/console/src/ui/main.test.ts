// A page's main button is there once: an empty list borrows it from the head. That no page shows one twice, the browser's tests see
// on each (network/e2e/browser/console, clean); here it is found by reading.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const areas = join(__dirname, '..', 'areas');
const pages = readdirSync(areas, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));
const heads = (text: string) => text.split('\n').filter((line) => /\b(actions|main)=\{/.test(line)).join('\n');
const names = (text: string) => [...text.matchAll(/\bt\('([\w.]+)'\)/g)].map((m) => m[1]!);

test('the head of a page has no button that an empty list has as well', () => {
  expect(pages.length).toBeGreaterThan(100);
  for (const file of pages) {
    const text = readFileSync(join(areas, file), 'utf8');
    for (const [, action] of text.matchAll(/<Empty action=\{(.*?)\} to=/g)) {
      for (const name of names(action!)) expect(names(heads(text)), `${file} shows ${name} twice; <Empty main> shows it once`).not.toContain(name);
    }
  }
});

test('a list that borrows the main button is on a page that has one', () => {
  for (const file of pages) {
    const text = readFileSync(join(areas, file), 'utf8');
    if (text.includes('<Page ') && text.includes('<Empty main')) expect(heads(text), file).toMatch(/\bmain=\{/);
  }
});
