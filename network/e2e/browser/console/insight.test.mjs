// Insight: a brand and a seller read what scans add up to, each chart with its table, its words and its file; few are hidden.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { cases, clean, desk, end, go, languages, open, phone } from './kit.mjs';

after(end);

const words = {
  'zh-CN': { campaigns: '营销活动', download: '下载 CSV', hidden: '不足 5，不显示', printed: '已制作标签（全部）', sold: '已售出（全部）' },
  en: { campaigns: 'Campaigns', download: 'Download CSV', hidden: 'Under 5, hidden', printed: 'Labels made (all time)', sold: 'Sold (in all)' },
};

for (const [i, language] of languages.entries()) {
  const w = words[language];
  for (const [role, own] of [['producer', w.printed], ['seller', w.sold]]) {
    test(`what scans and links add up to, for a ${role}, in ${language}`, async () => {
      const { page, close } = await open({ role, language, viewport: role === 'producer' ? desk : phone, dark: i === 1 });
      await go(page, `/insight?days=90&gtin=${cases.gtin}`);
      await page.getByRole('cell', { name: '杭州' }).waitFor();
      await page.getByRole('cell', { name: own }).waitFor();
      assert.ok((await page.getByRole('img', { name: /杭州 10/ }).count()) > 0, 'the chart is not said');
      const campaigns = page.locator('section', { has: page.getByRole('heading', { name: w.campaigns }) });
      const row = campaigns.getByRole('row', { name: /double11/ });
      assert.ok((await row.textContent()).includes('5'), await row.textContent());
      if (role === 'producer') assert.ok((await campaigns.getByRole('row', { name: /few/ }).textContent()).includes(w.hidden));
      else assert.equal(await campaigns.getByRole('row', { name: /few/ }).count(), 0);
      await clean(page, `insight-${role}-${language}`);
      const [file] = await Promise.all([page.waitForEvent('download'), campaigns.getByRole('button', { name: w.download }).click()]);
      assert.equal(file.suggestedFilename(), 'links-by-campaign.csv');
      assert.match(await readFile(await file.path(), 'utf8'), /double11/);
      await close();
    });
  }
}
