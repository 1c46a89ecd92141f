// What merchants and creators say, and badges, in a real browser.
//
// CASES is JSON: the pages of a unit with a presentation (unit) and of one with
// related goods (related), a shop's own page with a badge by script and by picture
// (shop), a copy of it elsewhere (copy), the host that the badge names, its page,
// and the words that both must show now (word, onCopy). SCREENSHOTS, where set,
// is a folder for pictures.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { launch } from './chromium.mjs';

const content = JSON.parse(process.env.CASES);
const sells = content.word === 'On record';
let browser;

before(async () => { browser = await launch(); });
after(() => browser?.close());

async function open(url, options) {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, locale: 'en', ...options });
  const tab = await context.newPage();
  const errors = [];
  tab.on('console', (m) => { if (m.type() === 'error') errors.push(m.text()); });
  await tab.goto(url);
  await tab.waitForLoadState('networkidle');
  return { context, tab, errors };
}

async function clean(tab, name) {
  const { violations } = await new AxeBuilder({ page: tab }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`), []);
  assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, 'horizontal scrolling');
  if (process.env.SCREENSHOTS) await tab.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
}

for (const colorScheme of ['light', 'dark']) {
  for (const locale of ['zh-CN', 'en']) {
    test(`a unit with a story, in ${locale} and ${colorScheme}`, async () => {
      const { context, tab, errors } = await open(content.unit, { colorScheme, locale });
      assert.equal(await tab.locator('.shop').count(), sells ? 1 : 0, 'the shop stands on a page that does not warn');
      if (sells) {
        await tab.locator('.story summary').click();
        const words = await tab.innerText('.shop');
        for (const word of locale === 'en' ? ['Spring water', 'Sponsored by 澄岩', 'Ad', 'chengyan.example'] : ['山谷里的泉水', '由「澄岩」赞助', '广告', 'chengyan.example']) {
          assert.ok(words.includes(word), `"${word}" is not in: ${words}`);
        }
        await tab.locator('.pictures img').first().scrollIntoViewIfNeeded();
        await tab.waitForFunction(() => [...document.querySelectorAll('.shop img, img.thumb')].every((i) => i.complete && i.naturalWidth > 0));
      }
      await clean(tab, `content-${locale}-${colorScheme}`);
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
}


for (const [name, url, word] of [['its own page', content.shop, content.word], ['a copy', content.copy, content.onCopy]]) {
  test(`the badge on ${name} says "${word}"`, async () => {
    const pictures = [];
    const context = await browser.newContext({ locale: 'en' });
    const tab = await context.newPage();
    const errors = [];
    tab.on('console', (m) => { if (m.type() === 'error') errors.push(m.text()); });
    tab.on('response', async (r) => { if (r.url().includes('.svg')) pictures.push(r.text()); });
    await tab.goto(url);
    await tab.waitForFunction(() => document.images.length === 2 && [...document.images].every((i) => i.complete && i.naturalWidth > 0));
    await tab.waitForLoadState('networkidle');
    assert.equal(pictures.length, 2, 'one by script, one as a picture');
    for (const svg of await Promise.all(pictures)) {
      assert.ok(svg.includes(`>${word}<`) || svg.includes(`>${chinese[word]}<`), svg);
      assert.ok(svg.includes(content.host), 'the badge names its host');
    }
    assert.equal(await tab.evaluate(() => document.cookie), '');
    assert.deepEqual(await context.cookies(), []);
    assert.deepEqual(await tab.evaluate(() => Object.keys(window).filter((k) => /touchstone|badge/i.test(k))), [], 'globals');
    assert.deepEqual(errors, []);
    const [popup] = await Promise.all([context.waitForEvent('page'), tab.locator('a:has(img)').first().click()]);
    await popup.waitForLoadState();
    const said = await popup.innerText('body');
    assert.ok(said.includes(content.host) && said.includes(word), said);
    if (process.env.SCREENSHOTS) await tab.screenshot({ path: join(process.env.SCREENSHOTS, `badge-on-${name.replaceAll(' ', '-')}.png`) });
    await context.close();
  });
}
const chinese = { 'On record': '登记在册', 'Lot recalled': '该批次已召回', 'Issued for another site': '不是本站的标识' };

test('the page that the badge leads to', async () => {
  const { context, tab, errors } = await open(content.badge);
  const said = await tab.innerText('body');
  assert.ok(said.includes(content.host) && said.includes(content.word), said);
  await clean(tab, 'badge-page');
  assert.deepEqual(errors, []);
  await context.close();
});

test('related goods come from this browser alone, and are forgotten on demand', { skip: !sells }, async () => {
  const { context, tab } = await open(content.related, { locale: 'zh-CN' });
  const asked = [];
  tab.on('request', (r) => { if (r.url().includes('/related')) asked.push(r); });
  await tab.reload();
  await tab.locator('#related li').first().waitFor();
  assert.equal((await asked[0].allHeaders()).cookie, undefined);
  const kept = JSON.parse(await tab.evaluate(() => localStorage.getItem('touchstone.scanned')));
  assert.deepEqual(kept.map((x) => Object.keys(x).sort().join()), ['brand,category,gtin']);
  await tab.locator('#related').scrollIntoViewIfNeeded();
  await tab.waitForLoadState('networkidle');
  await clean(tab, 'related');
  await tab.locator('#related button').click();
  assert.equal(await tab.locator('#related').isVisible(), false);
  assert.equal(await tab.evaluate(() => localStorage.getItem('touchstone.scanned')), null);
  await context.close();
});
