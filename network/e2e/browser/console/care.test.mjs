// Care: what needs somebody today leads to where it is done. A recall of pieces and of a case, an inspection by the computed plan, a
// complaint and a review with both sides' words, messages, and webhooks with their trial.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, cases, clean, end, go, keyboard, languages, open, phone, settled, textsOf } from './kit.mjs';

after(end);

const words = {
  'zh-CN': { product: '商品', parts: '一批的一部分', codes: '扫码选定的单品或箱', lot: '批号', first: '从第几件', last: '到第几件', next: '下一步', hits: (n) => `共 ${n} 件`, code: '扫描或输入单品、箱、托盘的编码', oneCode: '已选 1 个编码',
    zh: '原因（中文）', en: '原因（英文）', start: '开始召回', acknowledge: '确认召回', close: '结束召回', result: '结果', closed: '已结束', search: '批号、条码或商品名称', sample: '抽样数', send: '提交检验结果', accepted: '合格',
    text: '内容', reply: '提交', newHook: '添加推送地址', url: '地址', add: '添加', kept: '我已保存', trial: '试发一条', notTaken: '对方没有收下', log: '推送记录' },
  en: { product: 'Product', parts: 'Part of a lot', codes: 'Units or cases, by scanning', lot: 'Lot', first: 'From piece', last: 'To piece', next: 'Next', hits: (n) => `${n} units`, code: 'Scan or type the code of a unit, case or pallet', oneCode: '1 code',
    zh: 'Reason (Chinese)', en: 'Reason (English)', start: 'Start the recall', acknowledge: 'Acknowledge the recall', close: 'End the recall', result: 'What came of it', closed: 'Closed', search: 'Lot, barcode or product', sample: 'Sample', send: 'Record the inspection', accepted: 'Accepted',
    text: 'Your words', reply: 'Send', newHook: 'Add a webhook', url: 'Address', add: 'Add', kept: 'I have kept it', trial: 'Send a trial', notTaken: 'Not taken', log: 'Deliveries' },
};

// checked adds GS1's check digit.
const checked = (digits) => digits + ((10 - ([...digits].reverse().reduce((s, d, i) => s + Number(d) * (i % 2 ? 1 : 3), 0) % 10)) % 10);

// gtin makes a barcode of the demo producer's that nothing else has.
const gtin = (n) => `0${checked(`69988018${String((Date.now() + n) % 10000).padStart(4, '0')}`)}`;

const day = (months) => { const d = new Date(); d.setMonth(d.getMonth() + months); return d.toISOString().slice(0, 10); };
const party = async (role) => (await api(role, 'GET', '/api/v1/me')).party;

async function goods(n, lot, inspectionRequired) {
  const code = gtin(n);
  await api('producer', 'POST', '/api/v1/products', { gtin: code, name: { 'zh-CN': '烟酰胺精华液 30ml', en: 'Niacinamide serum 30 ml' }, brand: '澄岩', category: '美妆', specification: '30ml', origin: '浙江杭州', shelfLifeDays: 730, inspectionRequired });
  await api('producer', 'POST', '/api/v1/batches', { gtin: code, lot, quantity: 100, producedOn: day(-1), expiresOn: day(23), origin: '浙江杭州' });
  return code;
}

async function deliver(from, to, lines) {
  const { id } = await api(from, 'POST', '/api/v1/shipments', { to: await party(to), lines });
  await api(to, 'POST', `/api/v1/shipments/${id}/receipt`, {});
}

// task opens the first thing that the overview lists under what leads to a path.
async function task(page, path) {
  await go(page, '/');
  const link = page.locator(`main li a[href*="${path}"]`).first();
  await link.click();
  await page.waitForURL((u) => (u.pathname + u.search).includes(path));
  await settled(page);
}

const chooseLot = async (page, box, text) => {
  await box.click();
  await page.keyboard.type(text);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: text }).first().click();
};

for (const [round, language] of languages.entries()) {
  const w = words[language];
  const lot = `CARE${language.slice(0, 2).toUpperCase()}${Date.now() % 10000}`;
  let code;

  before(async () => {
    code = await goods(round * 10, lot, false);
    await deliver('producer', 'distributor', [{ gtin: code, lot, from: 0, count: 40 }]);
    await deliver('producer', 'seller', [{ gtin: code, lot, from: 40, count: 20 }]);
  });

  test(`a recall of pieces: what, whom, say; acknowledged and closed, in ${language}`, async () => {
    const owner = await open({ role: 'producer', language });
    const { page } = owner;
    await go(page, '/quality/recalls/new');
    await chooseLot(page, page.getByLabel(w.product, { exact: true }), code);
    await page.getByRole('radio', { name: w.parts }).check();
    await chooseLot(page, page.getByLabel(w.lot, { exact: true }), lot);
    await page.getByLabel(w.first).fill('31');
    await page.getByLabel(w.last).fill('50');
    await clean(page, `recall-what-${language}`);
    await page.getByRole('button', { name: w.next }).click();
    await page.getByText(w.hits(20)).first().waitFor(); // ten at the distributor, ten at the seller
    await clean(page, `recall-whom-${language}`);
    assert.equal(await page.locator('tbody tr.ant-table-row').count(), 2);
    await page.getByRole('button', { name: w.next }).click();
    await page.getByLabel(w.zh).fill('防腐剂超标');
    await page.getByLabel(w.en).fill('A preservative exceeds the limit');
    await clean(page, `recall-say-${language}`);
    await keyboard(page);
    await page.getByRole('button', { name: w.start }).click();
    await page.waitForURL((u) => /\/quality\/recalls\/(?!new)/.test(u.pathname));
    const where = new URL(page.url()).pathname;
    await clean(page, `recall-${language}`);

    const holder = await open({ role: 'distributor', language, viewport: phone });
    await task(holder.page, where);
    await clean(holder.page, `recall-acknowledge-${language}`);
    await holder.page.getByRole('button', { name: w.acknowledge, exact: true }).click();
    await holder.page.getByRole('button', { name: w.acknowledge, exact: true }).waitFor({ state: 'detached' });
    await holder.close();

    await go(page, where);
    await page.getByLabel(w.result).fill('全部召回');
    await page.getByRole('button', { name: w.close, exact: true }).click();
    await page.getByText(w.closed, { exact: true }).first().waitFor();
    await owner.close();
  });

  test(`a recall of a case by its code reaches what is in it, in ${language}`, async () => {
    const sscc = checked(`16998801${String(Date.now() + round).slice(-9)}`);
    await api('producer', 'POST', '/api/v1/containers', { sscc, lines: [{ gtin: code, lot, from: 70, count: 10 }] });
    const { page, close } = await open({ role: 'producer', language, viewport: phone });
    await go(page, '/quality/recalls/new');
    await chooseLot(page, page.getByLabel(w.product, { exact: true }), code);
    await page.getByRole('radio', { name: w.codes }).check();
    await page.getByLabel(w.code).fill(`(00)${sscc}`);
    await page.keyboard.press('Enter');
    await page.getByText(w.oneCode).waitFor();
    await page.getByRole('list').getByText(sscc).waitFor();
    await clean(page, `recall-case-${language}`);
    await page.getByRole('button', { name: w.next }).click();
    await page.getByText(w.hits(10)).first().waitFor();
    await close();
  });

  test(`an inspection is entered by the computed plan, in ${language}`, async () => {
    const waits = `WAIT${language.slice(0, 2).toUpperCase()}${Date.now() % 10000}`;
    const its = await goods(round * 10 + 5, waits, true);
    const { page, close } = await open({ role: 'inspector', language });
    await go(page, '/quality/inspections');
    await page.getByPlaceholder(w.search).fill(waits);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: waits }).waitFor();
    await clean(page, `inspections-${language}`);
    await keyboard(page);
    await page.getByRole('link', { name: waits }).click();
    await page.waitForURL(`**/quality/inspections/${its}/${waits}`);
    await page.getByRole('columnheader', { name: w.sample }).waitFor();
    await clean(page, `inspection-${language}`);
    for (const box of await page.locator('main form input.id').all()) await box.fill('1 2 3');
    for (const box of await page.locator('main form input[role=spinbutton]').all()) await box.fill('0');
    await page.locator('main form input[type=file]').setInputFiles({ name: 'report.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 report') });
    await page.getByRole('button', { name: w.send }).click();
    await page.getByText(w.accepted, { exact: true }).first().waitFor();
    await clean(page, `inspection-done-${language}`);
    await close();
  });

  test(`a standard is registered after it was seen, revised, and found by its name, in ${language}`, async () => {
    const texts = textsOf(language, 'quality');
    const t = texts.standards;
    const id = `WALK-${language.slice(0, 2).toUpperCase()}-${Date.now() % 1_000_000}`;
    const { page, close } = await open({ role: 'platform', language });
    await go(page, '/quality/standards');
    await page.getByRole('link', { name: t.new }).click();
    const fill = async (label, text) => page.getByLabel(label, { exact: true }).fill(text);
    await page.getByRole('button', { name: t.send }).click();
    await page.locator('.ant-form-item-explain-error').first().waitFor(); // nothing is sent that is not whole
    for (const [label, text] of [[t.id, id], [t.category, `走查${id}`], [t.nameZh, '积木出厂检验'], [t.nameEn, `Bricks ${id}`], [t.itemZh, '邻苯'], [t.itemEn, 'Phthalates'], [t.itemId, 'phthalates'], [t.method, 'GB 6675.1'], [t.unit, '%'], [t.max, '0.1']]) await fill(label, text);
    await page.getByLabel(t.samples, { exact: true }).fill('2');
    await chooseLot(page, page.getByLabel(t.aql.replace('{{class}}', texts.defect.major), { exact: true }), '0.65');
    await page.locator('[data-stands=registerStandard]').getByText('≤ 0.1 %').waitFor();
    await clean(page, `standard-new-${language}`);
    await page.getByRole('button', { name: t.send }).click();
    await page.waitForURL(`**/quality/standards/${id}`);
    await clean(page, `standard-${language}`);
    await page.getByRole('link', { name: t.revise }).click();
    await page.getByLabel(t.max, { exact: true }).fill('0.05');
    await page.getByRole('button', { name: t.send }).click();
    await page.waitForURL(`**/quality/standards/${id}`);
    await page.getByText('≤ 0.05 %').waitFor();
    await close();
    const { version, items } = await api('seller', 'GET', `/api/v1/standards/${id}`);
    assert.deepEqual([version, items[0].samples, items[0].max], [2, 2, 0.05]);
    const lab = await open({ role: 'inspector', language, viewport: phone });
    await go(lab.page, `/quality/standards?q=${encodeURIComponent(`bricks ${id}`)}`);
    await lab.page.getByRole('link', { name: id }).click();
    await lab.page.getByText('≤ 0.05 %').waitFor();
    assert.equal(await lab.page.getByRole('link', { name: t.revise }).count(), 0);
    await clean(lab.page, `standard-360-${language}`);
    await lab.close();
  });

  test(`a complaint is answered, and the platform sees both sides, in ${language}`, async () => {
    const [unit] = await api('producer', 'GET', `/api/v1/batches/${code}/${lot}/units?from=${55 + round}&count=1`);
    const { page, close } = await open({ role: 'seller', language });
    await go(page, '/quality/complaints');
    const form = new FormData();
    form.set('uri', unit.uri);
    form.set('text', '瓶身印刷模糊');
    form.set('photo', new Blob([await page.screenshot({ type: 'jpeg' })], { type: 'image/jpeg' }), 'photo.jpg');
    const made = await fetch(`${cases.verifier}/api/v1/complaints`, { method: 'POST', body: form, headers: { 'User-Agent': `phone of ${language}` } }).then((r) => r.json());
    const where = `/quality/complaints/${made.case}`;
    for (;;) {
      await go(page, '/');
      if (await page.locator(`main a[href="${where}"]`).count() > 0) break;
    }
    await task(page, where);
    await page.getByText('瓶身印刷模糊').waitFor();
    await page.locator('main img').first().waitFor();
    await clean(page, `complaint-${language}`);
    await keyboard(page);
    await page.getByLabel(w.text).fill('我们从厂家进货，附进货单。');
    await page.getByRole('button', { name: w.reply, exact: true }).click();
    await page.getByText('我们从厂家进货，附进货单。').first().waitFor();
    await page.getByLabel(w.text).waitFor({ state: 'detached' });
    await close();
    const platform = await open({ role: 'platform', language });
    await go(platform.page, `/platform/complaints/${made.case}`);
    await platform.page.getByText('瓶身印刷模糊').waitFor();
    await platform.page.getByText('我们从厂家进货，附进货单。').waitFor();
    await clean(platform.page, `complaint-both-${language}`);
    await platform.close();
  });

  test(`messages lead to what they are about, and a webhook is tried, in ${language}`, async () => {
    const { page, close } = await open({ role: 'seller', language });
    await go(page, '/messages');
    await clean(page, `messages-${language}`);
    await keyboard(page);
    await page.locator('main a[href^="/quality/complaints/"]').first().click();
    await page.waitForURL('**/quality/complaints/**');
    await go(page, '/settings/webhooks');
    await page.getByRole('button', { name: w.newHook }).click();
    const url = `https://shop.invalid/${language}-${Date.now()}`; // a name that never resolves (RFC 6761)
    await page.getByRole('dialog').getByLabel(w.url).fill(url);
    await clean(page, `webhook-new-${language}`);
    await page.getByRole('dialog').getByRole('button', { name: w.add, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: w.kept }).click();
    const hook = page.getByRole('listitem').filter({ hasText: url });
    await hook.getByRole('button', { name: w.trial }).click();
    await hook.getByText(w.notTaken).waitFor();
    await clean(page, `webhooks-${language}`);
    await hook.getByRole('link', { name: w.log }).click();
    await page.waitForURL('**/settings/webhooks/**');
    await clean(page, `deliveries-${language}`);
    await close();
  });
}
