// What every journey through the console needs. A journey is a file NAME.test.mjs here and a test in ../../console_NAME_test.go
// that calls consoleJourney(t, 'NAME', cases). By hand, against a running system:
//
//   CASES='{"gateway": "http://localhost:8080", "keys": {"producer": "..."}}' node --test console/shell.test.mjs
//
// SCREENSHOTS, where set, is a folder for a picture of every page that `clean` looks at.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { launch } from '../chromium.mjs';

export const cases = JSON.parse(process.env.CASES);
export const languages = ['zh-CN', 'en'];

// textsOf gives the console's own words for an area, so that a journey need not repeat them.
export const textsOf = (language, area) =>
  JSON.parse(readFileSync(new URL(`../../../../merchant-portal/console/src/texts/${language}/${area}.json`, import.meta.url), 'utf8'));
export const desk = { width: 1280, height: 800 };
export const phone = { width: 360, height: 740 };

let browser;

// open gives a tab of somebody who works in a role ('producer'), or of nobody in particular where `role` is missing. What goes wrong
// in the page is collected in `errors`, except for what `expected` (a regular expression) matches; what breaks the page's
// content security policy always is. close() asserts that there is nothing. `address` is where he comes from: few may sign up from one.
// `film` is what his camera sees, over and over, in a browser of its own.
export async function open({ role, key = cases.keys[role], language = 'zh-CN', dark = false, viewport = desk, expected, address, film, ...more } = {}) {
  const own = film && await launch('--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`);
  if (!own) browser ??= await launch();
  const context = await (own || browser).newContext({
    viewport, locale: language, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce', baseURL: cases.gateway,
    acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'],
    extraHTTPHeaders: { ...(key && { Authorization: `Bearer ${key}` }), ...(address && { 'X-Forwarded-For': address }) }, ...more,
  });
  context.setDefaultTimeout(60_000); // a busy machine is no fault
  const errors = [];
  await context.exposeBinding('refusedByPolicy', (_, what) => errors.push(what));
  await context.addInitScript(() => addEventListener('securitypolicyviolation', (e) =>
    globalThis.refusedByPolicy(`${e.effectiveDirective} refused ${e.blockedURI} at ${e.documentURI} (${e.sourceFile}:${e.lineNumber}:${e.columnNumber}) ${e.sample}`)));
  const page = await context.newPage();
  page.on('console', (m) => { if (m.type() === 'error' && !expected?.test(m.text())) errors.push(m.text()); });
  page.on('pageerror', (e) => errors.push(e.message));
  const close = async () => {
    await context.close();
    await own?.close();
    assert.deepEqual(errors, []);
  };
  return { page, context, errors, close };
}

// end closes the browser: `after(end)`.
export async function end() {
  await browser?.close();
  browser = undefined;
}

// settled waits until a page has loaded what it shows. Playwright calls no page idle whose frame was led on from page to page: `framed`.
export async function settled(page, { framed = false } = {}) {
  if (!framed) await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('[aria-busy=true], .ant-skeleton, .ant-spin-spinning'));
}

// go opens an address and waits for its page.
export async function go(page, path) {
  await page.goto(path);
  await settled(page);
}

// clean asserts that a page has no fault that axe finds, does not scroll sideways, and says what will stand on the ledger before the
// button that writes it; and takes its picture where asked to.
export async function clean(page, name, how) {
  await settled(page, how);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`).join('; ')}`), [], `${name}: ${page.url()}`);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${name} scrolls sideways`);
  assert.deepEqual(await page.evaluate(hasty), [], `${name}: a button comes before what it will write`);
  assert.deepEqual(await page.evaluate(twice), [], `${name}: a main button is there twice`);
  if (!process.env.SCREENSHOTS) return;
  mkdirSync(process.env.SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(process.env.SCREENSHOTS, `console-${name}.png`), fullPage: true });
}

// hasty finds the buttons that write to the ledger and come before what will stand there.
function hasty() {
  return [...document.querySelectorAll('[data-stands]')].flatMap((stands) => [...document.querySelectorAll(`button[aria-describedby="${stands.id}"]`)]
    .filter((button) => !(stands.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING)).map((button) => button.innerText));
}

// twice finds the buttons of a page's head that stand in the page as well, as those of a list that is empty.
function twice() {
  const name = (e) => e.innerText.trim();
  const head = document.querySelector('#main h1')?.closest('.spread');
  const here = [...head?.querySelectorAll('a, button') ?? []].map(name).filter(Boolean);
  return [...document.querySelectorAll('#main .button.primary, #main .ant-btn-primary')].filter((e) => !head?.contains(e) && e.checkVisibility() && here.includes(name(e))).map(name);
}

const downloads = mkdtempSync(join(tmpdir(), 'console-'));

// downloaded presses a button and keeps what comes of it.
export async function downloaded(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const file = join(downloads, download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

// Everything on a page that can be used with the mouse. Entries of one menu, tabs of one row and options of one choice are reached
// with the arrow keys from the one that Tab reaches.
const usable = 'a[href], button:not([disabled]), input:not([disabled]):not([type=hidden]), select, textarea, [tabindex="0"]';

// keyboard walks with Tab through a page and asserts that everything that can be used is reached.
export async function keyboard(page) {
  await page.evaluate((selector) => {
    document.activeElement?.blur();
    const seen = (e) => e.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true }) && e.getClientRects().length > 0;
    const roving = (e) => e.closest('[role=tablist], [role=menu], [role=radiogroup], [role=listbox], [aria-hidden=true], [inert]') || e.tabIndex < 0;
    for (const e of document.querySelectorAll(selector)) if (seen(e) && !roving(e)) e.dataset.unreached = '';
  }, usable);
  const most = 40 + await page.locator('[data-unreached]').count() * 2;
  for (let i = 0; i < most && await page.locator('[data-unreached]').count() > 0; i++) {
    await page.keyboard.press('Tab');
    await page.evaluate(() => { delete document.activeElement?.dataset.unreached; });
  }
  const left = await page.locator('[data-unreached]').evaluateAll((all) => all.map((e) => e.outerHTML.slice(0, 160)));
  assert.deepEqual(left, [], 'not reached by the keyboard alone');
}

// until asks again and again, for a minute at most, until something that happens elsewhere is so.
export async function until(what) {
  for (const end = Date.now() + 60_000; !await what();) {
    assert.ok(Date.now() < end, `not within a minute: ${what}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

// api calls the gateway for somebody, beside the browser: for what others do in a journey.
export async function api(role, method, path, body, key = cases.keys[role]) {
  const answer = await fetch(cases.gateway + path, {
    method, body: body === undefined ? undefined : JSON.stringify(body),
    headers: { Authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}
