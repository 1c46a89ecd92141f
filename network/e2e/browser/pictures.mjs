// The pictures of the console in docs/, of the demo's data as `make up` begins with it, each in Chinese and in English:
//
//   make clean up                                    # in another terminal
//   npm ci && node pictures.mjs ../../../docs/images/console < ../../../.touchstone/demo.env
//
// They are WebP, which the browser itself writes, so that none is larger than 150 kB.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const demo = Object.fromEntries([...readFileSync(0, 'utf8').matchAll(/^TOUCHSTONE_(\w+)=(.*)$/gm)].map((m) => [m[1], m[2]]));
const keys = Object.fromEntries(Object.entries(demo).filter(([name]) => name.startsWith('KEY_')).map(([name, key]) => [name.slice(4).toLowerCase(), key]));
process.env.CASES = JSON.stringify({ gateway: demo.GATEWAY, verifier: demo.VERIFIER, keys });
const { api, desk, end, go, languages, open, phone, settled } = await import('./console/kit.mjs');

const largest = 150_000;
const [folder, ...wanted] = process.argv.slice(2); // names of single pictures may follow
if (!folder) throw new Error('say into which folder the pictures go');
mkdirSync(folder, { recursive: true });

const coffee = '06998801900084/202610F02';

// scan types what a hand scanner reads of the first units of a batch.
async function scan(page) {
  for (const unit of await api('producer', 'GET', `/api/v1/batches/${coffee}/units?from=100&count=4`)) {
    await page.keyboard.insertText(unit.uri);
    await page.keyboard.press('Enter');
  }
  await page.locator('.scanned > li').nth(3).waitFor();
}

// alert opens the riskiest alert, and waits for its map.
async function alert(page) {
  await page.locator('td a').first().click();
  await page.waitForURL('**/platform/alerts/*');
  await page.locator('[data-href$="/map"] img').evaluate((img) => img.decode());
}

const pictures = [
  { name: 'overview', role: 'seller', path: '/' },
  { name: 'batches', role: 'producer', path: '/batches' },
  { name: 'labels', role: 'producer', path: `/labels?batch=${encodeURIComponent('06998801900015/202610A01')}` },
  { name: 'recall', role: 'producer', path: '/quality/recalls/DEMO-RECALL-1' },
  { name: 'insight', role: 'producer', path: '/insight?days=30', then: (page) => page.locator('[role=img] svg').nth(1).waitFor() },
  { name: 'trace', role: 'auditor', path: '/auditor/batches/06998801900015/202610A01', then: (page) => page.locator('.graph-card.shipment').first().click() },
  { name: 'alert', role: 'platform', path: '/platform/watch', then: alert },
  { name: 'ship', role: 'producer', path: '/custody/ship', viewport: phone, then: scan },
  { name: 'batch', role: 'producer', path: '/batches/06998801900015/202610A01', viewport: phone },
];

// webp gives a picture of what is seen in a tab as WebP, which a blank tab writes: the console's own policy lets no page do so.
async function webp(page, blank) {
  const png = (await page.screenshot()).toString('base64');
  return Buffer.from(await blank.evaluate(async (data) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 })).arrayBuffer());
    return Array.from(bytes, (b) => String.fromCharCode(b)).join('');
  }, png), 'latin1');
}

for (const language of languages) {
  for (const { name, role, path, viewport = desk, then } of pictures.filter((p) => !wanted.length || wanted.includes(p.name))) {
    const { page, close, context } = await open({ role, language, viewport, deviceScaleFactor: viewport === phone ? 2 : 1 });
    await go(page, path);
    await then?.(page);
    await settled(page);
    await page.waitForFunction(() => !/(^|[\s「])…/m.test(document.body.innerText)); // every name is known
    const blank = await context.newPage();
    await page.bringToFront();
    const bytes = await webp(page, blank);
    await close();
    if (bytes.length > largest) throw new Error(`${name} has ${bytes.length} bytes`);
    const file = join(folder, `${name}-${language}.webp`);
    writeFileSync(file, bytes);
    console.log(file, bytes.length);
  }
}
await end();
