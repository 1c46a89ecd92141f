// What goes wrong and must cost nothing: a gateway that dies with a write in flight or with an import running, a spreadsheet of 50,000
// wrong rows, files of 100 MB. By hand, `cases` also needs `program` and `state`: the command touchstone and the folder it runs in.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { api, cases, clean, downloaded, end, go, languages, open, phone } from './kit.mjs';

const folder = mkdtempSync(join(tmpdir(), 'faults-'));
after(() => { rmSync(folder, { recursive: true }); return end(); });

const words = {
  'zh-CN': { away: '联系不上服务器', again: '再试一次', write: '登记到账本', barcode: '条码', zh: '中文名称', brand: '品牌', headings: '商品条码,商品名称,品牌', check: (n) => `检查 ${n} 行`, register: (n) => `登记 ${n} 行到账本`,
    registered: (n) => `已登记 ${n} 行，0 行有误`, allWrong: '0 行可以登记，50,000 行有误', cell: (row) => `第 ${row} 行 商品条码`, next: '下一页', file: '下载有误的行', fileLarge: '文件有 100.0 MiB，最大 20 MiB', other: '换一份',
    documentLarge: '文件超过 10 MB' },
  en: { away: 'The server cannot be reached', again: 'Try again', write: 'Write to the ledger', barcode: 'Barcode', zh: 'Chinese name', brand: 'Brand', headings: 'Barcode,Name,Brand', check: (n) => `Check ${n} rows`, register: (n) => `Write ${n} rows to the ledger`,
    registered: (n) => `${n} rows are registered, 0 are wrong`, allWrong: '0 rows can be registered, 50,000 are wrong', cell: (row) => `Row ${row}, Barcode`, next: 'Next page', file: 'Download the wrong rows', fileLarge: 'The file has 100.0 MiB; 20 MiB is the most', other: 'Choose another',
    documentLarge: 'The file is over 10 MB' },
};

// What a browser prints of requests that found no gateway, or one that is only just starting; and of a barcode that is not taken yet.
const away = /ERR_|status of (50\d|404)/;

const started = Math.floor(Date.now() / 100);
const checkDigit = (body) => (10 - ([...body].reverse().reduce((s, d, i) => s + Number(d) * (i % 2 ? 1 : 3), 0) % 10)) % 10;

// gtin makes a barcode of the demo producer's that no other run has used.
function gtin(n) {
  const body = `6998801${String((started + n) % 100_000).padStart(5, '0')}`;
  return body + checkDigit(body);
}

// crash ends the gateway as `kill -9` does; its supervisor starts it again.
function crash() {
  const { processes } = JSON.parse(execFileSync(cases.program, ['status', '--json', '--state', cases.state], { encoding: 'utf8' }));
  process.kill(processes.find((p) => p.name === 'gateway').pid, 'SIGKILL');
}

const dropped = (page, name, text) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

// large is a file of 100 MB that begins as a picture does.
function large(name) {
  const path = join(folder, name);
  writeFileSync(path, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  truncateSync(path, 100 * 1024 * 1024);
  return path;
}

// What takes long is driven in one language each; what is said at a field, in both.
for (const [round, language] of languages.entries()) {
  const w = words[language];

  const when = ['before', 'after'][round];
  test(`${language}: a gateway that dies just ${when} it has written is asked again, and writes once`, async () => {
    const { page, close } = await open({ role: 'producer', language, expected: away });
    const code = gtin(round * 1000);
    await go(page, '/goods/new');
    await page.getByLabel(w.barcode, { exact: true }).fill(code);
    await page.getByLabel(w.zh, { exact: true }).fill('断电时登记的');
    await page.getByLabel(w.brand, { exact: true }).fill('澄岩');
    await page.route('**/api/v1/products', async (route) => {
      const sent = route.fetch().catch(() => undefined);
      if (when === 'after') await sent;
      crash();
      await sent;
      await route.abort();
    }, { times: 1 });
    await page.getByRole('button', { name: w.write }).click();
    await page.getByText(w.away).waitFor();
    await clean(page, `away-${language}`);
    assert.equal(await page.getByLabel(w.barcode, { exact: true }).inputValue(), code, 'what was typed is lost');
    const again = page.getByRole('button', { name: w.again });
    const there = page.waitForURL(`**/goods/0${code}`);
    let arrived = false;
    void there.then(() => { arrived = true; }, () => {});
    while (!arrived) { // as long as the gateway starts, it cannot be reached again
      await Promise.race([there, again.click()]).catch(() => {});
    }
    await there;
    await page.getByText('断电时登记的').first().waitFor();
    assert.equal((await api('producer', 'GET', `/api/v1/products?q=${code}`)).items.length, 1);
    await close();
  });

  if (round === 0) test(`${language}: an import goes on when its gateway has died, and writes every row once`, async () => {
    const { page, close } = await open({ role: 'producer', language, expected: away });
    const rows = Array.from({ length: 300 }, (_, n) => `${gtin(round * 1000 + 100 + n)},断电 ${language} ${started},澄岩`);
    await go(page, '/imports');
    await dropped(page, 'goods.csv', [w.headings, ...rows].join('\n'));
    await page.getByRole('button', { name: w.check(300) }).click();
    await page.getByRole('button', { name: w.register(300) }).click();
    await page.getByRole('progressbar').waitFor();
    const id = page.url().split('/').at(-1);
    const done = async () => (await api('producer', 'GET', `/api/v1/imports/${id}?summary=true`));
    for (let now = await done(); now.dryRun || now.done === 0; now = await done());
    assert.equal((await done()).status, 'running', 'it was over before its gateway died');
    crash();
    await page.getByText(w.registered(300)).waitFor({ timeout: 180_000 });
    await clean(page, `import-after-crash-${language}`);
    const { items, total } = await api('producer', 'GET', `/api/v1/products?q=${encodeURIComponent(`断电 ${language} ${started}`)}&count=true&limit=1`);
    assert.deepEqual([items.length, total], [1, 300]);
    await close();
  });

  if (round === 1) test(`${language}: 50,000 wrong rows leave a page that works`, async () => {
    const { page, close } = await open({ role: 'producer', language });
    let largest = 0;
    page.on('response', (r) => { if (/\/imports(\/|\?|$)/.test(r.url()) && !r.url().includes('/refused')) void r.body().then((b) => { largest = Math.max(largest, b.length); }, () => {}); });
    const wrong = Array.from({ length: 50_000 }, (_, n) => {
      const body = `6998801${String(n).padStart(5, '0')}`;
      return `${body}${(checkDigit(body) + 1) % 10},错的 ${n},澄岩`;
    });
    await go(page, '/imports');
    await dropped(page, 'wrong.csv', [w.headings, ...wrong].join('\n'));
    await page.getByRole('button', { name: w.check('50,000') }).click();
    await page.getByText(w.allWrong).waitFor({ timeout: 180_000 });
    await page.getByRole('textbox', { name: w.cell(2), exact: true }).waitFor();
    assert.equal(await page.getByRole('row').count(), 51, 'a page of the grid has fifty rows');
    await page.getByRole('button', { name: w.next }).click();
    await page.getByRole('textbox', { name: w.cell(52), exact: true }).fill('6901234567892');
    await page.setViewportSize(phone);
    await clean(page, `import-all-wrong-phone-${language}`);
    assert.ok(largest < 1024 * 1024, `an answer has ${largest} bytes`);
    const file = await downloaded(page, page.getByRole('button', { name: w.file }));
    assert.ok(statSync(file).size > 500_000, 'the file has every wrong row');
    await close();
  });

  test(`${language}: a file of 100 MB is refused at its field, and nothing of it is sent`, async () => {
    const { page, close } = await open({ role: 'producer', language });
    const sent = [];
    page.on('request', (r) => { if (r.method() === 'POST') sent.push(r.url()); });
    for (const [path, name, says] of [['/imports', 'goods.csv', w.fileLarge], ['/application', 'licence.png', w.documentLarge]]) {
      await go(page, path);
      const other = page.getByRole('button', { name: w.other, exact: true });
      if (await other.count() > 0) await other.first().click();
      await page.locator('input[type=file]').first().setInputFiles(large(name));
      await page.getByRole('alert').filter({ hasText: says }).waitFor();
      await clean(page, `large${path.replace('/', '-')}-${language}`);
    }
    assert.deepEqual(sent, []);
    await close();
  });
}
