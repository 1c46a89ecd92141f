// How long the console's first pages take to be usable on a phone: 360 px wide, its processor slowed four times, with
// nothing kept from before; once over the wire of this machine and once over plain 4G (9 Mbit/s down, 1.5 Mbit/s up, 170 ms
// there and back). Usable is when what one came for works: the sign-in page's field holds what was typed into it, a press
// on a link of the overview is taken. LCP is the largest thing that was drawn; busy is the work of the page's
// own thread until then, which other programs on the machine lengthen less.
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

async function once(path, headers, wire, works) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN', baseURL: values.base, extraHTTPHeaders: headers });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Performance.enable');
  if (wire === '4G') await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 170, downloadThroughput: (9e6 / 8), uploadThroughput: (1.5e6 / 8) });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  let bytes = 0;
  cdp.on('Network.loadingFinished', (e) => { bytes += e.encodedDataLength; });
  await page.addInitScript(() => {
    globalThis.largest = 0;
    new PerformanceObserver((list) => { for (const e of list.getEntries()) globalThis.largest = e.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  await page.goto(path, { waitUntil: 'commit' });
  await works(page);
  const [usable, largest] = await page.evaluate(() => [Math.round(performance.now()), Math.round(globalThis.largest)]);
  const busy = Math.round((await cdp.send('Performance.getMetrics')).metrics.find((m) => m.name === 'TaskDuration').value * 1000);
  await context.close();
  return { usable, largest, busy, bytes };
}

const middle = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const typed = async (page) => {
  await page.locator('input[name=login]').pressSequentially('a');
  await page.waitForFunction(() => document.querySelector('input[name=login]').value === 'a');
};
const followed = (page) => page.waitForFunction(() => {
  const press = new MouseEvent('click', { bubbles: true, cancelable: true });
  document.querySelector('main .task-groups a, main .steps a')?.dispatchEvent(press);
  return press.defaultPrevented; // the console has taken it and leads on
});
for (const wire of ['wire', '4G']) {
  for (const [name, path, headers, works] of [['sign-in page', '/signin', {}, typed], ['overview', '/', { Authorization: `Bearer ${key}` }, followed]]) {
    const runs = [];
    for (let i = 0; i < Number(values.times); i++) runs.push(await once(path, headers, wire, works));
    const of = (what) => middle(runs.map((r) => r[what]));
    console.log(`${name}, ${wire}: usable after ${of('usable')} ms (${runs.map((r) => r.usable).join(', ')}), busy ${of('busy')} ms, largest drawn after ${of('largest')} ms, ${Math.round(of('bytes') / 1000)} kB`);
  }
}
await browser.close();
