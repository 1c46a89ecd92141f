// An auditor: where an item has been in three clicks from the sign-in page, each step proved in the browser, and a file to take along.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { cases, clean, desk, end, go, keyboard, languages, open, phone, settled } from './kit.mjs';

after(end);

const words = {
  'zh-CN': { party: /市场审计组/, search: '查找商品、批次、箱、主体或交易', signed: '这里显示的内容就是他们签署的内容', timeline: '时间线', table: '表格', export: '导出', csv: 'CSV 表格', xlsx: 'Excel 表格', pdf: 'PDF 报告',
    dispatched: '发货', agrees: '最新区块一致', opened: '拆箱', download: '下载 CSV' },
  en: { party: /Market audit/, search: 'Find an item, a batch, a case, a party or a transaction', signed: 'What is shown here is what they signed', timeline: 'Timeline', table: 'Table', export: 'Export', csv: 'CSV', xlsx: 'Excel', pdf: 'PDF report',
    dispatched: 'Dispatched', agrees: 'Same newest block', opened: 'Opened', download: 'Download CSV' },
};
// What the demo packed onto a pallet, which its receiver has opened.
const packed = { gtin: '06998801900176', lot: '202611K01', pallet: '369988010000000013' };
const trace = `/auditor/batches/${cases.gtin}/${cases.lot}`;

for (const [i, language] of languages.entries()) {
  const w = words[language];
  const auditor = { role: 'auditor', language, viewport: desk, dark: i === 1 };

  test(`from the sign-in page to where an item has been, in three clicks, in ${language}`, async () => {
    const { page, context, close } = await open({ ...auditor, role: undefined, expected: /401/ });
    const pressed = [];
    await context.exposeBinding('pressed', (_, what) => pressed.push(what));
    await context.addInitScript(() => {
      addEventListener('click', (e) => e.isTrusted && globalThis.pressed(e.target.innerText ?? e.target.tagName), true);
      addEventListener('keydown', (e) => e.isTrusted && e.key === 'Enter' && globalThis.pressed('Enter'), true);
    });
    await go(page, '/');
    await page.getByRole('button', { name: w.party }).click();
    await page.getByLabel(w.search).click();
    await page.keyboard.insertText(cases.serial.slice(-6));
    await page.keyboard.press('Enter');
    await page.waitForURL((u) => u.pathname === trace && u.searchParams.get('serial') === cases.serial);
    await page.locator('.graph-card.shipment').first().waitFor();
    assert.equal(pressed.length, 3, pressed.join('; '));
    await close();
  });

  test(`where an item has been, in three more, with its proof, in ${language}`, async () => {
    const { page, close } = await open(auditor);
    await go(page, '/');
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), w.search);
    await page.keyboard.insertText(cases.serial.slice(-6));
    await page.keyboard.press('Enter'); // one
    await page.waitForURL((u) => u.pathname === trace && u.searchParams.get('serial') === cases.serial);
    await page.locator('.graph-card.shipment').first().click(); // two
    await clean(page, `auditor-graph-${language}`);
    await page.locator('.graph-facts a[href*="tx="]').first().click(); // three
    await page.getByText(w.signed).waitFor();
    await clean(page, `auditor-proof-${language}`);
    await close();
  });

  test(`a story as a timeline and a table, and as files, in ${language}`, async () => {
    const { page, close } = await open(auditor);
    await go(page, trace);
    for (const view of [w.timeline, w.table]) {
      await page.getByText(view, { exact: true }).click();
      await page.getByText(w.dispatched, { exact: true }).first().waitFor();
      await clean(page, `auditor-${view === w.table ? 'table' : 'timeline'}-${language}`);
    }
    for (const [name, starts] of [[w.csv, '\ufeff'], [w.xlsx, 'PK'], [w.pdf, '%PDF']]) {
      await page.getByRole('button', { name: w.export }).click();
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name, exact: true }).click()]);
      const text = await readFile(await file.path(), 'utf8');
      assert.ok(text.startsWith(starts), `${file.suggestedFilename()}: ${text.slice(0, 40)}`);
      if (name === w.csv) assert.ok(text.includes(w.dispatched) && !text.includes('batch_registered'), text);
    }
    await close();
  });

  test(`from the batch through an opened pallet to its shipment, in ${language}`, async () => {
    const { page, close } = await open(auditor);
    await go(page, `/auditor/batches/${packed.gtin}/${packed.lot}`);
    await page.locator('.graph-card.container.opened').getByText(packed.pallet).waitFor();
    const graph = await page.evaluate((p) => fetch(`/api/v1/provenance/${p.gtin}/${p.lot}/graph`).then((r) => r.json()), packed);
    assert.ok(graph.edges.some((e) => e.from === `container:${packed.pallet}` && e.to.startsWith('shipment:') && e.units === 40), JSON.stringify(graph.edges));
    await clean(page, `auditor-pallet-${language}`);
    await page.getByLabel(w.search).fill(packed.pallet);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/auditor/containers/${packed.pallet}`);
    await clean(page, `auditor-container-${language}`);
    await close();
  });

  test(`the ledger's health, and what scans add up to, in ${language}`, async () => {
    const { page, close } = await open(auditor);
    await go(page, '/auditor/health');
    await page.getByText(w.agrees).first().waitFor();
    await clean(page, `auditor-health-${language}`);
    await go(page, `/insight?days=90&gtin=${cases.gtin}`);
    await page.getByRole('cell', { name: '杭州' }).waitFor();
    await clean(page, `insight-${language}`);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: w.download }).first().click()]);
    assert.match(file.suggestedFilename(), /\.csv$/);
    await keyboard(page);
    await close();
  });

  test(`searching in a pocket, in ${language}`, async () => {
    const { page, close } = await open({ ...auditor, viewport: phone });
    await go(page, '/');
    await page.getByRole('button', { name: w.search }).click();
    await settled(page);
    await clean(page, `auditor-search-360-${language}`);
    await page.locator('#main form[role=search] input').fill(cases.lot);
    await page.keyboard.press('Enter');
    await page.waitForURL((u) => u.pathname === trace);
    await clean(page, `auditor-graph-360-${language}`);
    await go(page, '/insight?days=90');
    await clean(page, `insight-360-${language}`);
    await close();
  });
}
