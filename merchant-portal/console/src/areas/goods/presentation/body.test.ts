import { expect, test } from 'vitest';
import { contentOf, type Content, valuesOf } from './body';

const full: Content = {
  story: { 'zh-CN': '第一段。\n\n第二段。', en: 'A story.' },
  pictures: [{ id: 'a'.repeat(64), alt: { 'zh-CN': '瓶身', en: '' } }],
  videos: [{ title: { 'zh-CN': '直播', en: '' }, url: 'https://live.example/9', live: true, startsAt: '2026-12-01T12:00:00.000Z' }, { title: { 'zh-CN': '采摘', en: 'Picking' }, url: 'https://video.example/1', live: false }],
  buy: [{ label: { 'zh-CN': '旗舰店', en: '' }, url: 'https://shop.example/p' }, { label: { 'zh-CN': '甲店', en: '' }, url: 'https://a.example/', seller: 'shop' }],
};

test('what was saved comes back from the form as it was', () => {
  expect(contentOf(valuesOf(full))).toEqual(full);
});

test('an empty form is an empty presentation', () => {
  expect(contentOf(valuesOf())).toEqual({ story: { 'zh-CN': '', en: '' }, pictures: [], videos: [], buy: [] });
});

test('a time that a video has kept from when it was live is not sent', () => {
  const values = valuesOf(full);
  values.videos![0]!.live = false;
  expect(contentOf(values).videos![0]).not.toHaveProperty('startsAt');
});
