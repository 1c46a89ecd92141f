// Goods, batches and imports: registered, found again, imported by hand and mended in the grid.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { api, clean, desk, end, go, keyboard, languages, open, phone, settled, textsOf, until } from './kit.mjs';

after(end);

const words = {
  'zh-CN': { product: '商品', newProduct: '登记商品', write: '登记到账本', barcode: '条码', zh: '中文名称', brand: '品牌', shelf: '保质期', lot: '批号', quantity: '数量', taken: '这个商品已有同样的批号', checkDigit: '校验位不符',
    mine: '您已登记过这个条码', keep: '保存当前条件', viewName: '视图名称', save: '保存', drop: '拖到这里', asked: '检查 3 行', as: (c) => `${c} 列读作`, fields: ['商品条码', '商品名称', '品牌'],
    wrong: '有误', cell: (row) => `第 ${row} 行 商品条码`, again: '重新检查 1 行', register: '登记 2 行到账本', registered: '已登记 2 行', print: '打印标签',
    seen: '购买者看到的', story: '品牌故事（中文）', storyEn: '品牌故事（英文，可不填）', zhMissing: '请填写中文', upload: '上传图片', buyAdd: '添加购买链接', shows: '显示的文字（中文）', url: '网址', wrongUrl: '网址以 https:// 开头', going: '接着上次没有保存的内容写', draft: '存为草稿', drafted: '已存为草稿', publish: '发布', published: '已发布', version: '第 1 版', showThis: '发布这一版', head: '预览：购买者将这样看到', tongue: 'English', headOther: 'Preview: what shoppers will see' },
  en: { product: 'Product', newProduct: 'Register a product', write: 'Write to the ledger', barcode: 'Barcode', zh: 'Chinese name', brand: 'Brand', shelf: 'Shelf life', lot: 'Lot', quantity: 'Quantity', taken: 'has a batch of this lot already', checkDigit: 'check digit does not fit',
    mine: 'You have registered this barcode already', keep: 'Keep this view', viewName: 'Name of the view', save: 'Keep', drop: 'Drop a CSV', asked: 'Check 3 rows', as: (c) => `Column ${c} is read as`, fields: ['Barcode', 'Chinese name', 'Brand'],
    wrong: 'wrong', cell: (row) => `Row ${row}, Barcode`, again: 'Check 1 row again', register: 'Write 2 rows to the ledger', registered: '2 rows are registered', print: 'Print labels',
    seen: 'What shoppers see', story: 'Story (Chinese)', storyEn: 'Story (English, optional)', zhMissing: 'Enter the Chinese', upload: 'Upload a picture', buyAdd: 'Add a link to buy', shows: 'Text that is shown (Chinese)', url: 'Address', wrongUrl: 'An address begins with https://', going: 'Going on with what you had not saved', draft: 'Save as a draft', drafted: 'Saved as a draft', publish: 'Publish', published: 'Published.', version: 'Version 1', showThis: 'Publish this one', head: 'Preview: what shoppers will see', tongue: '中文', headOther: '预览：购买者将这样看到' },
};

// gtin makes a barcode of the demo producer's that no other run has used.
const started = Math.floor(Date.now() / 1000) % 9000;
function gtin(n) {
  const body = `69988019${String((started + n) % 10000).padStart(4, '0')}`;
  const sum = [...body].reverse().reduce((s, d, i) => s + Number(d) * (i % 2 ? 1 : 3), 0);
  return body + ((10 - (sum % 10)) % 10);
}

for (const [round, language] of languages.entries()) {
  const w = words[language];

  test(`${language}: a product and a batch are checked while they are typed, written once, and found again`, async () => {
    const { page, close } = await open({ role: 'producer', language, expected: /404/ });
    const code = gtin(round * 10);
    await go(page, '/goods/new');
    await clean(page, `goods-new-${language}`);
    const form = page.locator('form');
    await form.getByLabel(w.barcode, { exact: true }).fill(code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10));
    await page.getByText(w.checkDigit).first().waitFor();
    await form.getByLabel(w.barcode, { exact: true }).fill(code);
    await form.getByLabel(w.zh, { exact: true }).fill('旅程精华液');
    await form.getByLabel(w.brand, { exact: true }).fill('澄岩');
    await form.getByLabel(w.shelf, { exact: true }).fill('540');
    await page.getByRole('button', { name: w.write }).dblclick();
    await page.waitForURL(`**/goods/0${code}`);
    await clean(page, `product-${language}`);

    await go(page, `/batches/new?gtin=0${code}`);
    await form.getByLabel(w.lot, { exact: true }).fill('批1');
    await page.locator('.ant-form-item-explain-error, .ant-form-item-explain').first().waitFor();
    await form.getByLabel(w.lot, { exact: true }).fill('J/1');
    await form.getByLabel(w.quantity, { exact: true }).fill('12');
    await clean(page, `batch-new-${language}`);
    await page.getByRole('button', { name: w.write }).click();
    await page.waitForURL(`**/batches/0${code}/J%2F1`);
    await clean(page, `batch-${language}`);
    assert.equal(await page.getByRole('link', { name: w.print }).getAttribute('href'), `/labels?batch=0${code}%2FJ%2F1`);
    await go(page, `/batches/new?gtin=0${code}`);
    await form.getByLabel(w.lot, { exact: true }).fill('J/1');
    await page.getByText(w.taken).waitFor();

    await go(page, `/batches?q=J%2F1&sort=${['-', ''][round]}quantity`); // each round keeps a view of its own
    await page.getByRole('link', { name: 'J/1' }).first().waitFor();
    await page.getByRole('button', { name: w.keep }).click();
    await page.getByRole('textbox', { name: w.viewName }).fill(`J ${code}`);
    await page.getByRole('button', { name: w.save, exact: true }).click();
    await page.getByRole('button', { name: `J ${code}` }).waitFor();
    await go(page, `/goods?q=${code}`);
    await page.getByRole('link', { name: `0${code}` }).waitFor();
    await clean(page, `goods-${language}`);
    await close();
  });

  test(`${language}: goods are made of goods, by count and by scanning, and the balance is kept`, async () => {
    const { make: say, made } = textsOf(language, 'goods');
    const [leaf, tin, tea] = [4, 5, 6].map((n) => gtin(round * 10 + n));
    for (const [code, zh] of [[leaf, '散茶'], [tin, '茶罐'], [tea, '罐装茶']]) await api('producer', 'POST', '/api/v1/products', { gtin: code, name: { 'zh-CN': zh, en: zh }, brand: '澄岩', ...(code === tea && { shelfLifeDays: 720 }) });
    const producedOn = new Date().toISOString().slice(0, 10);
    const expiresOn = `${Number(producedOn.slice(0, 4)) + 1}-12-01`;
    await api('producer', 'POST', '/api/v1/batches', { gtin: leaf, lot: 'LEAF', quantity: 40, producedOn, expiresOn });
    await api('producer', 'POST', '/api/v1/batches', { gtin: tin, lot: 'TIN', quantity: 2, producedOn });
    const [unit] = await api('producer', 'GET', `/api/v1/batches/0${tin}/TIN/units?from=1&count=1`);
    const { page, close } = await open({ role: 'producer', language, viewport: [undefined, phone][round], expected: /404/ });
    await go(page, '/batches');
    await page.getByRole('link', { name: say.title }).click();
    await page.getByRole('heading', { name: say.title }).waitFor();
    await clean(page, `make-empty-${language}`);
    const pick = async (box, text, option) => {
      await box.click();
      if (text) await page.keyboard.type(text);
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first().click();
    };
    await pick(page.getByLabel(say.measure, { exact: true }), '', say.in.GRM);
    await page.getByRole('button', { name: say.addBatch }).click();
    const first = page.getByRole('group', { name: say.input.replace('{{number}}', '1') });
    await pick(first.getByLabel(say.batch, { exact: true }), `0${leaf}`, 'LEAF');
    await first.getByLabel(say.count, { exact: true }).fill('41');
    await first.getByText(say.tooMany.replace('{{count, number}}', '40')).waitFor();
    await first.getByLabel(say.count, { exact: true }).fill('30');
    await first.getByLabel(say.content, { exact: true }).fill('100');
    await page.getByRole('button', { name: say.addScan }).click();
    await page.getByLabel(say.scan).fill(unit.uri);
    await page.keyboard.press('Enter');
    await page.locator('#scanned_0' + tin + '\\/TIN').fill('50');
    const form = page.locator('form');
    await pick(form.getByLabel(w.product, { exact: true }), tea, tea);
    await form.getByLabel(w.lot, { exact: true }).fill('TEA');
    await form.getByLabel(w.quantity, { exact: true }).fill('29');
    await page.locator('#content').fill('100');
    const write = page.getByRole('button', { name: say.send });
    const told = (text, values) => page.getByText(Object.entries(values).reduce((x, [k, v]) => x.replace(`{{${k}}}`, v), text)).first().waitFor();
    await told(say.left, { gap: '150 g' });
    await write.click();
    await clean(page, `make-left-${language}`);
    assert.match(page.url(), /batches\/make/, 'sent though the balance is not kept');
    await page.getByRole('button', { name: say.asLoss.replace('{{gap}}', '150 g') }).click();
    await told(say.balance, { in: '3.05 kg', out: '2.9 kg', loss: '150 g' });
    await page.locator('[data-stands=transform]').getByText('TEA').first().waitFor();
    await page.locator('[data-stands=transform]').getByText(expiresOn).waitFor(); // with the leaf, which is sooner than the shelf life
    await clean(page, `make-${language}`);
    if (round === 0) await keyboard(page);
    await write.dblclick();
    await page.waitForURL(`**/batches/0${tea}/TEA`);
    await page.getByRole('heading', { name: made.title }).waitFor();
    await told(say.balance, { in: '3.05 kg', out: '2.9 kg', loss: '150 g' });
    await clean(page, `made-${language}`);
    await page.getByRole('link', { name: 'LEAF' }).click();
    await page.getByRole('link', { name: 'TEA', exact: true }).waitFor();
    const { holdings } = await api('producer', 'GET', `/api/v1/provenance/0${leaf}/LEAF`);
    assert.deepEqual(holdings.map((h) => [h.state, h.from, h.count]), [['consumed', 0, 30], ['held', 30, 10]]);
    await close();
  });

  test(`${language}: a spreadsheet of strange headings is mapped, checked, mended and registered`, async () => {
    const { page, close } = await open({ role: 'producer', language });
    const [a, b, c] = [1, 2, 3].map((n) => gtin(round * 10 + n));
    const wrong = c.slice(0, -1) + ((Number(c.at(-1)) + 1) % 10);
    // what was said of headings is kept: each round has its own
    const file = `货号${a},叫法${a},牌子${a}\n${a},导入一,澄岩\n${b},导入二,澄岩\n${wrong},导入三,澄岩\n`;
    await go(page, '/imports');
    await clean(page, `imports-${language}`);
    await page.locator('input[type=file]').setInputFiles({ name: 'goods.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    for (const [i, field] of w.fields.entries()) {
      const column = 'ABC'[i];
      await page.getByRole('combobox', { name: w.as(column) }).click();
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: new RegExp(`^${field} \\*$`) }).click();
      await settled(page);
    }
    await page.getByRole('button', { name: w.asked }).waitFor();
    await clean(page, `import-seen-${language}`);
    await page.getByRole('button', { name: w.asked }).click();
    await page.waitForURL('**/imports/j*');
    await page.getByRole('textbox', { name: w.cell(4) }).waitFor();
    await clean(page, `import-mend-${language}`);
    const address = page.url();
    await go(page, '/goods');
    await go(page, address);
    await page.getByRole('button', { name: w.register }).waitFor(); // found again
    await page.getByRole('textbox', { name: w.cell(4) }).fill(b); // the same as row 3: the ledger sees it when it is registered
    await page.getByRole('textbox', { name: w.cell(4) }).fill(`${wrong}0`);
    const mended = page.waitForResponse((r) => r.url().endsWith('/rows') && r.request().method() === 'POST' && r.ok());
    await page.getByRole('button', { name: w.again }).click();
    await mended;
    const checked = (id) => page.evaluate(async (x) => (await (await fetch(`/api/v1/imports/${x}?summary=true`)).json()).status === 'done', id);
    await until(() => checked(address.split('/').at(-1)));
    await page.getByRole('textbox', { name: w.cell(4) }).waitFor();
    await settled(page);
    await page.getByRole('button', { name: w.register }).click();
    await page.getByText(w.registered).waitFor();
    await go(page, `/goods?q=${b}`);
    await page.getByRole('link', { name: `0${b}` }).waitFor();
    await close();
  });

  test(`${language}: what shoppers see is written beside their own page`, async () => {
    const { page, close } = await open({ role: 'producer', language, dark: round === 1, expected: /422/ }); // a preview that is asked for in the middle of an address
    const code = gtin(round * 10 + 7);
    await api('producer', 'POST', '/api/v1/products', { gtin: code, name: { 'zh-CN': '展示用面霜', en: 'Shown cream' }, brand: '澄岩', inspectionRequired: false });
    const kept = () => api('producer', 'GET', `/api/v1/products/0${code}/presentation`);
    await go(page, `/goods/0${code}`);
    await page.getByRole('link', { name: w.seen }).click();
    await page.waitForURL('**/presentation');
    await clean(page, `presentation-empty-${language}`);
    const shopper = page.frameLocator('.phone iframe:not([aria-hidden])');
    await page.getByLabel(w.storyEn, { exact: true }).fill('From a valley.');
    await page.keyboard.press('Tab');
    await page.getByText(w.zhMissing).waitFor();
    await page.getByLabel(w.story, { exact: true }).fill('来自山谷。\n\n<b>第二段</b>');
    await shopper.getByText(language === 'en' ? 'From a valley.' : '来自山谷。').waitFor();
    await shopper.getByRole('heading', { name: w.head }).waitFor();
    await page.getByText(w.tongue, { exact: true }).click();
    await shopper.getByRole('heading', { name: w.headOther }).waitFor();

    await page.locator('input[type=file]').setInputFiles({ name: 'cream.png', mimeType: 'image/png', buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } }) });
    await shopper.locator('.pictures img').waitFor();
    await page.getByRole('button', { name: w.buyAdd }).click();
    await page.getByLabel(w.shows, { exact: true }).fill('旗舰店');
    await page.getByLabel(w.url, { exact: true }).fill('http://shop.example/p');
    await page.getByText(w.wrongUrl).first().waitFor();
    await page.getByLabel(w.url, { exact: true }).fill('https://shop.example/p');
    await shopper.getByText('shop.example').waitFor();
    await clean(page, `presentation-${language}`, { framed: true });
    await keyboard(page);
    assert.deepEqual((await kept()).versions, [], 'nothing is saved by looking');

    await go(page, `/goods/0${code}/presentation`); // left and found again
    await page.getByText(w.going).waitFor();
    assert.equal(await page.getByLabel(w.url, { exact: true }).inputValue(), 'https://shop.example/p');
    await page.getByRole('button', { name: w.draft }).click();
    await page.getByText(w.drafted).waitFor();
    assert.equal((await kept()).shown, 0);
    await page.getByLabel(w.story, { exact: true }).fill('第二版。');
    await page.getByRole('button', { name: w.publish, exact: true }).click();
    await page.getByText(w.published).waitFor();
    const { shown, versions } = await kept();
    assert.deepEqual([shown, versions.length, versions[0].content.story['zh-CN'], versions[0].content.pictures.length], [2, 2, '第二版。', 1]);
    const first = page.getByRole('listitem').filter({ hasText: w.version });
    await first.getByRole('button', { name: w.showThis }).click();
    await until(async () => (await kept()).shown === 1);
    await page.setViewportSize(phone);
    await clean(page, `presentation-phone-${language}`, { framed: true });
    await close();
  });

  test(`${language}: a seller says where it sells what it has had in hand, and takes it back`, async () => {
    const t = textsOf(language, 'presentation');
    const goods = textsOf(language, 'goods');
    const links = async () => (await api('seller', 'GET', '/api/v1/products/06998801900015/buy-links')).links;
    const before = await links();
    const { page, close } = await open({ role: 'seller', language, viewport: language === 'en' ? phone : desk });
    await go(page, '/goods/06998801900015');
    await page.getByRole('link', { name: goods.buyLinks }).click();
    await page.getByRole('button', { name: t.buyAdd }).click();
    const row = page.getByRole('group').last();
    await row.getByLabel(t.url).fill('http://shop.example');
    await page.getByRole('button', { name: t.own.send }).click();
    await row.getByText(t.urlWrong).waitFor();
    await row.getByLabel(t.url).fill('https://shop.example/serum');
    await row.getByRole('textbox').first().fill('走查小店');
    await page.getByRole('button', { name: t.own.send }).click();
    await page.getByText(t.own.kept).waitFor();
    await clean(page, `buy-links-${language}`);
    assert.deepEqual((await links()).slice(before.length).map((l) => [l.label['zh-CN'], l.url]), [['走查小店', 'https://shop.example/serum']]);
    await page.reload();
    await settled(page);
    await page.getByRole('group').last().getByRole('button', { name: t.remove }).click();
    await page.getByRole('button', { name: t.own.send }).click();
    await page.getByText(t.own.kept).waitFor();
    assert.deepEqual(await links(), before);
    await close();
  });

  test(`${language}: lists and pages of goods fit a phone`, async () => {
    const { page, close } = await open({ role: 'producer', language, viewport: phone, dark: round === 1 });
    for (const path of ['/goods', '/batches', '/goods/new', '/batches/new', '/imports']) {
      await go(page, path);
      await clean(page, `phone${path.replaceAll('/', '-')}-${language}`);
    }
    await close();
  });
}
