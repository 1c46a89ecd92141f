// Every form of the console, found by its page: its session ends while it is sent. What was typed stays, and goes to the gateway once
// more as it was, with the same Idempotency-Key, after the sign-in. The gateway's answers to what is sent are made here, so that the walk
// changes nothing.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { end, go, open, settled, textsOf } from './kit.mjs';
import { places } from './pages.mjs';

after(end);

const common = textsOf('zh-CN', 'common');
const signin = textsOf('zh-CN', 'signin');

// Forms that are opened by a button, by their page's route.
const settings = textsOf('zh-CN', 'settings');
const openers = { 'settings/team': settings.invite, 'settings/keys': settings.keyNew, 'settings/webhooks': settings.webhookNew };

// What cannot be guessed of a form, by its page's route: a field's name in its id, and what to write there.
const known = {
  'goods/new': [['gtin', () => untaken()]],
  'quality/standards/new': [['id', () => `WALK-${Date.now() % 100_000}`], ['limits_major', 'choose']],
};

// Pages whose form asks for what only a person has: a file, a scan, goods in hand. The same client sends what they say.
const asksForMore = ['application', 'batches/make', 'quality/inspections/:gtin/:lot', 'quality/recalls/new', 'signin', 'signup', 'invitation'];

// untaken is a barcode of the demo producer's that nothing has.
function untaken() {
  const body = `69988018${String(Date.now() % 10_000).padStart(4, '0')}`;
  const sum = [...body].reverse().reduce((s, d, i) => s + Number(d) * (i % 2 ? 1 : 3), 0);
  return body + ((10 - (sum % 10)) % 10);
}

// guessed writes something into each empty field of a form.
async function guessed(page, form, route) {
  for (const [name, value] of known[route] ?? []) {
    const field = form.locator(`[id$="${name}"]`).first();
    if (value === 'choose') await choose(page, field);
    else await field.fill(value());
  }
  for (const field of await form.locator('input, textarea').all()) {
    if (!await field.isVisible() || !await field.isEnabled() || await field.inputValue()) continue;
    const { type, role, placeholder, required, date } = await field.evaluate((e) => ({
      type: e.type, role: e.getAttribute('role'), placeholder: e.placeholder, date: !!e.closest('.ant-picker'),
      required: !!e.closest('.ant-form-item')?.querySelector('.ant-form-item-required') || e.getAttribute('aria-required') === 'true',
    }));
    if (['checkbox', 'radio', 'file'].includes(type) || (date && !required)) continue;
    if (role === 'combobox' && await field.evaluate((e) => !!e.closest('.ant-select'))) {
      if (required && !await field.evaluate((e) => !!e.closest('.ant-select').querySelector('.ant-select-selection-item, .ant-select-content-value'))) await choose(page, field);
      continue;
    }
    if (date) { await field.fill('2026-11-20'); await field.press('Enter'); } else if (role === 'spinbutton') { if (required) await field.fill('1'); } else {
      await field.fill(placeholder.startsWith('http') ? 'https://shop.example/walk' : type === 'password' ? 'four words of a walk' : '走查 7');
    }
  }
}

async function choose(page, field) {
  await field.click();
  const option = page.locator('.ant-select-dropdown:visible .ant-select-item-option').first();
  if (await option.waitFor({ timeout: 5000 }).then(() => true, () => false)) await option.click();
}

const valuesOf = (form) => form.locator('input, textarea').evaluateAll((all) => all.filter((e) => e.type !== 'file').map((e) => (['checkbox', 'radio'].includes(e.type) ? e.checked : e.value)));

const problem = (status, code) => ({ status, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: code, titles: { 'zh-CN': code, en: code }, status, code, requestId: 'walk' }) });

// interrupted answers the first of what is sent as a session that has ended, and the second as somebody who was faster.
async function interrupted(page) {
  const sent = [];
  await page.route('**/api/v1/**', async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    if (request.method() === 'GET' || /\/(preview|resolve)$/.test(pathname)) return route.continue();
    if (pathname === '/api/v1/sign-in') return route.fulfill({ status: 200, contentType: 'application/json', body: '{}' });
    sent.push({ what: `${request.method()} ${pathname}`, body: request.postData(), key: request.headers()['idempotency-key'] });
    return route.fulfill(sent.length === 1 ? problem(401, 'UNAUTHENTICATED') : problem(409, 'WRITE_CONFLICT'));
  });
  return sent;
}

const forms = (page) => page.locator('#main form:has(button[type=submit]), .ant-modal form:has(button[type=submit])');

const walked = new Map(); // how many forms of each page were sent twice
const all = (await places()).filter((p) => p.roles[0] !== undefined);
const byRole = new Map(all.map(({ roles: [role] }) => [role, all.filter((p) => p.roles[0] === role)]));

for (const [role, pages] of byRole) {
  test(`the forms of ${role} outlive their session`, async () => {
    for (const { route, path } of pages.filter((p) => !asksForMore.includes(p.route))) {
      for (let at = 0, count = 1; at < count; at++) {
        const { page, close } = await open({ role, expected: /40[149]/ });
        await go(page, path);
        if (openers[route]) await page.getByRole('button', { name: openers[route] }).first().click();
        count = await forms(page).count();
        if (at >= count) { await close(); break; }
        const form = forms(page).nth(at);
        const send = form.locator('button[type=submit]').first();
        if (!await send.isVisible() || !await send.isEnabled()) { await close(); continue; }
        await guessed(page, form, route);
        const sent = await interrupted(page);
        const typed = await valuesOf(form);
        await send.click();
        const asked = page.getByRole('dialog', { name: common.session.ended });
        for (const began = Date.now(); !sent.length && Date.now() - began < 5000;) await page.waitForTimeout(50);
        if (!sent.length) { // a search, or a field that refuses what was guessed
          await close();
          continue;
        }
        await asked.waitFor();
        await asked.getByLabel(signin.login).fill('walk');
        await asked.getByLabel(signin.password, { exact: true }).fill('four words of a walk');
        await asked.getByRole('button', { name: signin.title, exact: true }).click();
        await asked.waitFor({ state: 'detached' });
        await page.waitForFunction(() => !document.querySelector('#main [aria-busy=true]'));
        await settled(page);
        assert.equal(sent.length, 2, `${path}: ${JSON.stringify(sent)}`);
        assert.deepEqual(sent[1], sent[0], path);
        assert.deepEqual(await valuesOf(form), typed, `${path}: what was typed is lost`);
        walked.set(route, (walked.get(route) ?? 0) + 1);
        await close();
      }
    }
  });
}

test('the walk has met the forms', () => {
  const routes = ['goods/new', 'goods/:gtin/buy-links', 'labels/printers', 'custody/cases/new', 'quality/standards/new', 'settings/team', 'settings/keys', 'settings/webhooks',
    'platform/alerts/:id', 'platform/complaints/:id', 'platform/reports/:id'];
  for (const route of routes) assert.ok(walked.get(route) > 0, `${route} was not sent`);
});
