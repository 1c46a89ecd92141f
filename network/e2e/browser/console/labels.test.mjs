// Labels in the console: designing one, looking at it, trying the printer, printing in each format, long work, single ones again. What is
// printed is read back: ZPL as a printer renders it, PDF rasterised, pictures as they are.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ready } from 'zpl-renderer-js';
import { api, cases, clean, downloaded, end, go, keyboard, languages, open, phone, settled, until } from './kit.mjs';

after(end);
const folder = mkdtempSync(join(tmpdir(), 'labels-'));
const texts = {
  'zh-CN': { trial: '先打一张试样', print: /^打印 [\d,]+ 枚$/, range: '其中一段', again: '补打', codes: '要补打的标签', piece: '第 8 件', with: '枚标签带防伪码', on: '改为印', pin: '印防伪码', pinFacts: '带防伪码 2 枚', first: '从第', last: '到第', cuts: '有内容印不全', zpl: 'ZPL', layout: '版式', own: '新版式', width: '宽', height: '高', keepAs: '存为我的版式', keep: '保存', file: '取回文件', done: '已完成', stop: '停止制作', stopped: '已取消', anew: '重新制作', surplus: '作废多余的编码', keepFirst: '保留前多少枚', why: '作废原因', void: '作废', name: '中文名称', brand: '品牌' },
  en: { trial: 'Print one to try', print: /^Print [\d,]+$/, range: 'Some of them', again: 'Single ones again', codes: 'Labels to print again', piece: 'item 8', with: 'labels of this batch have PINs', on: 'Print PINs', pin: 'Print the PIN', pinFacts: '2 with PINs', first: 'From no.', last: 'To no.', cuts: 'Some text has no room', zpl: 'ZPL', layout: 'Layout', own: 'New layout', width: 'Width', height: 'Height', keepAs: 'Keep as our layout', keep: 'Save', stop: 'Stop', stopped: 'Stopped', anew: 'Make again', surplus: 'End surplus codes', keepFirst: 'How many to keep', why: 'Why', void: 'End them', name: 'Chinese name', brand: 'Brand' },
};
const at = (lot = cases.lot) => `/labels?batch=${cases.gtin}/${encodeURIComponent(lot)}`;

// codes reads every code of a picture.
const codes = (file) => execFileSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', file], { encoding: 'utf8' }).trim().split('\n').sort();

async function printed(zpl, mm, dpi) {
  const { api: renderer } = await ready;
  return (await renderer.zplToBase64MultipleAsync(zpl, mm[0], mm[1], dpi / 25.4)).map((picture, i) => {
    const file = join(folder, `zpl-${i}.png`);
    writeFileSync(file, Buffer.from(picture, 'base64'));
    return codes(file)[0];
  });
}

// unzipped gives the files of a ZIP by name, read from its directory (PKWARE APPNOTE 4.3.12).
function unzipped(file) {
  const zip = readFileSync(file);
  const files = new Map();
  let at = zip.readUInt32LE(zip.length - 22 + 16);
  for (let n = zip.readUInt16LE(zip.length - 22 + 10); n > 0; n--) {
    const [size, name, extra, comment, local] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + size);
    files.set(zip.toString('utf8', at + 46, at + 46 + name), zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(data) : data);
    at += 46 + name + extra + comment;
  }
  return files;
}

// pictured reads the code of a picture's bytes.
function pictured(bytes) {
  const file = join(folder, 'picture.png');
  writeFileSync(file, bytes);
  return codes(file)[0];
}

// millimetres is how large a PNG says that it is: its pixels by its pHYs, in pixels a metre.
function millimetres(png) {
  const phys = png.indexOf('pHYs') + 4;
  return [0, 4].map((at) => (1000 * png.readUInt32BE(16 + at)) / png.readUInt32BE(phys + at));
}

// shopperReads reads pictures as /scan does, DataMatrix too, with the reader that shoppers' phones load.
async function shopperReads(pictures) {
  const { page, close } = await open();
  await page.goto(`${cases.verifier}/scan`);
  const read = await page.evaluate(async (all) => {
    const { decoder, wasm } = document.getElementById('main').dataset;
    await new Promise((done, failed) => document.head.append(Object.assign(document.createElement('script'), { src: decoder, onload: done, onerror: failed })));
    const wasmBinary = await (await fetch(wasm)).arrayBuffer();
    await BarcodeDetectionAPI.prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
    const detector = new BarcodeDetectionAPI.BarcodeDetector({ formats: ['qr_code', 'data_matrix'] });
    return Promise.all(all.map(async (png) => {
      const image = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))]));
      return (await detector.detect(image)).map((c) => c.rawValue);
    }));
  }, pictures);
  await close();
  return read;
}

const option = (page, group, text) => page.getByRole('radiogroup', { name: group }).getByText(text, { exact: true });

async function choose(page, box, text) {
  await page.getByRole('combobox', { name: box }).click();
  await page.locator('.ant-select-item-option', { hasText: text }).first().click();
}

for (const language of languages) {
  const t = texts[language];
  test(`labels are designed, tried and printed: ${language}`, async () => {
    const units = await api('producer', 'GET', `/api/v1/batches/${cases.gtin}/${cases.lot}/units?from=0&count=10`);
    const { page, close } = await open({ role: 'producer', language });
    await go(page, at());
    await page.locator('img[src^="data:image/svg"]').waitFor();
    await clean(page, `labels-${language}`);
    await keyboard(page);

    await option(page, language === 'en' ? 'Format' : '格式', t.zpl).click();
    const trial = readFileSync(await downloaded(page, page.getByRole('button', { name: t.trial })), 'utf8');
    const [sample] = await printed(trial, [50, 30], 300);
    assert.match(sample, /\/21\/0{20}$/, 'a trial print has a made-up code');

    await page.getByRole('radio', { name: t.range }).check();
    await page.getByRole('spinbutton', { name: t.last }).fill('3');
    await page.keyboard.press('Tab');
    const zpl = readFileSync(await downloaded(page, page.getByRole('button', { name: t.print })), 'utf8');
    assert.deepEqual(await printed(zpl, [50, 30], 300), units.slice(0, 3).map((u) => u.uri));

    const format = (name) => option(page, language === 'en' ? 'Format' : '格式', name).click();
    await format('PNG');
    const pngs = unzipped(await downloaded(page, page.getByRole('button', { name: t.print })));
    assert.deepEqual([...pngs.values()].map(pictured), units.slice(0, 3).map((u) => u.uri));
    for (const png of pngs.values()) assert.deepEqual(millimetres(png).map(Math.round), [50, 30]);
    await format('SVG');
    const svgs = unzipped(await downloaded(page, page.getByRole('button', { name: t.print })));
    assert.equal(svgs.size, 3);
    const drawn = await open({ viewport: { width: 800, height: 500 }, deviceScaleFactor: 3 });
    for (const [i, svg] of [...svgs.values()].entries()) {
      assert.match(svg.toString('utf8'), /width="50mm" height="30mm"/);
      await drawn.page.setContent(svg.toString('utf8'));
      assert.equal(pictured(await drawn.page.screenshot()), units[i].uri);
    }
    await drawn.close();
    await format(t.zpl);

    await choose(page, t.layout, t.own);
    await page.getByRole('spinbutton', { name: t.width }).fill('30');
    await page.getByRole('spinbutton', { name: t.height }).fill('24');
    await page.keyboard.press('Tab');
    await page.getByText(t.cuts).waitFor();
    await clean(page, `labels-designer-${language}`);
    await page.getByRole('spinbutton', { name: t.width }).fill('100');
    await page.getByRole('spinbutton', { name: t.height }).fill('60');
    await page.keyboard.press('Tab');
    await page.getByText(t.cuts).waitFor({ state: 'detached' });
    await page.locator('input[type=file]').setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20" fill="#9B3A2A"/></svg>') });
    await page.waitForFunction(() => decodeURIComponent(document.querySelector('img[src^="data:image/svg"]')?.src ?? '').includes('data:image/png'));
    const name = `${language} 100×60`;
    await page.getByRole('textbox', { name: t.keepAs }).fill(name);
    await page.getByRole('button', { name: t.keep, exact: true }).click();
    await page.getByRole('combobox', { name: t.layout }).locator('xpath=ancestor::*[contains(@class,"ant-select")][1]').getByText(name).waitFor();
    const own = readFileSync(await downloaded(page, page.getByRole('button', { name: t.print })), 'utf8');
    assert.deepEqual(await printed(own, [100, 60], 300), units.slice(0, 3).map((u) => u.uri));

    await page.getByRole('radio', { name: t.again }).check();
    await page.getByRole('textbox', { name: t.codes }).fill(units[7].serial.slice(-6).toLowerCase());
    await page.keyboard.press('Enter');
    await page.getByText(t.piece).waitFor();
    const one = readFileSync(await downloaded(page, page.getByRole('button', { name: t.print })), 'utf8');
    assert.deepEqual(await printed(one, [100, 60], 300), [units[7].uri]);

    // Of what is printed with PINs here, the page speaks when the next one prints without.
    await page.getByRole('radio', { name: t.range }).check();
    await page.getByRole('spinbutton', { name: t.last }).fill('32');
    await page.getByRole('spinbutton', { name: t.first }).fill('31');
    await page.keyboard.press('Tab');
    await page.getByRole('switch', { name: t.pin }).click();
    await downloaded(page, page.getByRole('button', { name: t.print }));
    await page.getByRole('switch', { name: t.pin }).click();
    await page.getByText(t.with).waitFor();
    await clean(page, `labels-pins-${language}`);
    await page.getByRole('button', { name: t.on, exact: true }).click();
    await page.getByText(t.with).waitFor({ state: 'detached' });
    await go(page, `/batches/${cases.gtin}/${cases.lot}`);
    await page.getByText(t.pinFacts).first().waitFor();
    await close();
  });

  test(`many labels are long work that is found again: ${language}`, async () => {
    const { page, close } = await open({ role: 'producer', language, viewport: phone });
    // A large file is fetched by the browser itself, which shows its cookie and no key.
    await page.request.post(`${cases.gateway}/api/v1/sign-in/demo`, { data: { party: (await api('producer', 'GET', '/api/v1/me')).party } });
    if (language === languages[0]) { // ordered once: the other language finds the same work
      await go(page, at(cases.bigLot));
      await option(page, '格式', 'CSV').click();
      await page.getByRole('button', { name: t.print }).click();
      await page.getByRole('progressbar').first().waitFor();
    }
    await go(page, '/labels'); // one damaged label, by what can still be read of it
    const [damaged] = await api('producer', 'GET', `/api/v1/batches/${cases.gtin}/${cases.lot}/units?from=7&count=1`);
    await clean(page, `labels-again-${language}`);
    await page.getByRole('textbox', { name: t.codes }).fill(damaged.serial.slice(-6));
    await page.keyboard.press('Enter');
    await page.getByText(t.piece).waitFor();
    await option(page, language === 'en' ? 'Format' : '格式', 'PDF').click();
    const again = await downloaded(page, page.getByRole('button', { name: t.print }));
    execFileSync('pdftoppm', ['-r', '300', '-gray', '-png', '-singlefile', again, join(folder, 'again')]);
    assert.deepEqual(codes(join(folder, 'again.png')), [damaged.uri]);
    assert.match(execFileSync('pdfinfo', [again], { encoding: 'utf8' }), /Page size: +141\.73 x 85\.04 pts/, 'a page of 50 x 30 mm');
    await clean(page, `labels-again-found-${language}`);

    await go(page, '/labels');
    await page.getByText(cases.bigLot).first().waitFor();
    await page.waitForFunction(() => document.querySelector('[href*="job="]') === null, undefined, { timeout: 60_000 });
    const list = readFileSync(await downloaded(page, page.getByRole('button', { name: language === 'en' ? 'Download' : '下载' }).first()), 'utf8');
    assert.equal(list.trim().split('\n').length, cases.bigCount + 1);
    await clean(page, `labels-jobs-${language}`);
    await close();
  });

  test(`a printer is calibrated by a test sheet: ${language}`, async () => {
    const { page, close } = await open({ role: 'producer', language });
    await go(page, '/labels/printers');
    const sheet = await downloaded(page, page.getByRole('button', { name: 'PDF' }));
    execFileSync('pdftoppm', ['-r', '300', '-gray', '-png', '-singlefile', sheet, join(folder, 'sheet')]);
    assert.match(codes(join(folder, 'sheet.png'))[0], /\/21\/0{20}$/);
    for (const [i, value] of ['21', '191', '20', '277'].entries()) await page.getByRole('spinbutton').nth(i).fill(value);
    await page.getByRole('textbox').last().fill(`TSC ${language}`);
    await page.getByRole('button', { name: t.keep, exact: true }).click();
    await page.getByRole('listitem').filter({ hasText: `TSC ${language}` }).getByText('-1.00').waitFor();
    await settled(page);
    await clean(page, `labels-printers-${language}`);
    await keyboard(page);
    await close();
  });

  test(`long work is stopped and made again: ${language}`, async () => {
    const { page, close } = await open({ role: 'producer', language });
    await go(page, at(cases.wideLot));
    await option(page, language === 'en' ? 'Format' : '格式', 'PDF').click();
    await page.getByRole('button', { name: t.print }).click();
    const work = page.locator('.hairline').filter({ has: page.getByRole('progressbar') });
    const stop = async () => {
      await work.getByRole('button', { name: t.stop, exact: true }).click();
      await page.getByRole('tooltip').getByRole('button', { name: t.stop, exact: true }).click();
      await work.getByText(t.stopped).waitFor();
    };
    await stop();
    await clean(page, `labels-stopped-${language}`);
    await work.getByRole('button', { name: t.anew, exact: true }).click();
    await stop();
    const { items } = await api('producer', 'GET', `/api/v1/jobs?kind=labels&q=${cases.wideLot}`);
    assert.ok(items.length > 0 && items.every((j) => j.status === 'cancelled' && !j.file));
    await close();
  });

  test(`codes of a batch that was registered too large end: ${language}`, async () => {
    const lot = `${cases.surplusLot}${languages.indexOf(language)}`;
    const { page, close } = await open({ role: 'producer', language, viewport: phone });
    await go(page, `/batches/${cases.gtin}/${lot}`);
    await page.getByRole('button', { name: t.surplus, exact: true }).click();
    await page.getByRole('spinbutton', { name: t.keepFirst }).fill('6');
    await page.getByRole('textbox', { name: t.why }).fill(language);
    await clean(page, `labels-voids-${language}`);
    await page.getByRole('button', { name: t.void, exact: true }).click();
    const ended = async () => (await api('producer', 'GET', `/api/v1/provenance/${cases.gtin}/${lot}`)).events.filter((e) => e.type === 'voided').map((e) => e.units);
    await until(async () => (await ended()).length > 0);
    assert.deepEqual(await ended(), [4]);
    await close();
  });
}

// A printer has no fonts and no layout of ours: what it draws of a ZPL file is right, or the labels are not.
test('ZPL of every size and resolution is drawn as it was meant', { timeout: 300_000 }, async () => {
  const { templates } = await api('producer', 'GET', '/api/v1/labels/designs');
  const rolls = templates.filter((x) => x.columns * x.rows === 1).map((x) => ({ style: { template: x.id }, mm: [x.width, x.height], pin: x.pin }));
  assert.ok(['roll-40x30', 'roll-50x30', 'roll-60x40'].every((id) => rolls.some((r) => r.style.template === id)));
  rolls.push({ style: { design: { width: 80, height: 50 } }, mm: [80, 50], pin: true }, { style: { design: { width: 25, height: 40 } }, mm: [25, 40], pin: true });
  const units = await api('producer', 'GET', `/api/v1/batches/${cases.gtin}/${cases.lot}/units?from=20&count=2`);
  const { api: renderer } = await ready;
  for (const symbol of ['qr', 'datamatrix']) {
    const drawn = [];
    for (const { style, mm, pin } of rolls) {
      for (const dpi of [203, 300, 600]) {
        const answer = await fetch(`${cases.gateway}/api/v1/batches/${cases.gtin}/${cases.lot}/labels`, { method: 'POST',
          headers: { Authorization: `Bearer ${cases.keys.producer}`, 'Content-Type': 'application/json' }, body: JSON.stringify({ format: 'zpl', ...style, symbol, pin, dpi, from: 20, count: 2 }) });
        const zpl = await answer.text();
        assert.ok(answer.ok, zpl);
        for (const [i, picture] of (await renderer.zplToBase64MultipleAsync(zpl, mm[0], mm[1], dpi / 25.4)).entries()) drawn.push({ name: `${mm.join('x')} ${dpi} dpi`, unit: units[i], picture });
      }
    }
    assert.equal(drawn.length, rolls.length * 3 * 2);
    const read = await shopperReads(drawn.map((d) => d.picture));
    for (const [i, { name, unit }] of drawn.entries()) {
      assert.equal(read[i].length, 1, `${symbol} ${name}: ${read[i]}`);
      if (symbol === 'qr') assert.equal(read[i][0], unit.uri, name);
      else assert.ok(read[i][0].replace(/[^0-9A-Za-z]/g, '').endsWith(`21${unit.serial}`), `${name}: ${read[i]}`);
    }
  }
});
