// What does not fit: more than was sent, less, damage, a code that nobody knows, a receipt that was booked wrongly, a shipment that is
// taken back or closed. Each is read before it is signed, and half of it is done by keyboard alone.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { api, cases, clean, desk, end, go, keyboard, languages, open, phone, textsOf, until } from './kit.mjs';

after(end);

const seller = await api('seller', 'GET', '/api/v1/me');
const ship = async (units) => (await api('producer', 'POST', '/api/v1/shipments', { to: seller.party, codes: units.map((u) => u.uri) })).id;
const shipment = (role, id) => api(role, 'GET', `/api/v1/shipments/${id}`);
const countOf = (s, condition) => (s.receipt ?? []).filter((l) => l.condition === condition).reduce((sum, l) => sum + l.count, 0);
const caseOf = async (id, cause) => (await api('producer', 'GET', `/api/v1/cases?shipment=${id}`)).items.find((c) => c.cause === cause);
const holders = async (role, units) => (await api(role, 'POST', '/api/v1/units/resolve', { codes: units.map((u) => u.uri) })).items.map((x) => x.unit?.holding?.party);

const counted = (page, n) => page.waitForFunction((want) => document.querySelector('[data-testid=count]')?.textContent?.includes(String(want)), n);

// scan types codes as a hand scanner does, and waits until each was looked up.
async function scan(page, codes) {
  await page.locator('input:focus').waitFor();
  const before = await page.locator('ol.scanned > li').count();
  for (const code of codes) {
    await page.keyboard.insertText(code);
    await page.keyboard.press('Enter');
  }
  await counted(page, before + codes.length);
}

// reads asserts that what will stand on the ledger is said with all of these words before it is signed.
async function reads(page, operation, ...wanted) {
  const preview = page.locator(`[data-stands=${operation}]`).last();
  for (const text of wanted) await preview.getByText(text, { exact: false }).first().waitFor();
}

// filled puts values into one of the console's texts.
const filled = (text, values) => text.replace(/\{\{(\w+)(, number)?\}\}/g, (_, name) => values[name]);

// press moves to a button with Tab alone and presses it.
async function press(page, name) {
  const button = page.getByRole('button', { name, exact: true }).last();
  await button.waitFor();
  for (let i = 0; i < 80 && !(await button.evaluate((b) => b === document.activeElement)); i++) await page.keyboard.press('Tab');
  assert.ok(await button.evaluate((b) => b === document.activeElement), `Tab does not reach ${name}`);
  await page.keyboard.press('Enter');
}

const choose = async (page, box, text) => {
  await page.getByRole('combobox', { name: box }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: text }).first().click();
};

for (const [i, language] of languages.entries()) {
  const say = textsOf(language, 'custody');
  const stands = textsOf(language, 'stands');
  const units = cases.units.slice(i * 20, i * 20 + 20);

  test(`more than was sent is withheld, and the sender lets it be booked, in ${language}`, async () => {
    const id = await ship(units.slice(0, 2));
    const { page, close } = await open({ role: 'seller', language, viewport: phone });
    await go(page, `/custody/receive/${id}`);
    await scan(page, units.slice(0, 3).map((u) => u.uri));
    await reads(page, 'receive', id, /3 /);
    await page.getByRole('button', { name: say.send.receive, exact: true }).click();
    await until(async () => !!await caseOf(id, 'extra_units'));
    await go(page, `/custody/shipments/${id}`);
    await page.getByRole('link', { name: say.cause.extra_units }).waitFor();
    await clean(page, `amends-over-${language}`);
    const sender = await open({ role: 'producer', language, viewport: desk });
    await go(sender.page, `/custody/shipments/${id}`);
    await sender.page.getByRole('link', { name: say.cause.extra_units }).click();
    await reads(sender.page, 'answerCase', say.fix.book_extra);
    await clean(sender.page, `amends-case-${language}`);
    await press(sender.page, say.cases.accept);
    await until(async () => (await holders('seller', units.slice(2, 3)))[0] === seller.party);
    await sender.close();
    await close();
  });

  test(`damage is noted, a code that nobody knows becomes a case, and the rest is closed as missing, in ${language}`, async () => {
    const id = await ship(units.slice(3, 6));
    const { page, close } = await open({ role: 'seller', language, viewport: phone });
    await go(page, `/custody/receive/${id}`);
    await scan(page, [units[3].uri, units[4].uri, 'NOBODYKNOWSTHIS']);
    await page.getByText(say.scan.notFound, { exact: true }).waitFor();
    assert.ok(await page.getByRole('button', { name: say.send.receive, exact: true }).isDisabled(), 'a code that is not recognised is sent');
    await clean(page, `amends-unknown-${language}`);
    await page.locator('ol.scanned').getByRole('link', { name: say.outbox.case }).click();
    await page.getByText(say.cause.unknown_code).first().waitFor();
    await choose(page, say.cases.fix, say.fix.recount);
    await page.getByRole('textbox', { name: say.cases.note }).fill(language);
    await reads(page, 'openCase', say.cause.unknown_code, say.fix.recount);
    await clean(page, `amends-new-case-${language}`);
    await press(page, say.cases.send);
    await page.waitForURL(/custody\/cases\/[A-Z0-9]+$/);
    await reads(page, 'withdrawCase', page.url().split('/').at(-1));
    await press(page, say.cases.withdraw);
    await page.getByText(say.caseStatus.withdrawn).first().waitFor();

    await go(page, `/custody/receive/${id}`); // what was scanned is still there
    await counted(page, 3);
    await page.locator('ol.scanned > li', { hasText: 'NOBODYKNOWSTHIS' }).getByRole('button').click();
    await page.locator('ol.scanned input[type=checkbox]').first().click();
    await page.locator('ol.scanned input[type=checkbox]:checked').waitFor(); // shown once the device has kept it
    await reads(page, 'receive', /2 /, stands.rest.open);
    await page.getByRole('button', { name: say.send.receive, exact: true }).click();
    await until(async () => countOf(await shipment('seller', id), 'damaged') === 1);

    await go(page, `/custody/shipments/${id}`);
    await press(page, say.mend.close);
    await reads(page, 'closeShipment', id, /1/, stands.mend.closeShipment);
    await page.locator('input:focus').waitFor();
    await page.keyboard.insertText(language);
    await clean(page, `amends-close-${language}`);
    await press(page, say.mend.close);
    await until(async () => countOf(await shipment('seller', id), 'missing') === 1);
    await page.getByText(say.shipment.received, { exact: true }).waitFor();
    await close();
  });

  test(`a receipt that was booked wrongly is amended by both sides, in ${language}`, async () => {
    const id = await ship(units.slice(6, 9));
    const receiver = await open({ role: 'seller', language, viewport: desk });
    await go(receiver.page, `/custody/receive/${id}`);
    await reads(receiver.page, 'receive', id);
    await receiver.page.getByRole('button', { name: say.receive.all, exact: true }).click();
    await until(async () => countOf(await shipment('seller', id), 'good') === 3);
    const sender = await open({ role: 'producer', language, viewport: phone });
    const propose = async () => {
      await go(receiver.page, `/custody/shipments/${id}`);
      await press(receiver.page, say.mend.amend);
      await choose(receiver.page, say.mend.line, cases.lot);
      await receiver.page.getByRole('spinbutton', { name: say.shipment.units }).fill('1');
      await choose(receiver.page, say.mend.condition, say.condition.damaged);
      await receiver.page.getByRole('textbox', { name: say.mend.reason }).fill(language);
      await reads(receiver.page, 'amendReceipt', id, `${say.condition.good} → ${say.condition.damaged}`);
      await clean(receiver.page, `amends-amend-${language}`);
      await press(receiver.page, say.mend.propose);
      await receiver.page.getByText(say.mend.waits).waitFor();
    };
    await propose();
    await go(sender.page, `/custody/shipments/${id}`);
    await reads(sender.page, 'answerAmendment', id);
    await press(sender.page, say.mend.refuse); // not without saying why
    await sender.page.getByText(say.cases.noteMissing).waitFor();
    await sender.page.getByRole('textbox', { name: say.cases.replyNote }).fill(language);
    await clean(sender.page, `amends-answer-${language}`);
    await press(sender.page, say.mend.refuse);
    await until(async () => !(await shipment('producer', id)).amendment);
    assert.equal(countOf(await shipment('producer', id), 'damaged'), 0);
    await propose();
    await go(sender.page, `/custody/shipments/${id}`);
    await press(sender.page, say.mend.agree);
    await until(async () => countOf(await shipment('producer', id), 'damaged') === 1);
    await sender.page.getByText(filled(say.shipment.sums, { sent: 3, good: 2, damaged: 1, missing: 0, open: 0 })).waitFor(); // the last word counts
    await receiver.close();
    await sender.close();
  });

  test(`goods are sent by scanning and taken back, in ${language}`, async () => {
    const { page, close } = await open({ role: 'producer', language, viewport: desk });
    await go(page, '/custody/ship');
    await scan(page, units.slice(9, 11).map((u) => u.uri));
    await page.getByRole('button', { name: say.send.ship, exact: true }).click(); // not without a receiver
    await page.getByText(say.ship.toMissing).waitFor();
    await page.getByRole('combobox', { name: say.ship.to }).fill(seller.party);
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: seller.party }).first().click();
    await reads(page, 'ship', /2 /);
    await clean(page, `amends-ship-${language}`);
    await press(page, say.send.ship);
    let one;
    await until(async () => {
      one = (await api('producer', 'GET', '/api/v1/shipments?limit=20')).items.find((s) => s.lines.some((l) => l.gtin === cases.gtin && l.from === units[9].index));
      return !!one;
    });
    await go(page, `/custody/shipments/${one.id}`);
    await press(page, say.mend.cancel);
    await reads(page, 'cancelShipment', one.id, /2/, stands.mend.cancelShipment);
    await page.locator('input:focus').waitFor();
    await page.keyboard.insertText(language);
    await clean(page, `amends-cancel-${language}`);
    await press(page, say.mend.cancel);
    await page.getByText(say.shipment.cancelled, { exact: true }).waitFor();
    assert.equal((await shipment('producer', one.id)).state, 'cancelled');
    await close();
  });

  test(`boxes and inspections are lists as every other, and a part of a story says that it is one, in ${language}`, async () => {
    const { page, close } = await open({ role: 'seller', language, viewport: desk });
    await go(page, `/batches/${cases.gtin}/${cases.lot}`);
    await page.getByText(textsOf(language, 'common').partial.title).waitFor();
    await clean(page, `amends-partial-${language}`);
    await go(page, '/custody/containers?which=all&sort=-packedAt');
    await page.getByRole('link', { name: /^\d{18}$/ }).first().waitFor();
    await keyboard(page);
    await clean(page, `amends-boxes-${language}`);
    const sscc = await page.getByRole('link', { name: /^\d{18}$/ }).first().textContent();
    await page.getByRole('searchbox').fill(sscc.slice(-8));
    await page.keyboard.press('Enter');
    await page.waitForURL((u) => u.searchParams.get('q') === sscc.slice(-8));
    await page.getByRole('link', { name: sscc }).waitFor();
    await close();
    const inspector = await open({ role: 'inspector', language, viewport: phone });
    await go(inspector.page, '/quality/inspections/records?outcome=failed');
    await inspector.page.locator('main a.id').first().waitFor();
    await keyboard(inspector.page);
    await clean(inspector.page, `amends-records-${language}`);
    await inspector.close();
  });
}
