// An owner's way in a real browser: claims a unit by its PIN, keeps the link,
// passes the item on, and reports it stolen; on narrow phones, in the dark, and
// without JavaScript.
//
// CASES is JSON, {url, pin, other: {url, pin}, third: {url, pin}}: pages of units on sale, with their
// PINs. SCREENSHOTS, where set, is a folder that receives pictures.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { launch } from './chromium.mjs';

const { url, pin, other, third } = JSON.parse(process.env.CASES);
let browser;

before(async () => { browser = await launch(); });
after(() => browser?.close());

// phone opens a context that notes every request whose address or body holds what it must not.
async function phone(options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, locale: 'zh-CN', ...options });
  const sent = [];
  context.on('request', (r) => sent.push(`${r.url()} ${r.postData() ?? ''} ${JSON.stringify(r.headers())}`));
  const tab = await context.newPage();
  const errors = [];
  tab.on('console', (m) => { if (m.type() === 'error' && !/40[39]|429/.test(m.text())) errors.push(m.text()); });
  tab.on('pageerror', (e) => errors.push(String(e)));
  return { context, tab, sent, errors };
}

const picture = async (tab, name) => process.env.SCREENSHOTS &&
  tab.screenshot({ path: join(process.env.SCREENSHOTS, `owner-${name}.png`), fullPage: true });

async function sound(tab, name) {
  for (const width of [320, 360]) {
    await tab.setViewportSize({ width, height: 780 });
    const over = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${name}: pixels of horizontal scrolling at ${width}`);
  }
  for (const colorScheme of ['light', 'dark']) {
    await tab.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page: tab }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`), [], `${name} in ${colorScheme}`);
    await picture(tab, `${name}-${colorScheme}`);
  }
  await tab.emulateMedia({ colorScheme: 'light' });
}

const secretOf = (link) => /#([\w-]{43})\/01\//.exec(link)[1];

test('an owner claims, keeps the link, passes on and reports', async () => {
  const ann = await phone({ userAgent: 'Mozilla/5.0 (Linux; Android 15; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36' });
  await ann.tab.goto(url);
  await ann.tab.waitForLoadState('networkidle');
  await sound(ann.tab, 'form');

  await ann.tab.fill('#owner input[name=pin]', '0000-0000');
  await ann.tab.click('#owner form button');
  await ann.tab.waitForSelector('#owner .alarm');
  assert.match(await ann.tab.innerText('#owner .alarm'), /还可以试 4 次/);
  await sound(ann.tab, 'wrong');

  await ann.tab.fill('#owner input[name=pin]', pin.toLowerCase());
  await ann.tab.click('#owner form button');
  await ann.tab.waitForSelector('#owner .keep', { timeout: 60000 });
  const link = await ann.tab.innerText('#owner .keep code');
  assert.equal(await ann.tab.locator('a[href="#owner"], #owner form').count(), 0, 'nothing asks for a claim any more');
  await sound(ann.tab, 'kept');
  const [saved] = await Promise.all([ann.tab.waitForEvent('download'), ann.tab.click('#owner .qr')]);
  assert.equal(saved.suggestedFilename(), 'owner.png');
  assert.equal(execFileSync('zbarimg', ['-q', '--raw', await saved.path()], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(), link, 'the picture holds the link');
  await ann.tab.reload();
  await ann.tab.waitForSelector('#owner .keep');
  assert.equal(await ann.tab.innerText('#owner .keep code'), link, 'the link is still in this tab');
  assert.equal(await ann.tab.getAttribute('body', 'class'), 'genuine', 'nothing speaks against it to its owner');
  assert.match(await ann.tab.textContent('main'), /登记在您名下/);
  assert.doesNotMatch(await ann.tab.innerText('main'), /请谨慎|请与卖家核实|刮开/);
  await ann.tab.waitForSelector('#review:not([hidden])');
  await sound(ann.tab, 'mine');

  const buyer = await phone({ locale: 'en' });
  await buyer.tab.goto(url);
  assert.match(await buyer.tab.innerText('main'), /claimed by its first owner on/);
  assert.equal(await buyer.tab.getAttribute('body', 'class'), 'caution', 'to everybody else the verdict stays');
  assert.equal(await buyer.tab.locator('#owner form').count(), 0);
  await buyer.tab.waitForLoadState('networkidle');
  await buyer.context.close();

  await ann.tab.goto(link);
  await ann.tab.waitForSelector('#mine:not([hidden])');
  await sound(ann.tab, 'page');
  await ann.tab.click('#pass .start');
  await picture(ann.tab, 'pass');
  await ann.tab.click('#pass .cancel');
  assert.ok(await ann.tab.isHidden('#pass .confirm'));
  await ann.tab.click('#pass .start');
  await ann.tab.click('#pass .confirm');
  await ann.tab.waitForSelector('#keep .keep', { timeout: 60000 });
  const handed = await ann.tab.innerText('#keep code');
  await sound(ann.tab, 'passed');
  assert.notEqual(secretOf(handed), secretOf(link));

  await ann.tab.goto(url);
  await ann.tab.waitForSelector('.mine');
  assert.match(await ann.tab.innerText('.advice'), /您于 .* 在这台设备上登记/, 'the first owner, who is none any more');
  assert.equal(await ann.tab.getAttribute('body', 'class'), 'caution');
  const old = await phone();
  await old.tab.goto(link);
  await old.tab.waitForSelector('.alarm');
  assert.match(await old.tab.innerText('#says'), /旧链接就不能再用/);
  assert.ok(await old.tab.isHidden('#mine'));
  await old.context.close();

  const bo = await phone();
  await bo.tab.goto(handed);
  await bo.tab.waitForSelector('#renew:not([hidden])');
  await sound(bo.tab, 'handed');
  await bo.tab.click('#renew .confirm');
  await bo.tab.waitForSelector('#keep .keep', { timeout: 60000 });
  const mine = await bo.tab.innerText('#keep code');
  await bo.tab.goto('about:blank');
  await bo.tab.goto(mine);
  await bo.tab.waitForSelector('#mine:not([hidden])');
  await bo.tab.click('#report .start');
  await bo.tab.click('#report .confirm');
  await bo.tab.waitForSelector('#found:not([hidden])', { timeout: 60000 });
  const told = await bo.context.newPage();
  await told.goto(url);
  assert.match(await told.innerText('h1'), /您已报告失窃/);
  await told.waitForLoadState('networkidle');
  await told.close();
  await sound(bo.tab, 'stolen');

  const shop = await phone();
  await shop.tab.goto(url);
  assert.equal(await shop.tab.getAttribute('body', 'class'), 'stop');
  assert.match(await shop.tab.innerText('main'), /它的所有者已于/);
  await shop.tab.waitForLoadState('networkidle');
  await shop.context.close();

  await bo.tab.click('#found .confirm');
  await bo.tab.waitForSelector('#report:not([hidden])', { timeout: 60000 });

  for (const person of [ann, bo]) {
    assert.deepEqual(person.errors, [], 'errors in the console');
    for (const secret of [link, handed, mine].map(secretOf)) {
      assert.deepEqual(person.sent.filter((r) => r.includes(secret)), [], 'a secret left the phone');
    }
    await person.context.close();
  }
});

test('without JavaScript a claim takes two steps', async () => {
  const { context, tab } = await phone({ javaScriptEnabled: false, locale: 'en' });
  await tab.goto(other.url);
  await tab.fill('#owner input[name=pin]', other.pin);
  await tab.click('#owner form button');
  const link = await tab.getAttribute('a.hash', 'href');
  assert.match(link, /^\/owner#[\w-]{43}\/01\//);
  await picture(tab, 'nojs-keep');
  await tab.click('form button');
  assert.match(await tab.innerText('h1'), /first owner/);
  await picture(tab, 'nojs-done');
  await context.close();

  const later = await phone();
  await later.tab.goto(new URL(link, other.url).href);
  await later.tab.waitForSelector('#mine:not([hidden])');
  await later.context.close();
});

test('an answer that is lost takes nothing with it', async () => {
  const { context, tab } = await phone();
  await tab.goto(third.url);
  let lost = 0;
  await context.route('**/api/v1/activations', async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await tab.fill('#owner input[name=pin]', third.pin);
  await tab.click('#owner form button');
  await tab.waitForSelector('#owner .keep', { timeout: 60000 });
  assert.ok(lost > 1, 'it was sent again');
  await tab.goto(await tab.innerText('#owner .keep code'));
  await tab.waitForSelector('#mine:not([hidden])');
  await context.close();
});
