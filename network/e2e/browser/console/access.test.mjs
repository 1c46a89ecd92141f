// Who gets in, by what, and what he then sees: with one click in a demo system, as an applicant of one's own, as a colleague by a
// link, with a password, an authenticator, a passkey; and who does not get in, or no longer.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, test } from 'node:test';
import { cases, clean, end, go, languages, open, phone, settled } from './kit.mjs';

after(end);

const words = {
  'zh-CN': { producer: /澄岩/, name: '姓名', invite: '邀请同事', duty: '岗位', goods: '商品与标签', make: '生成链接', link: '链接', login: '登录名', password: '密码', join: '加入', signIn: '登录',
    person: '账号', leave: '退出登录', ended: '请重新登录', barcode: '条码', zh: '中文名称', brand: '品牌', write: '登记到账本', totp: '开启身份验证器', digits: '6 位数字', on: '开启', kept: '我已保存', code: '验证码', goOn: '继续',
    passkey: '添加通行密钥', passkeyName: '名称', byPasskey: '用通行密钥登录', remove: '移除', not: '这一页不由您办理', end: '退出', newKey: '新建密钥', use: '用途', makeKey: '新建', theKey: '密钥', keptKey: '我已保存', never: '从未使用', used: '最近使用', revoke: '停用', revoked: '已停用',
    did: { invite: '邀请同事', createKey: '新建密钥', revokeKey: '停用密钥', removePerson: '移除同事' }, came: { signInFailed: '登录失败', signIn: '登录' }, company: '企业名称', yours: '您的姓名', apply: '建立账号，开始申请' },
  en: { producer: /Chengyan/, name: 'Name', invite: 'Invite a colleague', duty: 'Duty', goods: 'Goods and labels', make: 'Make the link', link: 'Link', login: 'Login', password: 'Password', join: 'Join', signIn: 'Sign in',
    person: 'Account', leave: 'Sign out', ended: 'Please sign in again', barcode: 'Barcode', zh: 'Chinese name', brand: 'Brand', write: 'Write to the ledger', totp: 'Set up an authenticator', digits: '6 digits', on: 'Switch on', kept: 'I have kept them', code: 'Code', goOn: 'Continue',
    passkey: 'Add a passkey', passkeyName: 'Name', byPasskey: 'Sign in with a passkey', remove: 'Remove', not: 'This page is not for you', end: 'Sign out', newKey: 'New key', use: 'What it is for', makeKey: 'Make it', theKey: 'Key', keptKey: 'I have kept it', never: 'never used', used: 'Last used', revoke: 'Revoke', revoked: 'Revoked',
    did: { invite: 'Invited a colleague', createKey: 'Made a key', revokeKey: 'Revoked a key', removePerson: 'Removed a colleague' }, came: { signInFailed: 'Failed to sign in', signIn: 'Signed in' }, company: 'Company name', yours: 'Your name', apply: 'Make my account and begin' },
};
const passphrase = 'seven umbrellas behind 山';
const run = Date.now() % 1e7;

// logged waits until the log shows what was done, by the words for each operation.
async function logged(page, operations) {
  for (const [operation, words] of Object.entries(operations)) {
    await go(page, `/settings/audit?operation=${operation}`);
    await page.getByRole('cell', { name: words, exact: true }).first().waitFor();
  }
}

// What a browser prints of an answer that refuses: journeys here are refused on purpose.
const refused = /status of 4(01|03|04)/;

// What each duty is shown: pages that it may open, and pages that say they are not for it.
const duties = {
  goods: { may: ['/goods/new', '/batches/new', '/labels', '/imports'], mayNot: ['/custody/ship', '/quality/recalls/new', '/settings/team', '/settings/keys', '/settings/audit'] },
  warehouse: { may: ['/custody/ship', '/custody/sell', '/custody/pack'], mayNot: ['/goods/new', '/batches/new', '/labels', '/imports', '/quality/recalls/new', '/settings/webhooks'] },
  read_only: { may: ['/goods', '/batches', '/custody', '/quality/recalls'], mayNot: ['/goods/new', '/batches/new', '/labels', '/custody/ship', '/custody/cases/new', '/settings/team'] },
};

// oneTime gives the code that an authenticator shows for a secret, `later` periods of 30 s from now (RFC 6238).
function oneTime(secret, later = 0) {
  const bits = [...secret.replace(/\s|=/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const mac = createHmac('sha1', key).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

// gtin makes a barcode of the demo producer's that no other run has used.
function gtin(n) {
  const body = `69988019${String((run + n) % 10000).padStart(4, '0')}`;
  const sum = [...body].reverse().reduce((s, d, i) => s + Number(d) * (i % 2 ? 1 : 3), 0);
  return body + ((10 - (sum % 10)) % 10);
}

const status = (page, method, path, body) => page.evaluate(([method, path, body]) => fetch(path, {
  method, body: body && JSON.stringify(body), headers: body ? { 'Content-Type': 'application/json' } : {},
}).then((r) => r.status), [method, path, body]);

// call asks the gateway as the page's person does, with what the page's session is.
const call = (page, method, path, body) => page.evaluate(([method, path, body]) => fetch(path, {
  method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
}).then((r) => r.json()), [method, path, body]);

const byKey = (key) => fetch(`${cases.gateway}/api/v1/me`, { headers: { Authorization: `Bearer ${key}` } }).then((r) => r.status);

async function byDemo(language, say, more) {
  const owner = await open({ language, expected: refused, ...more });
  await go(owner.page, '/signin');
  await owner.page.getByRole('button', { name: say.producer }).click();
  await owner.page.waitForURL((u) => u.pathname === '/');
  return owner;
}

// invited lets the owner invite a colleague who looks after goods, and gives the link's path.
async function invited(owner, say, name) {
  await go(owner.page, '/settings/team');
  await owner.page.getByRole('button', { name: say.invite }).click();
  const dialog = owner.page.getByRole('dialog');
  await dialog.getByLabel(say.name).fill(name);
  await dialog.getByLabel(say.duty).click();
  await owner.page.locator('.ant-select-item-option', { hasText: say.goods }).first().click();
  await dialog.getByRole('button', { name: say.make }).click();
  const link = await owner.page.getByLabel(say.link, { exact: true }).inputValue();
  assert.match(link, /\/invitation#[\w-]{43}$/);
  return link.slice(link.indexOf('/invitation'));
}

async function colleagueOf(owner, language, say, login, more) {
  const link = await invited(owner, say, login);
  const colleague = await open({ language, expected: refused, ...more });
  await go(colleague.page, link);
  assert.equal(new URL(colleague.page.url()).hash, '', 'the secret stays in the address');
  await clean(colleague.page, `invitation-${language}`);
  await colleague.page.getByLabel(say.login).fill(login);
  await colleague.page.getByLabel(say.password).fill(passphrase);
  await colleague.page.getByRole('button', { name: say.join }).click();
  await colleague.page.waitForURL((u) => u.pathname === '/');
  return colleague;
}

async function leave(page, say) {
  await settled(page);
  await page.getByRole('banner').getByRole('button', { name: say.person }).click();
  await page.getByRole('menuitem', { name: say.leave }).click();
  await page.waitForURL((u) => u.pathname === '/signin');
}

async function signIn(within, say, login, password = passphrase) {
  await within.getByLabel(say.login).fill(login);
  await within.getByLabel(say.password).fill(password);
  await within.getByRole('button', { name: say.signIn, exact: true }).click();
}

const home = (page) => page.waitForURL((u) => u.pathname === '/');

for (const [round, language] of languages.entries()) {
  const say = words[language];
  const login = (what) => `${what}-${language}-${run}`;

  test(`${language}: a colleague with another duty comes in by a link, sees less, and is out once removed`, async () => {
    const owner = await byDemo(language, say);
    for (const page of ['', '/security', '/team', '/keys', '/audit']) {
      await go(owner.page, `/settings${page}`);
      await clean(owner.page, `settings${page.replace('/', '-')}-${language}`);
    }
    const him = login('wang');
    const colleague = await colleagueOf(owner, language, say, him, { viewport: phone });
    assert.equal(await status(owner.page, 'GET', '/api/v1/team'), 200);
    assert.equal(await status(colleague.page, 'GET', '/api/v1/team'), 403);
    await go(colleague.page, '/settings');
    assert.ok((await colleague.page.textContent('main')).includes(him));
    await colleague.page.setViewportSize({ width: 1280, height: 800 });
    await colleague.page.getByRole('navigation').getByRole('link').first().waitFor();
    assert.equal(await colleague.page.locator('nav a[href="/settings/team"], nav a[href="/settings/keys"]').count(), 0);

    await go(owner.page, '/settings/team');
    await owner.page.getByRole('listitem').filter({ hasText: him }).getByRole('button', { name: say.remove }).click();
    await owner.page.getByRole('tooltip').getByRole('button', { name: say.remove }).click();
    await owner.page.getByText(him).first().waitFor({ state: 'detached' });
    assert.equal(await status(colleague.page, 'GET', '/api/v1/me'), 401);
    await colleague.page.goto('/goods');
    await colleague.page.waitForURL((u) => u.pathname === '/signin');
    await signIn(colleague.page, say, him);
    await colleague.page.getByRole('alert').first().waitFor();
    assert.equal(new URL(colleague.page.url()).pathname, '/signin');
    await owner.close();
    await colleague.close();
  });

  test(`${language}: each duty is shown what it may do, and told where it may not`, async () => {
    const owner = await byDemo(language, say);
    for (const [duty, { may, mayNot }] of Object.entries(duties)) {
      const { secret } = await call(owner.page, 'POST', '/api/v1/team/invitations', { name: duty, duty });
      const { page, close } = await open({ language, expected: refused });
      await page.goto('/signin');
      await call(page, 'POST', '/api/v1/invitations/acceptance', { secret, login: login(duty.replace('_', '-')), name: duty, password: passphrase });
      for (const path of may) {
        await go(page, path);
        assert.notEqual(await page.locator('h1').innerText(), say.not, `${duty} ${path}`);
      }
      for (const path of mayNot) {
        await go(page, path);
        assert.equal(await page.locator('h1').innerText(), say.not, `${duty} ${path}`);
      }
      await clean(page, `not-for-${duty}-${language}`);
      for (const path of ['/', '/goods', '/batches', '/custody', '/settings']) {
        await go(page, path);
        const links = await page.locator('a[href]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
        assert.deepEqual(links.filter((l) => mayNot.includes(l)), [], `${duty} is shown a way on ${path}`);
      }
      await close();
    }
    await owner.close();
  });

  test(`${language}: an API key is shown once, and when it was last used; the log tells who did what`, async () => {
    const owner = await byDemo(language, say);
    const { page } = owner;
    const label = `ERP ${language} ${run}`;
    await go(page, '/settings/keys');
    await page.getByRole('button', { name: say.newKey }).click();
    await page.getByRole('dialog').getByLabel(say.use).fill(label);
    await clean(page, `settings-key-new-${language}`);
    await page.getByRole('dialog').getByRole('button', { name: say.makeKey, exact: true }).click();
    const key = await page.getByRole('dialog').getByLabel(say.theKey, { exact: true }).inputValue();
    await clean(page, `settings-key-made-${language}`);
    await page.getByRole('dialog').getByRole('button', { name: say.keptKey }).click();
    const line = page.getByRole('listitem').filter({ hasText: label });
    await line.getByText(say.never).waitFor();
    assert.ok(!(await page.content()).includes(key), 'the key is shown again');
    assert.equal(await byKey(key), 200);
    await go(page, '/settings/keys');
    await line.getByText(say.used).waitFor();
    await line.getByRole('button', { name: say.revoke }).click();
    await page.getByRole('tooltip').getByRole('button', { name: say.revoke }).click();
    await line.getByText(say.revoked, { exact: true }).waitFor();
    assert.equal(await byKey(key), 401);
    await logged(page, say.did);
    await clean(page, `settings-audit-one-${language}`);
    await owner.close();
  });

  test(`${language}: one sees where one is signed in, and signs out there`, async () => {
    const owner = await byDemo(language, say);
    const me = login('qian');
    const here = await colleagueOf(owner, language, say, me);
    const there = await open({ language, viewport: phone, expected: refused });
    await go(there.page, '/signin');
    await signIn(there.page, say, me);
    await home(there.page);
    await go(here.page, '/settings/security');
    await here.page.getByRole('button', { name: say.end, exact: true }).click();
    await here.page.waitForFunction(() => document.querySelectorAll('main li').length === 1); // only this one is left
    assert.equal(await status(there.page, 'GET', '/api/v1/me'), 401);
    assert.equal(await status(here.page, 'GET', '/api/v1/me'), 200);
    await there.page.goto('/goods');
    await there.page.waitForURL((u) => u.pathname === '/signin' && u.searchParams.get('to') === '/goods');
    await owner.close();
    await here.close();
    await there.close();
  });

  test(`${language}: a session that ends in the middle of a form loses nothing`, async () => {
    const owner = await byDemo(language, say);
    const her = login('li');
    const colleague = await colleagueOf(owner, language, say, her);
    const { page } = colleague;
    const code = gtin(round * 10 + 5);
    await go(page, '/goods/new');
    await page.getByLabel(say.barcode, { exact: true }).fill(code);
    await page.getByLabel(say.zh, { exact: true }).fill('断线前填好的');
    await page.getByLabel(say.brand, { exact: true }).fill('澄岩');
    const { account } = await page.evaluate(() => fetch('/api/v1/me').then((r) => r.json()));
    assert.equal(await status(owner.page, 'PUT', `/api/v1/team/${account}`, { duty: 'goods' }), 204);
    await page.getByRole('button', { name: say.write }).click();
    const dialog = page.getByRole('dialog', { name: say.ended });
    await signIn(dialog, say, her);
    await page.waitForURL(`**/goods/0${code}`);
    await page.getByText('断线前填好的').first().waitFor();
    await owner.close();
    await colleague.close();
  });

  test(`${language}: a password, then an authenticator, then a passkey`, async () => {
    const owner = await byDemo(language, say);
    const me = login('zhao');
    const { page, context, close } = await colleagueOf(owner, language, say, me);
    await leave(page, say);
    await signIn(page, say, me, 'not her password');
    await page.getByRole('alert').first().waitFor();
    await clean(page, `signin-wrong-${language}`);
    await signIn(page, say, me);
    await home(page);
    await logged(owner.page, say.came);

    await go(page, '/settings/security');
    await page.getByRole('button', { name: say.totp }).click();
    const dialog = page.getByRole('dialog');
    const secret = (await dialog.getByText(/^[A-Z2-7]{16,}$/).first().textContent()).trim();
    await dialog.getByLabel(say.digits).fill(oneTime(secret));
    await dialog.getByRole('button', { name: say.on }).click();
    await dialog.getByRole('button', { name: say.kept }).click();
    await clean(page, `settings-security-on-${language}`);
    await leave(page, say);
    await signIn(page, say, me);
    await page.getByLabel(say.code, { exact: true }).fill(oneTime(secret, 1));
    await page.getByRole('button', { name: say.goOn }).click();
    await home(page);

    const devices = await context.newCDPSession(page);
    await devices.send('WebAuthn.enable');
    await devices.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    await go(page, '/settings/security');
    await page.getByRole('button', { name: say.passkey }).click();
    await page.getByRole('dialog').getByLabel(say.passkeyName).fill('我的手机');
    await page.getByRole('dialog').getByRole('button', { name: say.goOn }).click();
    await page.getByRole('listitem').filter({ hasText: '我的手机' }).waitFor();
    await leave(page, say);
    await page.getByRole('button', { name: say.byPasskey }).click();
    await home(page);
    await owner.close();
    await close();
  });

  test(`${language}: a stranger applies`, async () => {
    const { page, close } = await open({ language, viewport: phone, expected: refused, address: `198.51.100.${150 + round}` });
    await go(page, '/signin');
    await clean(page, `signin-${language}`);
    await go(page, '/signup');
    await clean(page, `signup-${language}`);
    await page.getByLabel(say.company).fill(`新茶行 ${run}`);
    await page.getByLabel(say.yours).fill('周一');
    await page.getByLabel(say.login).fill(login('zhou'));
    await page.getByLabel(say.password).fill(passphrase);
    await page.getByRole('button', { name: say.apply }).click();
    await page.waitForURL((u) => u.pathname === '/application');
    await clean(page, `application-${language}`);
    await close();
  });
}
