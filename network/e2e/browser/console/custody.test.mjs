// Goods move by scanning: a hand scanner's fifty codes, doubles, the one key that undoes, and a network that is gone.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { api, cases, clean, desk, end, go, languages, open, phone, until } from './kit.mjs';

after(end);

const words = {
  'zh-CN': { sent: '已入账', double: '重复', right: '正确', capitals: '全部变成了大写', receive: '签收所扫', part: '部分签收', received: '已签收', sell: '登记销售', accept: '接受提议', undo: '撤销', reason: '原因', fresh: '取一个新箱号', pack: '封箱', opened: '已拆', unpack: '拆箱', camera: '用摄像头扫码' },
  en: { sent: /(is|are) on the ledger/, double: 'Double', right: 'Right', capitals: 'All letters became capitals', receive: 'Sign for these', part: 'Partly received', received: 'Received', sell: 'Book as sold', accept: 'Accept the fix', undo: 'Undo', reason: 'Reason', fresh: 'New number', pack: 'Close the box', opened: 'Opened', unpack: 'Open the box', camera: 'Scan with the camera' },
};

// scan types a code as a hand scanner does: all at once, then Enter.
async function scan(page, code) {
  await page.keyboard.insertText(code);
  await page.keyboard.press('Enter');
}

// scanFast types codes in the page itself, letter by letter with no time between, drawing after each code. It gives the seconds that
// the page's own thread worked, which other work on the machine does not lengthen.
async function scanFast(page, codes) {
  const session = await page.context().newCDPSession(page);
  const worked = async () => (await session.send('Performance.getMetrics')).metrics.find((m) => m.name === 'TaskDuration').value;
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await worked();
  await page.evaluate(async (all) => {
    const field = document.activeElement;
    for (const code of all) {
      for (const letter of code) document.execCommand('insertText', false, letter);
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      await new Promise(requestAnimationFrame);
    }
  }, codes);
  return (await worked()) - before;
}

const counted = (page, n) => page.waitForFunction((want) => document.querySelector('[data-testid=count]')?.textContent?.includes(String(want)), n);

for (const [i, language] of languages.entries()) {
  const w = words[language];
  const units = cases.units.slice(i * 52, i * 52 + 52);

  test(`fifty codes are fifty codes, once each, and one key undoes the last, in ${language}`, async (t) => {
    const { page, close } = await open({ role: 'producer', language, viewport: desk });
    await go(page, '/custody/sell');
    await page.locator('input:focus').waitFor();
    const took = await scanFast(page, units.slice(0, 48).map((u) => u.uri));
    t.diagnostic(`48 codes kept the page busy for ${took.toFixed(2)} s`);
    assert.ok(took < 9.6, `48 codes kept the page busy for ${took} s`);
    for (const u of units.slice(48, 50)) await scan(page, u.uri);
    await counted(page, 50);
    await scan(page, units[3].serial);
    await page.getByText(w.double).waitFor();
    await counted(page, 50);
    await page.keyboard.press('Backspace');
    await counted(page, 49);
    await page.reload(); // kept on the device
    await counted(page, 49);
    await clean(page, `custody-sell-${language}`);
    await close();
  });

  test(`what is sent without a network arrives when it is back, once, in ${language}`, async () => {
    const { page, close } = await open({ role: 'producer', language, viewport: phone, expected: /ERR_INTERNET_DISCONNECTED/ });
    await go(page, '/custody/sell');
    await page.context().setOffline(true);
    for (const u of units.slice(50, 52)) await scan(page, u.uri);
    await counted(page, 2);
    await page.locator('button.primary').last().click();
    await page.locator('section .ant-alert-warning').waitFor();
    await clean(page, `custody-outbox-${language}`);
    await page.context().setOffline(false);
    await page.getByText(w.sent).waitFor({ timeout: 60_000 });
    const { items } = await api('producer', 'POST', '/api/v1/units/resolve', { codes: units.slice(50, 52).map((u) => u.uri) });
    assert.deepEqual(items.map((x) => x.unit.holding.state), ['sold', 'sold']);
    await close();
  });

  test(`the last six characters find a unit, and a scanner's settings are told, in ${language}`, async () => {
    const { page, close } = await open({ role: 'producer', language, viewport: phone });
    await go(page, '/custody/find');
    await scan(page, units[1].serial.slice(-6));
    await page.getByText(cases.lot).first().waitFor();
    await clean(page, `custody-find-${language}`);
    await go(page, '/custody/scanner');
    await scan(page, 'TS1:ABCDEF');
    await page.getByText(w.capitals).waitFor();
    await scan(page, 'TS1:AbCdEf');
    await page.getByText(w.right, { exact: true }).waitFor();
    await clean(page, `custody-scanner-${language}`);
    await go(page, '/custody');
    await clean(page, `custody-${language}`);
    await close();
  });

  const few = cases.units.slice(104 + i * 8, 112 + i * 8);
  const codes = (all) => all.map((u) => u.uri);
  const states = async (role, all) => (await api(role, 'POST', '/api/v1/units/resolve', { codes: codes(all) })).items.map((x) => x.unit?.holding?.state);

  test(`a receipt in parts, over a tab that was closed in the middle, in ${language}`, async () => {
    const { party } = await api('seller', 'GET', '/api/v1/me');
    const { id } = await api('producer', 'POST', '/api/v1/shipments', { to: party, codes: codes(few.slice(0, 4)) });
    const { page, context, close } = await open({ role: 'seller', language, viewport: phone });
    await context.addInitScript(() => {
      globalThis.tones = 0;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function counted(...when) { globalThis.tones++; return start.apply(this, when); };
    });
    await go(page, `/custody/receive/${id}`);
    await page.locator('input:focus').waitFor();
    for (const u of few.slice(0, 2)) await scan(page, u.uri);
    await counted(page, 2);
    assert.equal(await page.evaluate(() => globalThis.tones), 2, 'one sound for each code');
    await page.close();
    const again = await context.newPage();
    await go(again, `/custody/receive/${id}`);
    await counted(again, 2);
    await again.locator('input:focus').waitFor();
    await scan(again, few[0].uri);
    await again.getByText(w.double).waitFor();
    await counted(again, 2);
    assert.equal(await again.evaluate(() => globalThis.tones), 2, 'a low sound, twice, for a double');
    await again.getByRole('button', { name: w.receive, exact: true }).click();
    await again.getByText(w.part).waitFor();
    await clean(again, `custody-receive-part-${language}`);
    assert.equal((await api('seller', 'GET', `/api/v1/shipments/${id}`)).state, 'partly_received');
    for (const u of few.slice(2, 4)) await scan(again, u.uri);
    await counted(again, 2);
    await again.getByRole('button', { name: w.receive, exact: true }).click();
    await again.getByText(w.received, { exact: true }).waitFor();
    assert.deepEqual(await states('seller', few.slice(0, 4)), ['held', 'held', 'held', 'held']);
    await go(again, `/custody/shipments/${id}`);
    await clean(again, `custody-shipment-${language}`);
    await close();
  });

  test(`a wrong sale is undone, and what a till refuses is a case that both sides see, in ${language}`, async () => {
    const { page, close } = await open({ role: 'seller', language, viewport: phone, expected: /409/ }); // the till's refusal
    const sell = async (u) => {
      await go(page, '/custody/sell');
      await page.locator('input:focus').waitFor();
      await scan(page, u.uri);
      await counted(page, 1);
      await page.getByRole('button', { name: w.sell, exact: true }).click();
    };
    await sell(few[0]);
    await page.getByText(w.sent).waitFor();
    await go(page, `/batches/${cases.gtin}/${cases.lot}`);
    await page.getByRole('button', { name: w.undo, exact: true }).first().click();
    await page.getByRole('textbox', { name: w.reason }).fill(language);
    await page.getByRole('button', { name: w.undo, exact: true }).first().click(); // now the form's own
    await until(async () => (await states('seller', few.slice(0, 1)))[0] === 'held');

    await api('seller', 'POST', '/api/v1/sales', { codes: codes(few.slice(1, 2)) });
    await sell(few[1]);
    await page.locator('section .ant-alert-error').waitFor();
    await clean(page, `custody-refused-${language}`);
    await page.locator('section .ant-alert-error a[href*="/custody/cases/"]').click();
    await page.waitForURL(/custody\/cases\/[A-Z0-9]+/);
    await clean(page, `custody-case-${language}`);
    const where = new URL(page.url()).pathname;
    const other = await open({ role: 'producer', language });
    await go(other.page, '/custody/cases');
    await other.page.locator(`a[href="${where}"]`).first().click();
    await other.page.waitForURL((url) => url.pathname === where);
    await clean(other.page, `custody-case-answer-${language}`);
    await other.page.getByRole('button', { name: w.accept, exact: true }).click();
    await until(async () => (await api('seller', 'GET', `/api/v1${where.replace('/custody', '')}`)).answer?.accept === true);
    await other.close();
    await close();
  });

  test(`a box is packed, labelled and opened again, in ${language}`, async () => {
    const { page, close } = await open({ role: 'producer', language, viewport: desk, deviceScaleFactor: 2 });
    await go(page, '/custody/pack');
    await page.getByRole('button', { name: w.fresh, exact: true }).click();
    const sscc = await page.locator('#sscc').inputValue();
    await page.getByRole('textbox', { name: /6|six/ }).focus();
    for (const u of few.slice(4, 6)) await scan(page, u.uri);
    await counted(page, 2);
    await page.getByRole('button', { name: w.pack, exact: true }).click();
    const label = page.getByTestId('sscc-label');
    await label.waitFor();
    await page.getByText(w.sent).waitFor();
    await clean(page, `custody-packed-${language}`);
    await label.screenshot({ path: join(cases.folder, `sscc-${sscc}.png`) });
    await go(page, `/custody/containers/${sscc}`);
    await label.waitFor();
    await clean(page, `custody-container-${language}`);
    await page.getByRole('button', { name: w.unpack, exact: true }).click();
    await page.getByText(w.opened, { exact: true }).first().waitFor(); // its state; when is told below
    assert.deepEqual(await states('producer', few.slice(4, 6)), ['held', 'held']);
    await close();
  });

  test(`a phone's camera reads labels, each once, in ${language}`, { skip: !cases.seen?.length && 'without films' }, async () => {
    const { film, serial } = cases.seen[i];
    const { page, close } = await open({ role: 'producer', language, viewport: phone, film, permissions: ['camera'] });
    await go(page, '/custody/sell');
    await page.getByRole('button', { name: w.camera }).click();
    await counted(page, 1);
    await page.getByText(serial.slice(-6)).waitFor();
    await clean(page, `custody-camera-${language}`);
    await counted(page, 1);
    await close();
  });
}
