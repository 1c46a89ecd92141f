// When a page confirms its scan: once somebody has had it before his eyes, and
// without scripts when he says so.
//
// CASES is JSON, {unseen, pressed}: the addresses of two units' pages that nobody has scanned.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';

const phone = {
  viewport: { width: 360, height: 780 },
  userAgent: 'Mozilla/5.0 (Linux; Android 15; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36 MicroMessenger/8.0.54',
};
const { unseen, pressed } = JSON.parse(process.env.CASES);
let browser;

before(async () => { browser = await launch(); });
after(() => browser?.close());

const scans = async (url) => (await (await fetch(url, { headers: { Accept: 'application/json' } })).json()).scanCount;

test('a page in the background is no scan until it is looked at', async () => {
  const context = await browser.newContext(phone);
  await context.addInitScript(() => {
    let state = 'hidden';
    Object.defineProperty(document, 'visibilityState', { get: () => state });
    window.show = () => { state = 'visible'; document.dispatchEvent(new Event('visibilitychange')); };
  });
  const tab = await context.newPage();
  await tab.goto(unseen);
  await tab.waitForTimeout(2500);
  assert.equal(await scans(unseen), 0, 'scans while it is hidden');
  const confirmed = tab.waitForResponse((r) => r.url().endsWith('/api/v1/scans'));
  await tab.evaluate(() => window.show());
  assert.equal((await confirmed).status(), 200);
  assert.equal(await scans(unseen), 1);
  await tab.reload();
  await tab.waitForTimeout(2000);
  assert.equal(await scans(unseen), 1, 'scans after it is loaded again');
  await context.close();
});

test('without scripts a button counts the scan', async () => {
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false, locale: 'zh-CN' });
  const tab = await context.newPage();
  await tab.goto(pressed);
  assert.equal(await scans(pressed), 0, 'scans before the button is pressed');
  await tab.getByRole('button', { name: '记为一次查询' }).click();
  assert.ok((await tab.innerText('h1')).includes('已记为一次查询'));
  assert.equal(await scans(pressed), 1);
  await tab.reload();
  assert.equal(await scans(pressed), 1, 'scans after the answer is loaded again');
  await tab.getByRole('link', { name: '回到商品页面' }).click();
  assert.ok(tab.url().includes('/01/'));
  await context.close();
});
