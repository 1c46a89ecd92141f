// The frame around every page: menu, deep links, the way back, language, appearance, a phone's width.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { api, cases, clean, desk, end, go, keyboard, languages, open, phone, settled } from './kit.mjs';

after(end);

const words = {
  'zh-CN': { overview: '总览', goods: '商品', menu: '菜单', ledger: '账本记录', skip: '跳到正文', person: '账号与偏好', dark: '深色', english: 'English', home: '回到总览', missing: '没有这个页面', onLedger: '已入账' },
  en: { overview: 'Overview', goods: 'Goods', menu: 'Menu', ledger: 'Ledger record', skip: 'Skip to content', person: 'Account and preferences', dark: 'Dark', english: 'English', home: 'Back to the overview', missing: 'There is no such page', onLedger: 'On the ledger' },
};

for (const language of languages) {
  const w = words[language];

  test(`every entry of a role's menu leads to a page, in ${language}`, async () => {
    for (const role of language === 'zh-CN' ? Object.keys(cases.keys) : ['platform', 'producer']) {
      const { page, close } = await open({ role, language });
      await go(page, '/');
      const menu = page.getByRole('navigation', { name: w.menu });
      const links = await menu.getByRole('link').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      assert.ok(links.length >= 2 && links.length <= 7, `${role} has ${links}`);
      for (const link of links) {
        await menu.locator(`a[href="${link}"]`).first().click();
        await settled(page);
        assert.notEqual(await page.locator('h1').innerText(), w.missing, `${role}: ${link}`);
        assert.ok((await page.title()).length > 4, `${role}: ${link} has no title`);
      }
      await close();
    }
  });

  test(`on a phone the menu opens and closes again, in ${language}`, async () => {
    const { page, close } = await open({ role: 'producer', language, viewport: phone });
    await go(page, '/');
    await clean(page, `home-360-${language}`);
    await page.getByRole('button', { name: w.menu }).click();
    await page.getByRole('link', { name: w.goods, exact: true }).click();
    await page.waitForURL('**/goods');
    await page.getByRole('navigation', { name: w.menu }).waitFor({ state: 'hidden' });
    await close();
  });

  test(`a deep link opens the ledger's drawer, and back closes it, in ${language}`, async () => {
    const { party } = await api('producer', 'GET', '/api/v1/me');
    const { txId } = (await api('producer', 'GET', `/api/v1/products?limit=1&owner=${party}`)).items[0]; // what others signed is not shown
    const { page, close } = await open({ role: 'producer', language });
    await go(page, '/goods');
    await page.goto(`/goods?tx=${txId}`);
    const drawer = page.getByRole('dialog', { name: w.ledger });
    await drawer.getByText(w.onLedger).waitFor();
    await drawer.getByText(txId).first().waitFor();
    await clean(page, `ledger-${language}`);
    await page.goBack();
    await drawer.waitFor({ state: 'hidden' });
    await close();
  });

  test(`an address that is none says so and leads home, in ${language}`, async () => {
    const { page, close } = await open({ role: 'producer', language });
    await go(page, '/no/such/page');
    assert.equal(await page.locator('h1').innerText(), w.missing);
    await clean(page, `missing-${language}`);
    await page.getByRole('link', { name: w.home }).click();
    await page.waitForURL(cases.gateway + '/');
    await close();
  });

  for (const dark of [false, true]) {
    test(`the overview is clean and, once, reached by the keyboard alone, in ${language} and ${dark ? 'dark' : 'light'}`, async () => {
      const { page, close } = await open({ role: 'producer', language, dark, viewport: desk });
      await go(page, '/');
      await clean(page, `home-1280-${language}-${dark ? 'dark' : 'light'}`);
      if (!dark) await keyboard(page);
      await close();
    });
  }
}

test('language and appearance are chosen and kept', async () => {
  const { page, close } = await open({ role: 'producer' });
  await go(page, '/');
  await page.getByRole('button', { name: words['zh-CN'].person }).click();
  await page.getByRole('menuitem', { name: words['zh-CN'].dark }).click();
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  await page.getByRole('menuitem', { name: words['zh-CN'].english }).click();
  await page.getByRole('link', { name: words.en.goods }).waitFor();
  await page.reload();
  await settled(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await close();
});

test('who has not signed in is asked to, and the way back is kept', async () => {
  const { page, close } = await open({ expected: /401/ });
  await page.goto('/batches?status=registered');
  await page.waitForURL('**/signin?to=*');
  assert.equal(new URL(page.url()).searchParams.get('to'), '/batches?status=registered');
  await close();
});
