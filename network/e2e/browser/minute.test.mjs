// One shopper with one phone, from the label to a decision on his complaint,
// and the next buyer with another phone.
//
// CASES is JSON: {origin, path, pin, film, gateway, keys}; see minute_test.go.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';

const { origin, path, pin, film, gateway, keys } = JSON.parse(process.env.CASES);
// A browser that says it is a program is not counted.
const userAgent = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
let browser, tab, complaint;

before(async () => {
  browser = await launch('--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`);
  tab = await phone({ permissions: ['camera'] });
});
after(() => browser?.close());

async function phone(options) {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, hasTouch: true, locale: 'zh-CN', userAgent, ...options });
  return context.newPage();
}

// reads opens the unit's page until it says so: the ledger takes a moment.
async function reads(tab, verdict, text) {
  const end = Date.now() + 20_000;
  for (;;) {
    await tab.goto(origin + path);
    const [now, body] = [await tab.getAttribute('body', 'class'), await tab.innerText('main')];
    if (now === verdict && body.includes(text)) return;
    assert.ok(Date.now() < end, `want ${verdict} and ${text}, got ${now}: ${body}`);
    await tab.waitForTimeout(500);
  }
}

async function says(role, path, body) {
  const answer = await fetch(gateway + path, {
    method: 'POST', body: JSON.stringify(body),
    headers: { Authorization: `Bearer ${keys[role]}`, 'Content-Type': 'application/json' },
  });
  assert.equal(answer.status, 201, await answer.text());
}

test('the label before the camera opens the verdict, and the look counts', async () => {
  const counted = tab.waitForResponse((r) => r.url() === `${origin}/api/v1/scans` && r.ok(), { timeout: 60_000 });
  await tab.goto(`${origin}/scan`);
  await tab.waitForURL(origin + path, { timeout: 60_000 });
  assert.equal(await tab.getAttribute('body', 'class'), 'genuine');
  assert.match(await tab.innerText('.band'), /正品记录相符[^]*您是第一位查询的人/);
  assert.equal((await (await counted).json()).scanCount, 1);
});

test('the PIN under the coating makes its first owner', async () => {
  await tab.fill('#owner input[name=pin]', pin.toLowerCase());
  await tab.click('#owner form button');
  const link = await tab.locator('#owner .keep code').innerText({ timeout: 60_000 });
  assert.ok(link.startsWith(`${origin}/owner`) && new URL(link).hash.length > 40, link);
});

test('the next buyer reads that it has an owner', async () => {
  const other = await phone({ locale: 'en' });
  await reads(other, 'caution', 'claimed by its first owner');
  assert.equal(await other.locator('input[name=pin]').count(), 0);
  await other.context().close();
});

test('a complaint is a warning for everybody within seconds', async () => {
  await tab.goto(origin + path);
  await tab.click('a[href^="/complaints/new"]');
  await tab.fill('textarea', '瓶身印刷模糊，气味不对');
  await tab.click('main form button');
  await tab.waitForURL((url) => /^\/complaints\/(?!new)/.test(url.pathname));
  complaint = await tab.innerText('h1 .figures');
  await reads(tab, 'caution', '正在处理');
});

test('a counterfeit that the platform confirms stops the next reader', async () => {
  await says('seller', `/api/v1/complaints/${complaint}/answer`, { text: '我们从厂家进货' });
  await says('platform', `/api/v1/complaints/${complaint}/decision`, {
    kind: 'decision', outcome: 'counterfeit_confirmed', reason: { 'zh-CN': '印刷与真品不符', en: 'The print differs' },
  });
  await reads(tab, 'stop', '印刷与真品不符');
});
