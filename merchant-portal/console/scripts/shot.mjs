// Pictures of pages at 1280 and 360 px, in Chinese and English, light and dark:
//
//   node scripts/shot.mjs --role producer --out /tmp/shots /goods '/batches?status=registered'
//
// --base is where the console runs (http://localhost:5173), --env the demo.env with the roles' keys
// (.touchstone/demo.env), --only e.g. 1280-zh-CN-light takes one of the eight. Errors of the page's console are printed.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string', default: 'http://localhost:5173' }, role: { type: 'string' }, out: { type: 'string', default: '.' },
    env: { type: 'string', default: '.touchstone/demo.env' }, only: { type: 'string', default: '' },
  },
});
const demo = values.role ? readFileSync(values.env, 'utf8') : '';
const key = new RegExp(`^TOUCHSTONE_KEY_${(values.role ?? '').toUpperCase()}=(.*)$`, 'm').exec(demo)?.[1];
if (values.role && !key) throw new Error(`${values.env} has no key of ${values.role}`);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
mkdirSync(values.out, { recursive: true });

for (const width of [1280, 360]) {
  for (const locale of ['zh-CN', 'en']) {
    for (const colorScheme of ['light', 'dark']) {
      const name = `${width}-${locale}-${colorScheme}`;
      if (!name.includes(values.only)) continue;
      const context = await browser.newContext({
        viewport: { width, height: width > 400 ? 800 : 740 }, locale, colorScheme, baseURL: values.base, reducedMotion: 'reduce',
        extraHTTPHeaders: key ? { Authorization: `Bearer ${key}` } : {},
      });
      const page = await context.newPage();
      page.on('console', (m) => { if (m.type() === 'error') console.error(name, m.text()); });
      page.on('pageerror', (e) => console.error(name, e.message));
      for (const path of positionals) {
        await page.goto(path);
        await page.waitForLoadState('networkidle');
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) console.error(name, path, `scrolls sideways by ${wide} px`);
        const file = join(values.out, `${path.replace(/[^\w-]+/g, '_').replace(/^_+|_+$/g, '') || 'home'}-${name}.png`);
        await page.screenshot({ path: file, fullPage: true });
        console.log(file);
      }
      await context.close();
    }
  }
}
await browser.close();
