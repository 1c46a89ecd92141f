// The shopper's pages in a real browser: every verdict, on phones, a tablet and
// a desk, in both languages, by day and by night, without JavaScript, on paper.
//
// CASES is JSON, [{name, url, verdict, text, first}]: text is what the page must
// say in each language, first what it says to whoever comes first. SCREENSHOTS,
// where set, is a folder that receives a picture of each.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { launch } from './chromium.mjs';

const pages = JSON.parse(process.env.CASES);
const languages = ['zh-CN', 'en'];
const widths = [320, 360, 768, 1280];
const firstResponse = 30 * 1024;
let browser;

before(async () => { browser = await launch(); });
after(() => browser?.close());

// open also notes what must not happen: requests to another host, and anything
// that the policy refuses or a script trips over.
async function open(page, options) {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, ...options });
  const tab = await context.newPage();
  const foreign = [], errors = [];
  tab.on('request', (r) => { if (new URL(r.url()).origin !== new URL(page.url).origin) foreign.push(r.url()); });
  tab.on('console', (m) => { if (m.type() === 'error') errors.push(m.text()); });
  tab.on('pageerror', (e) => errors.push(String(e)));
  const response = await tab.goto(page.url);
  await tab.waitForLoadState('networkidle');
  const clean = () => {
    assert.deepEqual(foreign, [], 'requests to somebody else');
    // A page that cannot be had now is a 503, of which the browser tells.
    assert.deepEqual(errors.filter((e) => !e.includes('status of 503')), [], 'errors in the console');
  };
  return { context, tab, response, clean };
}

const overflow = (tab) => tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function accessible(tab) {
  const { violations } = await new AxeBuilder({ page: tab }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`), []);
}

async function picture(tab, name) {
  if (process.env.SCREENSHOTS) await tab.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
}

for (const page of pages) {
  // First of all, for a page with its script confirms a scan.
  for (const locale of languages) {
    test(`${page.name} says it without JavaScript, in ${locale}`, async () => {
      const { context, tab, clean } = await open(page, { javaScriptEnabled: false, locale });
      const words = await tab.innerText('body');
      for (const text of [page.text[locale], page.first?.[locale] ?? '']) assert.ok(words.includes(text), `"${text}" is not in: ${words}`);
      clean();
      await context.close();
    });
  }

  test(`${page.name} comes in one small response`, async () => {
    const { context, response } = await open(page);
    const { responseBodySize, responseHeadersSize } = await response.request().sizes();
    assert.equal(await response.headerValue('content-encoding'), 'gzip');
    assert.equal(await response.headerValue('cache-control'), 'no-store');
    assert.ok(responseBodySize + responseHeadersSize < firstResponse, `${responseBodySize} bytes`);
    await context.close();
  });

  for (const locale of languages) {
    for (const colorScheme of ['light', 'dark']) {
      test(`${page.name} is for everybody in ${locale}, ${colorScheme}`, async () => {
        const { context, tab, clean } = await open(page, { locale, colorScheme, reducedMotion: 'reduce' });
        assert.equal(await tab.getAttribute('html', 'lang'), locale);
        assert.equal(await tab.getAttribute('body', 'class'), page.verdict);
        assert.ok((await tab.innerText('body')).includes(page.text[locale]));
        await picture(tab, `${page.name}-${locale}-${colorScheme}`);
        const fits = async () => {
          for (const width of widths) {
            await tab.setViewportSize({ width, height: 780 });
            assert.equal(await overflow(tab), 0, `pixels of horizontal scrolling at ${width} px`);
          }
        };
        await fits();
        await tab.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
        await fits();
        await accessible(tab);
        clean();
        await context.close();
      });
    }
  }

  test(`${page.name} fits a sheet of paper`, async () => {
    for (const locale of languages) {
      const { context, tab } = await open(page, { locale, colorScheme: 'dark' });
      const pdf = (await tab.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
      assert.equal(pdf.match(/\/Type\s*\/Page\b/g)?.length, 1, `sheets in ${locale}`);
      await tab.emulateMedia({ media: 'print' });
      const shown = await tab.evaluate(() => ({
        colours: [...document.querySelectorAll('main *')].filter((e) => e.checkVisibility()).map((e) => getComputedStyle(e).color),
        paper: getComputedStyle(document.body).backgroundColor,
        pressable: [...document.querySelectorAll('form, button, nav')].filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).length,
        text: document.body.innerText,
      }));
      assert.deepEqual([...new Set(shown.colours)], ['rgb(0, 0, 0)']);
      assert.equal(shown.paper, 'rgb(255, 255, 255)');
      assert.equal(shown.pressable, 0, 'things to press, on paper');
      assert.match(shown.text, locale === 'en' ? /Checked on \d/ : /核验时间 \d/);
      if (page.verdict !== 'not_recognised') assert.match(shown.text.toUpperCase(), /\/01\/\d{14}\/10\//, 'the address');
      await context.close();
    }
  });
}

// Below the tick: who signed what about this item, and when, by the names that people know them by; and, for
// whoever asks how the page knows, what that shows and by whom one could still be deceived.
const below = {
  'zh-CN': {
    sentence: /^已在您的手机上核对：(.+)和(.+)于 \d\d:\d\d 就这件商品签署的记录$/,
    told: ['怎么知道的？', '各自保存着这件商品的记录', '只改动其中一家的记录', '两家合谋', '手中的商品是不是当初'],
  },
  en: {
    sentence: /^Checked on your phone: what (.+) and (.+) signed about this item at \d\d:\d\d$/,
    told: ['How do I know?', 'Separate organisations each keep the records', 'cannot make the line above appear', 'two that lie together could', 'Whether the item in hand'],
  },
};

for (const page of pages.filter((p) => p.verdict === 'genuine')) {
  for (const locale of languages) {
    test(`${page.name}: the sentence below the tick is read on a phone, in ${locale}`, async () => {
      const { context, tab, clean } = await open(page, { locale });
      const sentence = tab.locator('.band .proved');
      await sentence.waitFor();
      const [, ...names] = below[locale].sentence.exec(await sentence.innerText()) ?? assert.fail(await sentence.innerText());
      for (const name of names) assert.doesNotMatch(name, /MSP/, 'a name that only the network has');
      for (const width of [320, 360]) {
        await tab.setViewportSize({ width, height: 640 });
        const { x, y, width: wide, height } = await sentence.boundingBox();
        assert.ok(x >= 0 && x + wide <= width && y + height <= 640, `at ${width} px it is not on the first screen: ${y + height}`);
        assert.ok(await sentence.evaluate((e) => parseFloat(getComputedStyle(e).fontSize)) >= 14, 'too small to read');
      }
      await tab.locator('#proof summary').click();
      const told = await tab.locator('#proof').innerText();
      for (const text of below[locale].told) assert.ok(told.includes(text), `"${text}" is not in: ${told}`);
      clean();
      await context.close();
    });
  }
}

for (const page of pages.filter((p) => p.url.includes('?'))) {
  test(`${page.name}: the keyboard reaches the content first, then the language, and keeps what was asked`, async () => {
    const { context, tab } = await open(page, { locale: 'zh-CN' });
    await tab.keyboard.press('Tab');
    assert.equal(await tab.evaluate(() => document.activeElement.getAttribute('href')), '#main');
    assert.notEqual(await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
    await tab.click('nav a[lang=en]');
    assert.equal(await tab.getAttribute('html', 'lang'), 'en');
    assert.ok((await tab.innerText('body')).includes(page.text.en), 'the question is another one now');
    await context.close();
  });
}
