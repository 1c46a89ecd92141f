// The shopper's pages in a real browser: every verdict, at phone widths, in
// both languages, in the dark and without JavaScript.
//
// PAGES is JSON, [{name, url, verdict, text: {"zh-CN", en}}], text being what
// the page must say. SCREENSHOTS, where set, is a folder that receives a
// picture of each.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const pages = JSON.parse(process.env.PAGES);
const languages = ['zh-CN', 'en'];
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
});
after(() => browser?.close());

async function open(page, options) {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, ...options });
  const tab = await context.newPage();
  const foreign = [], errors = [];
  tab.on('request', (r) => { if (new URL(r.url()).origin !== new URL(page.url).origin) foreign.push(r.url()); });
  tab.on('console', (m) => { if (m.type() === 'error') errors.push(m.text()); });
  const response = await tab.goto(page.url);
  await tab.waitForLoadState('networkidle');
  return { context, tab, response, foreign, errors };
}

const overflow = (tab) => tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const page of pages) {
  for (const locale of languages) {
    test(`${page.name} says what it found in ${locale}`, async () => {
      const { context, tab, foreign, errors } = await open(page, { locale });
      assert.equal(await tab.getAttribute('html', 'lang'), locale);
      assert.equal(await tab.getAttribute('body', 'class'), page.verdict);
      const words = await tab.innerText('body');
      assert.ok(words.includes(page.text[locale]), `"${page.text[locale]}" is not in: ${words}`);
      assert.deepEqual(foreign, [], 'requests to somebody else');
      const unexpected = page.verdict === 'unavailable' || page.verdict === 'not_recognised' ? [] : errors;
      assert.deepEqual(unexpected, [], 'errors in the console');
      if (process.env.SCREENSHOTS) {
        await tab.screenshot({ path: join(process.env.SCREENSHOTS, `${page.name}-${locale}.png`), fullPage: true });
      }
      await context.close();
    });
  }

  for (const width of [320, 360, 1280]) {
    test(`${page.name} fits ${width} px`, async () => {
      const { context, tab } = await open(page, { viewport: { width, height: 780 } });
      assert.equal(await overflow(tab), 0, 'pixels of horizontal scrolling');
      await context.close();
    });
  }

  for (const colorScheme of ['light', 'dark']) {
    test(`${page.name} is accessible in ${colorScheme}`, async () => {
      const { context, tab } = await open(page, { colorScheme });
      const { violations } = await new AxeBuilder({ page: tab }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`), []);
      if (process.env.SCREENSHOTS && colorScheme === 'dark') {
        await tab.screenshot({ path: join(process.env.SCREENSHOTS, `${page.name}-dark.png`), fullPage: true });
      }
      await context.close();
    });
  }

  test(`${page.name} works without JavaScript`, async () => {
    const { context, tab } = await open(page, { javaScriptEnabled: false, locale: 'zh-CN' });
    assert.ok((await tab.content()).includes(page.text['zh-CN']));
    await context.close();
  });
}
