// The platform's desk: an application with its documents, an alert with its map, a complaint with what will be published, a report.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { api, cases, clean, desk, end, go, languages, open, phone, settled } from './kit.mjs';

after(end);

const words = {
  'zh-CN': { qualified: '合格', dismissed: '已排除', genuine: '认定为正品', decided: '已裁定', reason: '复核后认定为正品', publish: '公开裁定' },
  en: { qualified: 'Qualified', dismissed: 'Dismissed', genuine: 'Found genuine', decided: 'Decided', reason: 'Found genuine on review', publish: 'Publish the decision' },
};

// seen waits until a picture has really been drawn.
const seen = (picture) => picture.evaluate((img) => img.decode().then(() => img.naturalWidth > 0)).then(assert.ok);
const submit = (page) => page.locator('#main form button[type=submit]');

for (const [i, language] of languages.entries()) {
  const w = words[language];
  const own = cases[language];
  const dark = i === 1;
  const desks = { role: 'platform', language, viewport: desk, dark };

  test(`an application is read in place and accepted, and its dates are on the calendar, in ${language}`, async () => {
    const { page, close } = await open(desks);
    await go(page, '/platform/applications');
    await clean(page, `platform-applications-${language}`);
    await page.getByRole('link', { name: own.applicant }).click();
    await settled(page);
    await seen(page.locator('img[alt="licence.png"]').first());
    await page.locator('[id="reason_zh-CN"]').fill('材料齐全');
    await clean(page, `platform-application-${language}`);
    await submit(page).dblclick();
    await page.getByText(w.qualified, { exact: true }).first().waitFor();
    assert.equal((await api('platform', 'GET', `/api/v1/parties/${own.applicant}`)).application.status, 'accepted');
    await clean(page, `platform-party-${language}`);

    await go(page, `/platform/parties?q=${own.applicant}`);
    await page.getByRole('link', { name: own.applicant }).waitFor();
    await clean(page, `platform-standings-${language}`);
    assert.equal(await page.locator('.ant-table-content').evaluate((e) => e.scrollWidth - e.clientWidth), 0, 'columns are cut');
    await go(page, '/platform/calendar');
    await page.locator(`a[href="/platform/parties/${own.applicant}"]`).first().waitFor();
    await clean(page, `platform-calendar-${language}`);
    await close();
  });

  test(`an alert is decided by its map, in ${language}`, async () => {
    const { page, close } = await open(desks);
    await go(page, '/platform/watch?sort=-openedAt');
    await clean(page, `platform-alerts-${language}`);
    await page.locator(`a[href="/platform/alerts/${own.alert}"]`).first().click();
    await settled(page);
    await seen(page.locator(`[data-href$="/alerts/${own.alert}/map"] img`));
    await clean(page, `platform-alert-${language}`);
    await page.locator('#note').fill('展会样品');
    await submit(page).click();
    await page.getByText(w.dismissed, { exact: true }).first().waitFor();
    assert.equal((await api('platform', 'GET', `/api/v1/alerts/${own.alert}`)).status, 'dismissed');
    await close();
  });

  test(`a decision on a complaint is shown before it is published, in ${language}`, async () => {
    const { page, close } = await open(desks);
    await go(page, '/platform/complaints');
    await clean(page, `platform-complaints-${language}`);
    await go(page, `/platform/complaints/${own.complaint}`);
    await seen(page.locator('article img').first());
    await page.getByRole('radio', { name: w.genuine }).check();
    await page.locator('[id="reason_zh-CN"]').fill(words['zh-CN'].reason);
    await page.locator('[id="reason_en"]').fill(words.en.reason);
    const preview = page.locator('#main form .hairline');
    await preview.getByText(w.reason).waitFor();
    await preview.getByText(w.genuine, { exact: true }).waitFor();
    await clean(page, `platform-complaint-${language}`);
    await page.getByRole('button', { name: w.publish }).click();
    await page.getByText(w.decided, { exact: true }).first().waitFor();
    const published = await fetch(`${cases.verifier}/decisions`, { headers: { Accept: 'text/html', 'Accept-Language': language } }).then((r) => r.text());
    assert.ok(published.includes(own.complaint) && published.includes(w.reason), 'what was shown is not what is published');
    await close();
  });

  test(`reports of an unknown code are closed with what was found, in ${language}`, async () => {
    const { page, close } = await open(desks);
    await go(page, '/platform/reports');
    await clean(page, `platform-reports-${language}`);
    await go(page, `/platform/reports/${own.report}`);
    await page.locator('#note').fill('已转交市场监管部门');
    await submit(page).click();
    await page.locator('#main form').waitFor({ state: 'detached' });
    await clean(page, `platform-report-${language}`);
    assert.equal((await api('platform', 'GET', `/api/v1/reported-codes/${own.report}`)).status, 'closed');
    await close();
  });

  test(`the desk fits into a pocket, in ${language}`, async () => {
    const { page, close } = await open({ ...desks, viewport: phone });
    for (const [name, path] of Object.entries({ standings: '/platform/parties', party: `/platform/parties/${own.applicant}`, alert: `/platform/alerts/${own.alert}`, complaint: `/platform/complaints/${own.complaint}` })) {
      await go(page, path);
      await clean(page, `platform-${name}-360-${language}`);
    }
    await close();
  });
}
