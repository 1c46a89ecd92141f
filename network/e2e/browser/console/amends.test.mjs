// What does not fit: more than was sent, less, damage, a code that nobody knows, a receipt that was booked wrongly, a shipment that is
// taken back or closed; goods that are taken out, a batch over its quota, one that is held, an inspection that has stopped. Each is read
// before it is signed, and half of it is done by keyboard alone.
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

const checkDigit = (digits) => (10 - [...digits].reduce((sum, d, i) => sum + Number(d) * (i % 2 ? 3 : 1), 0) % 10) % 10;
const today = new Date().toISOString().slice(0, 10);

// brand makes a producer whose quota is thirty units a day, with a product that has to be inspected.
async function brand(language) {
  const number = String(Date.now()).slice(-8);
  const id = `brand-${number}-${language.toLowerCase()}`;
  await api('platform', 'POST', '/api/v1/parties', { id, name: { 'zh-CN': '别的品牌', en: 'Another brand' }, roles: ['producer'], prefixes: [`69${number}`], dailyQuota: 30 });
  await api('platform', 'POST', `/api/v1/parties/${id}/status`, { status: 'qualified', reason: 'test' });
  const { apiKey: key } = await api('platform', 'POST', `/api/v1/parties/${id}/accounts`, { account: id, role: 'producer' });
  const gtin = `69${number}01${checkDigit(`69${number}01`)}`;
  await api('producer', 'POST', '/api/v1/products', { gtin, name: { 'zh-CN': '茶', en: 'Tea' }, brand: '别的', category: '食品', inspectionRequired: true }, key);
  return { key, gtin, make: (lot, quantity) => api('producer', 'POST', '/api/v1/batches', { gtin, lot, quantity, producedOn: today }, key) };
}

// reject has the laboratory find too much in a batch.
async function reject({ gtin }, lot) {
  const { standard } = await api('inspector', 'GET', `/api/v1/batches/${gtin}/${lot}/sampling-plan`);
  const { items } = (await api('inspector', 'GET', '/api/v1/standards?limit=200')).items.find((s) => s.id === standard);
  const results = items.map((x) => x.max === undefined ? { item: x.id, nonconforming: 0 } : { item: x.id, measurements: Array(x.samples ?? 1).fill(x.max + 1) });
  return api('inspector', 'POST', '/api/v1/inspections', { gtin, lot, standard, results, reportHash: '0'.repeat(64) });
}

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
    await page.evaluate(() => scrollTo(0, 0)); // so that the head, which stays, covers no button by half
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

  test(`goods are taken out by scanning, and what the device cannot keep is told, in ${language}`, async () => {
    const { page, close } = await open({ role: 'producer', language, viewport: phone });
    const gone = units.slice(12, 14);
    await go(page, '/custody');
    await page.getByRole('link', { name: say.do.decommission, exact: true }).click();
    await scan(page, gone.map((u) => u.uri));
    await page.getByRole('button', { name: say.send.decommission, exact: true }).click(); // not without a reason
    await page.getByText(say.decommission.reasonMissing).waitFor();
    await page.getByRole('radio', { name: say.decommission.sampled }).check();
    await reads(page, 'decommission', /2 /, say.decommission.sampled, stands.mend.decommission);
    await clean(page, `amends-decommission-${language}`);

    await page.evaluate(() => { globalThis.put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; });
    await page.getByRole('button', { name: say.send.decommission, exact: true }).click();
    await page.getByText(say.outbox.fault.unsent).waitFor();
    await counted(page, 2);
    await clean(page, `amends-unsent-${language}`);
    await page.evaluate(() => { IDBObjectStore.prototype.put = globalThis.put; });

    const other = await page.context().newPage(); // it finds what is kept unreadable, and leaves it as it is
    await other.addInitScript(() => { IDBObjectStore.prototype.get = () => { throw new DOMException('broken', 'UnknownError'); }; });
    await go(other, '/custody/decommission');
    await other.getByText(say.scan.unread).waitFor();
    await other.close();

    await press(page, say.send.decommission);
    await page.getByText(filled(say.scan.sent_other ?? say.scan.sent, { what: say.do.decommission, count: 2 })).waitFor();
    assert.equal(await page.getByText(say.outbox.fault.unsent).count(), 0);
    const { holding } = (await api('producer', 'POST', '/api/v1/units/resolve', { codes: [gone[0].uri] })).items[0].unit;
    assert.equal(holding.state, 'removed');
    await close();
  });

  test(`a batch over its quota is approved, and one is held and released by those who may, in ${language}`, async () => {
    const goods = textsOf(language, 'goods');
    const quality = textsOf(language, 'quality');
    const common = textsOf(language, 'common');
    const maker = await brand(language);
    assert.equal((await maker.make('BIG', 31)).status, 'awaiting_approval');
    const at = `/batches/${maker.gtin}/BIG`;
    const platform = await open({ role: 'platform', language, viewport: desk });
    await go(platform.page, '/batches?status=awaiting_approval&sort=-registeredAt');
    await platform.page.locator(`a[href$="${maker.gtin}/BIG"]`).click();
    await reads(platform.page, 'approveBatch', 'BIG', /31 /, stands.mend.approveBatch);
    await clean(platform.page, `amends-approve-${language}`);
    await press(platform.page, goods.approval.approve);
    await platform.page.getByText(filled(goods.approval.done, { lot: 'BIG' })).waitFor();
    assert.equal((await api('platform', 'GET', `/api/v1${at}`)).status, 'registered');

    // act says why in both languages, reads what it signs and signs it.
    const act = async (page, what, operation, done) => {
      await press(page, goods.circulation[what]);
      await page.getByRole('textbox', { name: common.reason.zh }).fill('复核报告');
      await press(page, goods.circulation[what]); // not in one language alone
      await page.getByText(common.reason.missing).waitFor();
      await page.getByRole('textbox', { name: common.reason.en }).fill('The report is under review');
      await reads(page, operation, 'BIG', stands.mend[operation]);
      await clean(page, `amends-${operation}-${language}`);
      await press(page, goods.circulation[what]);
      await page.getByText(filled(goods.circulation[done], { lot: 'BIG' })).waitFor();
    };
    const producer = await open({ key: maker.key, language, viewport: phone });
    await go(producer.page, at);
    await act(producer.page, 'hold', 'holdBatch', 'held');
    await producer.page.getByText(quality.quality.on_hold, { exact: true }).waitFor();
    await producer.page.locator('ul.holds').getByText(language === 'en' ? 'The report is under review' : '复核报告', { exact: true }).waitFor();
    await clean(producer.page, `amends-held-${language}`);
    await act(producer.page, 'release', 'releaseBatch', 'released');
    await producer.page.getByText(quality.quality.awaiting, { exact: true }).waitFor();

    await go(platform.page, at);
    await act(platform.page, 'hold', 'holdBatch', 'held');
    await go(producer.page, at); // what the platform holds its producer does not release
    await producer.page.locator('ul.holds').getByText(quality.holds.official, { exact: false }).waitFor();
    assert.equal(await producer.page.getByRole('button', { name: goods.circulation.release }).count(), 0);
    await act(platform.page, 'release', 'releaseBatch', 'released');
    await producer.close();
    await platform.close();
  });

  test(`inspection that has stopped is resumed by the platform, in ${language}`, async () => {
    const quality = textsOf(language, 'quality');
    const maker = await brand(language);
    let lot;
    const stopped = async () => (await api('platform', 'GET', `/api/v1/batches/${maker.gtin}/${lot}/sampling-plan`)).discontinued;
    for (let n = 0; n < 12; n++) {
      lot = `R${n}`;
      await maker.make(lot, 2);
      if (await stopped()) break;
      await reject(maker, lot);
    }
    const { page, close } = await open({ role: 'platform', language, viewport: phone });
    await go(page, `/quality/inspections/${maker.gtin}/${lot}`);
    await page.getByText(quality.resume.stopped, { exact: true }).waitFor();
    await page.getByRole('textbox', { name: quality.resume.note }).fill(language);
    await reads(page, 'resumeInspection', '食品', stands.mend.resumeInspection);
    await clean(page, `amends-resume-${language}`);
    await press(page, quality.resume.send);
    await page.getByText(quality.resume.stopped, { exact: true }).waitFor({ state: 'detached' });
    assert.ok(!(await stopped()));
    await close();
  });

  test(`a creator comes to what his links led to, in ${language}`, async () => {
    const handle = `walk-${Date.now()}`;
    const { apiKey: key } = await api('platform', 'POST', '/api/v1/creators', { handle, name: { 'zh-CN': '林夏', en: 'Lin Xia' }, url: 'https://video.example/lin' });
    const { page, close } = await open({ key, language, viewport: phone });
    await go(page, '/');
    await page.waitForURL(/\/insight$/);
    await page.getByRole('heading', { level: 1, name: textsOf(language, 'insight').title }).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    await clean(page, `amends-creator-${language}`);
    await close();
    const strict = await open({ key, language, viewport: phone });
    for (const path of ['/insight', '/settings', '/settings/security', '/messages']) {
      await go(strict.page, path);
      await clean(strict.page, `amends-creator${path.replaceAll('/', '-')}-${language}`);
    }
    await strict.close();
  });
}
