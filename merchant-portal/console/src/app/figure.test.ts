import { createInstance } from 'i18next';
import { expect, test } from 'vitest';
import { figure, figures } from './figure';

test.each([[0, '0'], [999, '999'], [1000, '1,000'], [1_000_000, '1,000,000'], [-1234.5, '-1,234.5']])('%d is written %s', (n, said) => {
  expect(figure(n)).toBe(said);
});

test('a text groups the numbers that it is given, and leaves everything else', async () => {
  const texts = createInstance();
  await texts.use(figures).init({ lng: 'en', interpolation: { escapeValue: false, alwaysFormat: true }, resources: { en: { translation: { all_one: '{{count}} item of {{lot}}', all_other: '{{count}} items of {{lot}}' } } } });
  const t = texts.t as (key: string, values: object) => string;
  expect(t('all', { count: 1_000_000, lot: '202610' })).toBe('1,000,000 items of 202610');
  expect(t('all', { count: 1, lot: 'A<b>' })).toBe('1 item of A<b>');
});
