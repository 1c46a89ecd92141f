// Reporting a code that we do not know, in a real browser on a small phone:
// without JavaScript from the page of the code, and from /scan, where a label
// of somebody else was pasted.
//
// CASES is JSON: {origin, forged}. SCREENSHOTS, where set, is a folder that
// receives pictures.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { launch } from './chromium.mjs';

const { origin, forged } = JSON.parse(process.env.CASES);
let browser;

before(async () => { browser = await launch(); });
after(() => browser?.close());

const picture = (tab, name) => process.env.SCREENSHOTS && tab.screenshot({ path: join(process.env.SCREENSHOTS, `report-${name}.png`), fullPage: true });

// sound holds a page to what every page keeps.
async function isSound(tab, name) {
  await picture(tab, name);
  const { violations } = await new AxeBuilder({ page: tab }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`), []);
  await tab.setViewportSize({ width: 320, height: 780 });
  assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, 'pixels of horizontal scrolling');
  await tab.setViewportSize({ width: 360, height: 780 });
}

const says = async (tab, text) => assert.ok((await tab.innerText('main')).includes(text), `no "${text}" in ${await tab.innerText('main')}`);

const words = {
  'zh-CN': { below: '在下面举报这枚编码', send: '提交举报', wrong: '请写明在哪里看到', goes: '编码会随举报一起提交', have: '已收到您的举报', withdraw: '撤回并删除', gone: '举报已撤回并删除', label: '举报这个标签' },
  en: { below: 'Report this code below', send: 'Send the report', wrong: 'Say where you saw it', goes: 'The code is sent with your report', have: 'We have your report', withdraw: 'Withdraw and remove', gone: 'withdrawn and removed', label: 'Report this label' },
};

for (const locale of ['zh-CN', 'en']) {
  for (const [colorScheme, javaScriptEnabled] of [['light', true], ['dark', true], ['light', false]]) {
    test(`from the code's page to the receipt in ${locale}, ${colorScheme}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const w = words[locale];
      const userAgent = `phone ${locale} ${colorScheme} ${javaScriptEnabled}`;
      const context = await browser.newContext({ viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, locale, colorScheme, javaScriptEnabled, userAgent });
      const tab = await context.newPage();
      const sound = javaScriptEnabled ? isSound : () => {}; // axe is a script
      await tab.goto(origin + forged);
      await tab.getByText(w.below).click();
      await sound(tab, `page-${locale}-${colorScheme}`);
      await tab.getByRole('button', { name: w.send }).click();
      await says(tab, w.wrong);
      await says(tab, w.goes);
      assert.equal(new URL(tab.url()).pathname, forged);
      await sound(tab, `again-${locale}-${colorScheme}`);
      await tab.fill('input[name=place]', '某市场 <b>二楼</b>');
      await tab.fill('input[name=contact]', 'wx-1');
      await tab.getByRole('button', { name: w.send }).click();
      assert.match(new URL(tab.url()).pathname, /^\/reports\/.{43}$/);
      assert.equal(await tab.getAttribute('html', 'lang'), locale);
      await says(tab, w.have);
      await sound(tab, `receipt-${locale}-${colorScheme}`);
      await context.close();
    });
  }
}

test('a label of somebody else is reported from /scan, and the report taken back and sent again', async () => {
  const w = words['zh-CN'];
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, locale: 'zh-CN' });
  const tab = await context.newPage();
  for (const again of [true, false]) {
    await tab.goto(`${origin}/scan`);
    await tab.click('#typing summary');
    await tab.fill('input[name=uri]', 'https://hb.example/red?packet=7');
    await tab.press('input[name=uri]', 'Enter');
    await tab.locator('#stranger').waitFor();
    await isSound(tab, 'stranger');
    await tab.locator('#stranger').getByRole('button', { name: w.label }).click();
    await says(tab, w.goes);
    await tab.fill('textarea', '贴在公共停车牌上');
    await isSound(tab, 'form');
    await tab.getByRole('button', { name: w.send }).click();
    await says(tab, w.have);
    if (!again) break;
    await tab.getByRole('button', { name: w.withdraw }).click();
    assert.match(await tab.innerText('main'), new RegExp(w.gone));
  }
  await context.close();
});

test('without a code in its address the form asks for it', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, locale: 'en' });
  const tab = await context.newPage();
  await tab.goto(`${origin}/?uri=https%3A%2F%2Fhb.example%2F`);
  await tab.getByText(words.en.label).click();
  await tab.getByLabel('What the label or its code says').waitFor();
  await isSound(tab, 'asks');
  await context.close();
});
