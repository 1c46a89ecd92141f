import { expect, test } from 'vitest';
import { bodyOf, limitsOf, valuesOf, type Standard, type Values } from './standard';

const standard: Standard = {
  id: 'STD-0001', version: 3, category: '美妆', name: { 'zh-CN': '精华液', en: 'Serum' }, level: 'II', mayReduce: true, by: 'platform', at: '2026-11-01T00:00:00Z',
  limits: [{ class: 'critical', aql: '0.65' }, { class: 'minor', aql: '4.0' }],
  items: [
    { id: 'lead', name: { 'zh-CN': '铅', en: 'Lead' }, class: 'critical', method: 'GB 5009.12', unit: 'mg/kg', min: 0, max: 10, samples: 2 },
    { id: 'bottle', name: { 'zh-CN': '瓶身', en: 'Bottle' }, class: 'minor' },
  ],
};

test('the form of the next version begins with all that the version before says, and says it again', () => {
  const { by, at, ...rest } = standard;
  expect([by, at]).toEqual(['platform', standard.at]);
  expect(JSON.parse(JSON.stringify(bodyOf(valuesOf(standard) as Values, 4)))).toEqual({ ...rest, version: 4 });
});

test('what is left empty is not sent, and a number of samples only for what is measured', () => {
  const body = bodyOf({ id: ' STD-0002 ', category: '食品', name: { 'zh-CN': '茶', en: 'Tea' }, level: 'I', limits: { major: '1.0' },
    items: [{ id: 'smell', name: { 'zh-CN': '气味', en: 'Smell' }, class: 'major', unit: ' ', min: null, max: null, samples: 5 }] }, 1);
  expect(JSON.parse(JSON.stringify(body))).toEqual({ id: 'STD-0002', version: 1, category: '食品', name: { 'zh-CN': '茶', en: 'Tea' }, level: 'I', limits: [{ class: 'major', aql: '1.0' }],
    items: [{ id: 'smell', name: { 'zh-CN': '气味', en: 'Smell' }, class: 'major' }] });
});

test.each([[{ min: 0, max: 10, unit: 'mg/kg' }, '0–10 mg/kg'], [{ max: 10, unit: 'mg/kg' }, '≤ 10 mg/kg'], [{ min: 4.5, max: null }, '≥ 4.5']])('the limits of %j are written %s', (item, written) => {
  expect(limitsOf(item)).toBe(written);
});
