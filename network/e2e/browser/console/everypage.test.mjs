// Every page of the console, found by its route: it opens without an error, axe finds nothing, nothing scrolls sideways; in Chinese at
// the desk and in English on a phone at night. A page that is asked for what is not there says so and leads on.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { clean, desk, end, go, open, phone } from './kit.mjs';
import { places } from './pages.mjs';

after(end);

const looks = { 'zh-CN': { viewport: desk, dark: false }, en: { viewport: phone, dark: true } };
const all = await places();
const byRole = new Map(all.map(({ roles: [role] }) => [role, all.filter((p) => p.roles[0] === role)]));

for (const [language, look] of Object.entries(looks)) {
  for (const [role, pages] of byRole) {
    test(`the pages of ${role ?? 'a stranger'}, in ${language}`, async () => {
      const { page, close } = await open({ role, language, ...look, expected: role ? undefined : /404/ }); // an invitation that is none
      for (const { route, path } of pages) {
        await go(page, path);
        await clean(page, `every-${route.replace(/[^\w-]+/g, '-') || 'home'}-${language}`);
        assert.notEqual(await page.locator('[role=alert] h1').count(), 1, `${path} is broken`);
      }
      await close();
    });
  }
}

test('a page of what is not there says so, and nothing else stays on it', async () => {
  for (const [role, pages] of byRole) {
    const { page, close } = await open({ role, expected: /40[03]|404|422/ });
    for (const { route } of pages.filter((p) => p.route.includes(':'))) {
      const path = `/${route.replace(':gtin', '06901234567892').replace(':sscc', '369988019999999995').replace(/:\w+/g, 'NOSUCH1')}`;
      await go(page, path);
      const said = page.locator('#main [role=alert], #main .ant-alert, #main .ant-result').first();
      await said.waitFor();
      assert.ok((await said.innerText()).trim().length > 4, path);
      await clean(page, `missing-${route.replace(/[^\w-]+/g, '-')}`);
    }
    await close();
  }
});
