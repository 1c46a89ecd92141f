// The phone's judge of labels against the cases that verifier/rules/label takes too.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import '../assets/reader-judge.js';

const { judge, faultOf, describe } = globalThis.touchstoneReader;
const own = ['trace.example.com', 'localhost:8090'];
const cases = JSON.parse(readFileSync(new URL('../../../../rules/label/testdata/labels.json', import.meta.url)));

for (const { text, ...want } of cases) {
  test(JSON.stringify(text.slice(0, 80)), () => {
    assert.deepEqual(JSON.parse(JSON.stringify(judge(text, own))), want.kind === 'wrong' && want.field === undefined ? { ...want, field: '' } : want);
  });
}

// Mixes of the cases' parts never lead anywhere but to a unit's page here.
test('whatever it holds, a label leads only to a unit', () => {
  const parts = cases.flatMap((c) => c.text.slice(0, 200).match(/[a-z0-9]+|[^a-z0-9]/gi) ?? []);
  let seed = 7;
  const pick = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let i = 0; i < 20000; i++) {
    const base = cases[pick(cases.length)].text.slice(0, 300);
    const at = pick(base.length + 1);
    const text = base.slice(0, at) + parts[pick(parts.length)] + base.slice(at + pick(3));
    const { kind, path } = judge(text, own);
    assert.equal(kind === 'unit', path !== undefined, text);
    if (path) assert.match(path, /^\/01\/\d{14}\/10\/[^/?#\s]+\/21\/[^/?#\s]+$/, text);
    describe(text, own);
  }
});

test('typed fields are blamed one by one', () => {
  for (const [field, typed, want] of [
    ['gtin', '6998801000036', ''], ['gtin', ' 69988-0100003 6', ''], ['gtin', '６９９８８０１００００３６', ''], ['gtin', '6998801000037', 'gtinCheck'],
    ['gtin', '699880100003', 'gtinCheck'], ['gtin', '69988', 'gtinForm'], ['gtin', '', 'gtinMissing'], ['gtin', '00000000', 'gtinForm'],
    ['lot', '202610A', ''], ['lot', '２０２６１０Ａ', ''], ['lot', '批号', 'lotForm'], ['lot', ' ', 'lotMissing'], ['lot', 'A'.repeat(21), 'lotForm'],
    ['serial', 'o123 4567-89ab cdef-ghjl', ''], ['serial', '0123456789ABCDEFGHJ', 'serialLength'], ['serial', 'U123456789ABCDEFGHJK', 'serialLetters'], ['serial', '', 'serialMissing'],
  ]) assert.equal(faultOf(field, typed), want, `${field} ${typed}`);
});

test('an address of somebody else cannot pass for another', () => {
  for (const [text, want] of [
    ['https://trace.example.com@evil.example/01', { web: true, host: 'evil.example', owner: 'evil.example', login: 'trace.example.com', near: true }],
    ['https://trace.example.com.evil.com.cn/', { host: 'trace.example.com.evil.com.cn', owner: 'evil.com.cn', near: true }],
    ['https://tr\u0430ce.example.com/', { host: 'xn--trce-63d.example.com', owner: 'example.com', lookalike: true }],
    ['https://evil.example:8443/\u202Emoc', { host: 'evil.example:8443', owner: 'evil.example:8443', text: 'https://evil.example:8443/‹202E›moc' }],
    ['HTTP://1.2.3.4/x', { host: '1.2.3.4', owner: '1.2.3.4' }],
    ['evil.example/01', { web: true, host: 'evil.example' }],
    ['javascript:alert(1)', { web: false, host: '', text: 'javascript:alert(1)' }],
    ['a\r\nb\u200B', { web: false, text: 'a‹000D›‹000A›b‹200B›' }],
  ]) {
    const got = describe(text, own);
    assert.deepEqual(Object.fromEntries(Object.keys(want).map((k) => [k, got[k]])), want, text);
  }
  assert.equal(Array.from(describe('x'.repeat(5000), own).text).length, 301);
});
