// The first hour of a new merchant, who has nothing but a browser, his licence and a barcode prefix: from the sign-in page to a label
// that a phone can read. Only the platform's decision comes from outside. In Chinese he sits at a desk and drags his documents in; in English he
// does all of it on a phone of 360 px and chooses them there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { api, cases, clean, desk, downloaded, end, go, languages, open, phone } from './kit.mjs';

after(end);

const words = {
  'zh-CN': { signUp: '申请入驻', company: '企业名称', person: '您的姓名', login: '登录名', password: '密码', begin: '建立账号，开始申请', first: '从申请到第一张标签', next: '去办理', wrong: /只收 PDF、JPEG 或 PNG/,
    number: '编号', issuer: '发证机关', prefixes: '厂商识别代码', apply: '提交申请', applied: '申请已提交', waits: '平台正在审核，结果会出现在消息里。', barcode: '条码', name: '中文名称', brand: '品牌', shelf: '保质期', write: '登记到账本',
    product: '商品', lot: '批号', quantity: '数量', labels: '打印标签', print: /^打印 3 枚$/ },
  en: { signUp: 'Apply to join', company: 'Company name', person: 'Your name', login: 'Login', password: 'Password', begin: 'Make my account and begin', first: 'From the application to your first label', next: 'Do it now', wrong: /Only PDF, JPEG or PNG/,
    number: 'Number', issuer: 'Issued by', prefixes: 'Company prefixes', apply: 'Send the application', applied: 'Your application is in', waits: 'See the application', barcode: 'Barcode', name: 'Chinese name', brand: 'Brand', shelf: 'Shelf life', write: 'Write to the ledger',
    product: 'Product', lot: 'Lot', quantity: 'Quantity', labels: 'Print labels', print: /^Print 3$/ },
};

// drop lets a file fall on the page's drop zone, as a mouse does that brings it from the desktop.
async function drop(page, name, type, base64) {
  const data = await page.evaluateHandle(([file, kind, content]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], file, { type: kind }));
    return carried;
  }, [name, type, base64]);
  await page.locator('.ant-upload-drag .ant-upload-btn').dispatchEvent('drop', { dataTransfer: data });
}

// choose takes a file from a list, as one does on a phone.
const choose = (page, name, mimeType, base64) => page.locator('.ant-upload-drag input[type=file]').setInputFiles({ name, mimeType, buffer: Buffer.from(base64, 'base64') });

// gtin gives the first barcode under a prefix.
function gtin(prefix) {
  const body = prefix.padEnd(12, '0');
  const sum = [...body].reduce((s, d, i) => s + Number(d) * (i % 2 ? 3 : 1), 0);
  return body + ((10 - (sum % 10)) % 10);
}

const codes = (pdf) => {
  const picture = join(mkdtempSync(join(tmpdir(), 'first-label-')), 'page');
  execFileSync('pdftoppm', ['-r', '300', '-gray', '-png', '-f', '1', '-l', '1', '-singlefile', pdf, picture]);
  return execFileSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', `${picture}.png`], { encoding: 'utf8' }).trim().split('\n');
};

for (const [round, language] of languages.entries()) {
  const w = words[language];

  test(`a new merchant holds his first label, in ${language}`, async () => {
    const onPhone = language === 'en';
    const { page, close } = await open({ language, key: undefined, viewport: onPhone ? phone : desk, hasTouch: onPhone, expected: /401|404/ }); // nobody yet, and nothing of his
    const bring = onPhone ? choose : drop;
    const own = String(Date.now() + round).slice(-7);
    const box = (name) => page.getByLabel(name, { exact: true });
    const press = (name) => page.getByRole('button', { name, exact: true }).click();

    await go(page, '/');
    await page.waitForURL('**/signin**');
    await page.getByRole('link', { name: w.signUp }).click();
    await box(w.company).fill(`山茶工坊 ${own}`);
    await box(w.person).fill('林晓');
    await box(w.login).fill(`lin-${own}`);
    await box(w.password).fill('six lanterns over the 江');
    await clean(page, `first-signup-${language}`);
    await press(w.begin);
    await page.waitForURL('**/application');

    await go(page, '/');
    await page.getByRole('heading', { name: w.first }).waitFor();
    await clean(page, `first-empty-${language}`);
    await page.getByRole('link', { name: w.next }).click();
    await page.waitForURL('**/application');
    await page.locator('.ant-upload-drag').waitFor();
    await bring(page, 'licence.docx', 'application/msword', btoa('PK no document'));
    await page.getByText(w.wrong).first().waitFor();
    await bring(page, 'licence.png', 'image/png', cases.licence);
    await page.getByText('licence.png').waitFor();
    await box(w.number).fill(`9133${own}`);
    await box(w.issuer).fill('杭州市市场监督管理局');
    const prefix = `695${own.slice(-6)}`;
    await box(w.prefixes).fill(prefix);
    await page.keyboard.press('Enter');
    await clean(page, `first-application-${language}`);
    await press(w.apply);
    await page.getByText(w.applied).waitFor();
    await go(page, '/');
    await page.getByText(w.waits).first().waitFor();

    const me = await page.evaluate(() => fetch('/api/v1/me').then((r) => r.json()));
    await api('platform', 'POST', `/api/v1/parties/${me.party}/review`, { outcome: 'accepted', reason: { 'zh-CN': '材料齐全', en: 'Complete' } });

    await go(page, '/');
    await page.getByRole('link', { name: w.next }).click();
    await page.waitForURL('**/goods/new');
    const code = gtin(prefix);
    await box(w.barcode).fill(code);
    await box(w.name).fill('山茶花洁面乳');
    await box(w.brand).fill('山茶工坊');
    await box(w.shelf).fill('720');
    await press(w.write);
    await page.waitForURL(`**/goods/0${code}`);

    await go(page, '/');
    await page.getByRole('link', { name: w.next }).click();
    await page.waitForURL('**/batches/new');
    await box(w.product).click();
    await page.locator('.ant-select-item-option', { hasText: code }).click();
    await box(w.lot).fill('A1');
    await box(w.quantity).fill('3');
    await press(w.write);
    await page.waitForURL(`**/batches/0${code}/A1`);

    await page.getByRole('link', { name: w.labels }).click();
    await page.waitForURL('**/labels?batch=**');
    await page.locator('img[src^="data:image/svg"]').waitFor();
    await clean(page, `first-label-${language}`);
    const label = await downloaded(page, page.getByRole('button', { name: w.print }));
    const units = await page.evaluate((path) => fetch(path).then((r) => r.json()), `/api/v1/batches/0${code}/A1/units?from=0&count=3`);
    assert.ok(units.some((u) => u.uri === codes(label)[0]), 'the first label is read');

    await go(page, '/');
    await page.getByRole('heading', { name: w.first }).waitFor({ state: 'detached' });
    await close();
  });
}
