// How long the console's first pages take to be usable on a phone: 360 px wide, its processor slowed four times, plain
// 4G (9 Mbit/s down, 1.5 Mbit/s up, 170 ms there and back), with nothing kept from before. Usable is when the page's
// heading is drawn and the browser has been idle since for 50 ms; LCP is the largest thing that was drawn.
//
//   node scripts/speed.mjs --base http://localhost:8080 --env .touchstone/demo.env
//
// It prints a figure for each page and fails for none: how busy the machine is has a say in it.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values } = parseArgs({ options: {
  base: { type: 'string', default: 'http://localhost:8080' }, env: { type: 'string', default: '.touchstone/demo.env' }, times: { type: 'string', default: '5' },
} });
const key = /^TOUCHSTONE_KEY_PRODUCER=(.*)$/m.exec(readFileSync(values.env, 'utf8'))?.[1];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

async function once(path, headers) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN', baseURL: values.base, extraHTTPHeaders: headers });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 170, downloadThroughput: (9e6 / 8), uploadThroughput: (1.5e6 / 8) });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  let bytes = 0;
  cdp.on('Network.loadingFinished', (e) => { bytes += e.encodedDataLength; });
  await page.addInitScript(() => {
    globalThis.largest = 0;
    new PerformanceObserver((list) => { for (const e of list.getEntries()) globalThis.largest = e.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  await page.goto(path, { waitUntil: 'commit' });
  await page.locator('h1').first().waitFor();
  const [usable, largest] = await page.evaluate(() => new Promise((done) => {
    const seen = performance.now();
    requestIdleCallback(() => done([Math.round(Math.max(seen, performance.now())), Math.round(globalThis.largest)]), { timeout: 10_000 });
  }));
  await context.close();
  return { usable, largest, bytes };
}

const middle = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
for (const [name, path, headers] of [['sign-in page', '/signin', {}], ['overview', '/', { Authorization: `Bearer ${key}` }]]) {
  const runs = [];
  for (let i = 0; i < Number(values.times); i++) runs.push(await once(path, headers));
  const of = (what) => middle(runs.map((r) => r[what]));
  console.log(`${name}: usable after ${of('usable')} ms (${runs.map((r) => r.usable).join(', ')}), largest drawn after ${of('largest')} ms, ${Math.round(of('bytes') / 1000)} kB`);
}
await browser.close();
