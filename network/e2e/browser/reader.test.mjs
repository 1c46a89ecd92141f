// Scanning inside the page /scan in a real browser, with a fake camera that
// shows real labels, and every way out when something is missing.
//
// CASES is JSON: {origin, units, films, photos, typed}; see reader_test.go.
// SCREENSHOTS, where set, is a folder that receives pictures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { launch } from './chromium.mjs';

const { origin, units, films, photos, typed } = JSON.parse(process.env.CASES);
const port = new URL(origin).port;
const stranger = 'evil.example';

// inBrowser opens /scan in a browser of its own, with a film for a camera or
// without one, and calls f.
async function inBrowser({ film, args = [], at = origin, script = () => {}, ...options }, f) {
  const camera = film ? ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${films[film]}`] : [];
  const browser = await launch(...camera, ...args);
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, hasTouch: true, locale: 'zh-CN', ...options });
  try {
    const tab = await context.newPage();
    const requests = [], broken = [];
    tab.on('request', (r) => requests.push(r));
    tab.on('console', (m) => { if (/Content Security Policy|Permissions/.test(m.text())) broken.push(m.text()); });
    tab.on('pageerror', (e) => broken.push(String(e)));
    await tab.addInitScript(script);
    await tab.goto(`${at}/scan`);
    await f(tab, requests, context);
    assert.deepEqual(requests.map((r) => r.url()).filter((u) => new URL(u).origin !== at), [], 'requests to somebody else');
    assert.deepEqual(broken, []);
  } finally { await browser.close(); }
}

const state = (tab) => tab.locator('#state');
const says = (tab, text) => state(tab).filter({ hasText: text }).waitFor({ timeout: 30_000 });
const shows = async (tab, path) => {
  await tab.waitForURL((url) => url.pathname === path, { timeout: 30_000 });
  assert.equal(await tab.getAttribute('body', 'class'), 'genuine');
};
const picture = (tab, name) => process.env.SCREENSHOTS && tab.screenshot({ path: join(process.env.SCREENSHOTS, `scan-${name}.png`), fullPage: true });

async function accessible(tab) {
  const { violations } = await new AxeBuilder({ page: tab }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`), []);
  assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, 'pixels of horizontal scrolling');
}

for (const label of ['label', 'matrix']) {
  test(`a real ${label} before the camera opens its page`, () => inBrowser({ film: label, permissions: [] }, async (tab, requests, context) => {
    const loaded = () => requests.map((r) => r.url()).filter((u) => /wasm|barcode/.test(u)).length;
    assert.equal(loaded(), 0, 'the decoder is loaded before it is asked for');
    await context.grantPermissions(['camera']);
    const wasm = tab.waitForResponse(/\.wasm$/);
    const began = Date.now();
    await tab.click('#open');
    await shows(tab, units[label]);
    console.log(`# ${label}: ${Date.now() - began} ms from the tap to the verdict`);
    const headers = (await wasm).headers();
    assert.equal(headers['content-type'], 'application/wasm');
    assert.equal(headers['content-encoding'], 'gzip');
    assert.match(headers['cache-control'], /immutable/);
    assert.equal(loaded(), 2);
  }));
}

test('with leave given before, the camera opens by itself, and closes when the page is hidden', () => inBrowser({ film: 'nothing', permissions: ['camera'] }, async (tab) => {
  await says(tab, '对准');
  await accessible(tab);
  await picture(tab, 'looking');
  const hide = (hidden) => tab.evaluate((h) => {
    globalThis.track ??= document.querySelector('video').srcObject.getTracks()[0];
    Object.defineProperty(document, 'hidden', { value: h, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    return globalThis.track.readyState;
  }, hidden);
  assert.equal(await hide(true), 'ended');
  assert.equal(await tab.locator('#view').isVisible(), false);
  await hide(false);
  await tab.locator('#view').waitFor();
  await says(tab, '还没找到'); // tips, after some seconds without a code
  await tab.click('#close');
  await tab.locator('#open').waitFor();
}));

test('a code of somebody else is shown and opens nothing', () => inBrowser({ film: 'foreign', permissions: ['camera'] }, async (tab, requests) => {
  await tab.locator('#stranger').waitFor({ timeout: 30_000 });
  const text = await tab.innerText('#stranger');
  for (const part of ['这不是本平台的标签', '不要付款', `@${stranger}/01/`, '不是网站']) assert.ok(text.includes(part), `${part}: ${text}`);
  assert.equal(await tab.innerText('#stranger [data-host] b'), stranger);
  assert.equal(await tab.locator(`a[href*="${stranger}"]`).count(), 0);
  assert.equal(await tab.evaluate(() => document.activeElement.id), 'stranger');
  await accessible(tab);
  await picture(tab, 'stranger');
  await tab.waitForTimeout(500);
  assert.deepEqual(requests.filter((r) => r.isNavigationRequest()).map((r) => r.url()), [`${origin}/scan`]);
}));

test('a refused camera is explained, and a photo does instead', () => inBrowser({ film: 'label', permissions: [] }, async (tab, requests) => {
  await tab.click('#open');
  await says(tab, '没有得到相机的许可');
  assert.ok(await tab.isVisible('#open'), 'no second try');
  await accessible(tab);
  await picture(tab, 'refused');
  const choose = tab.locator('#photos input').last();
  await choose.setInputFiles(photos.nothing);
  await says(tab, '没有找到方形码');
  await choose.setInputFiles(photos.broken);
  await says(tab, '不是能打开的照片');
  await choose.setInputFiles(photos.foreign);
  await tab.locator('#stranger').waitFor({ timeout: 30_000 });
  await choose.setInputFiles(photos.label);
  await tab.waitForURL((url) => url.pathname === units.label, { waitUntil: 'commit', timeout: 30_000 });
  assert.deepEqual(requests.filter((r) => r.method() !== 'GET' && r.url().includes('scan') === false), [], 'a photo is sent');
}));

test('without a camera there are photos', () => inBrowser({ permissions: ['camera'], locale: 'en' }, async (tab) => {
  await says(tab, 'No camera was found');
  assert.ok(!await tab.isVisible('#open') && await tab.isVisible('#photos'));
  await tab.locator('#photos input').last().setInputFiles(photos.label);
  await shows(tab, units.label);
}));

const insecure = `http://shop.example:${port}`;
const asInsecure = { at: insecure, args: ['--host-resolver-rules=MAP shop.example 127.0.0.1'] };

test('an insecure page says so, and reads photos', () => inBrowser({ film: 'label', ...asInsecure }, async (tab) => {
  await says(tab, '不是通过安全连接');
  assert.ok(!await tab.isVisible('#open') && await tab.isVisible('#photos'));
  await accessible(tab);
  await tab.locator('#photos input').first().setInputFiles(photos.label);
  await shows(tab, units.label);
}));

test('where WeChat keeps the camera closed, it says how to go on', () => inBrowser({ ...asInsecure, userAgent: 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.50' }, async (tab) => {
  await says(tab, '在浏览器打开');
  assert.equal(await tab.locator('#photos input').first().getAttribute('capture'), 'environment');
}));

test('without WebAssembly there is typing', () => inBrowser({ script: () => { delete globalThis.WebAssembly; } }, async (tab) => {
  await says(tab, '不能运行识别程序');
  assert.ok(!await tab.isVisible('#open') && !await tab.isVisible('#photos') && await tab.isVisible('input[name=serial]'));
}));

test('a decoder that did not come is asked for again', () => inBrowser({ film: 'label', permissions: [] }, async (tab, _, context) => {
  await context.route(/\.wasm$/, (route) => route.abort());
  await context.grantPermissions(['camera']);
  await tab.click('#open');
  await says(tab, '没有下载成功');
  await context.unroute(/\.wasm$/);
  await tab.click('#open');
  await shows(tab, units.label);
}));

test('what is typed is checked on the phone and forgiven', () => inBrowser({}, async (tab) => {
  await tab.click('#typing summary');
  const fault = (name) => tab.locator(`#fault-${name}`);
  await tab.locator('form').last().getByRole('button').click();
  await fault('gtin').filter({ hasText: '请填写商品条码' }).waitFor();
  assert.equal(await tab.evaluate(() => document.activeElement.name), 'gtin');
  await accessible(tab);
  await tab.fill('input[name=gtin]', typed.gtin.slice(0, -1) + (Number(typed.gtin.at(-1)) + 1) % 10);
  await fault('gtin').filter({ hasText: '不对' }).waitFor();
  await tab.fill('input[name=gtin]', typed.gtin);
  await tab.fill('input[name=lot]', typed.lot);
  await tab.fill('input[name=serial]', typed.serial.slice(0, 7));
  await fault('serial').filter({ hasText: '7 / 20' }).waitFor();
  await tab.fill('input[name=serial]', 'U' + typed.serial.slice(1));
  await fault('serial').filter({ hasText: '没有字母 U' }).waitFor();
  const misread = typed.serial.replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase().replace(/(.{4})/g, '$1 - ');
  await tab.fill('input[name=serial]', misread);
  await tab.press('input[name=serial]', 'Enter');
  await shows(tab, units.label);
}));

test('all that a code says may be pasted', () => inBrowser({}, async (tab) => {
  await tab.click('#typing summary');
  await tab.fill('input[name=uri]', `https://${stranger}${units.label}`);
  await tab.press('input[name=uri]', 'Enter');
  await tab.locator('#stranger').waitFor();
  assert.match(await tab.innerText('#fault-uri'), /不是本平台的标签/);
  await tab.fill('input[name=uri]', `(01)${typed.gtin.padStart(14, '0')}(10)${typed.lot}(21)${typed.serial}`);
  await tab.press('input[name=uri]', 'Enter');
  await shows(tab, units.label);
}));

test('without JavaScript there is a form', () => inBrowser({ javaScriptEnabled: false }, async (tab) => {
  assert.match(await tab.innerText('noscript'), /JavaScript/);
  assert.ok(!await tab.isVisible('#open') && !await tab.isVisible('#photos'));
  await tab.fill('input[name=serial]', '123');
  await tab.locator('form').last().getByRole('button').click();
  assert.match(await tab.innerText('main'), /请填写商品条码[^]*编码应是 20 位/);
  await tab.fill('input[name=gtin]', typed.gtin);
  await tab.fill('input[name=lot]', typed.lot);
  await tab.fill('input[name=serial]', typed.serial.replaceAll('0', 'O').replaceAll('1', 'I'));
  await tab.locator('form').last().getByRole('button').click();
  await shows(tab, units.label);
}));

for (const locale of ['zh-CN', 'en']) {
  for (const width of [320, 360]) {
    for (const colorScheme of ['light', 'dark']) {
      test(`the page is accessible at ${width} px, ${colorScheme}, in ${locale}`, () => inBrowser({ locale, colorScheme, viewport: { width, height: 780 } }, async (tab) => {
        await tab.click('#typing summary');
        await accessible(tab);
        await picture(tab, `${width}-${colorScheme}-${locale}`);
        await tab.goto(`${origin}/?serial=1`);
        assert.equal(await tab.getAttribute('html', 'lang'), locale);
        await accessible(tab);
        await picture(tab, `typed-${width}-${colorScheme}-${locale}`);
      }));
    }
  }
}
