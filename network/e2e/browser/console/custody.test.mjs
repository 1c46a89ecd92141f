// Goods move by scanning: a hand scanner's fifty codes, doubles, the one key that undoes, and a network that is gone.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { api, cases, clean, desk, end, go, languages, open, phone } from './kit.mjs';

after(end);

const words = {
  'zh-CN': { sent: '已入账', double: '重复', right: '正确', capitals: '全部变成了大写' },
  en: { sent: 'on the ledger', double: 'Double', right: 'Right', capitals: 'All letters became capitals' },
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
    await page.locator('button.ant-btn-primary').last().click();
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
}
