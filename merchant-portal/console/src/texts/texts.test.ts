// Every text is there in both languages, says the same values, and is used.
//
// A key counts as used in a file that names its namespace (useTranslation('goods')) where it stands in quotes, or where a
// template begins like it: t(`status.${status}`). Without a namespace it is one of `common`.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const source = join(__dirname, '..');
const languages = ['zh-CN', 'en'] as const;
type Tree = { [key: string]: string | Tree };

const plain = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');

function flat(tree: Tree, before = ''): [string, string][] {
  return Object.entries(tree).flatMap(([k, v]): [string, string][] => (typeof v === 'string' ? [[before + k, v]] : flat(v, `${before}${k}.`)));
}

function textsOf(language: string, namespace: string): [string, string][] {
  return flat(JSON.parse(readFileSync(join(source, 'texts', language, `${namespace}.json`), 'utf8')) as Tree);
}

const namespaces = readdirSync(join(source, 'texts', 'zh-CN')).map((f) => f.replace('.json', ''));

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((f) => /\.tsx?$/.test(f) && !/\.(gen|test)\./.test(f))
  .map((f) => ({ name: relative(source, join(source, f)), text: readFileSync(join(source, f), 'utf8').replace(/^\s*\/\/.*$/gm, '') }));

// namespacesIn finds the namespaces that a file takes texts from.
function namespacesIn(text: string): string[] {
  const named = [...text.matchAll(/useTranslation\(\[?((?:'[^']+'(?:, )?)+)\]?/g)].flatMap((m) => [...(m[1] as string).matchAll(/'([^']+)'/g)].map((n) => n[1] as string));
  const typed = namespaces.filter((n) => text.includes(`ns: '${n}'`) || text.includes(`'${n}:`) || text.includes(`\`${n}:`) || text.includes(`texts '${n}'`));
  return [...new Set([...named, ...typed, ...(/useTranslation\(\)|MenuText/.test(text) ? ['common'] : [])])];
}

// keysIn finds the keys that a file asks for by their whole name, in its first namespace or the one it names.
function askedIn(text: string): string[] {
  const first = namespacesIn(text)[0];
  return [...text.matchAll(/\bt\('([^']+)'/g)].map((m) => m[1] as string).map((k) => (k.includes(':') ? k : `${first}:${k}`));
}

test('both languages have the same namespaces', () => {
  expect(readdirSync(join(source, 'texts', 'en'))).toEqual(readdirSync(join(source, 'texts', 'zh-CN')));
});

test.each(namespaces)('%s has the same keys and values in both languages', (namespace) => {
  const [zh, en] = languages.map((l) => textsOf(l, namespace)) as [[string, string][], [string, string][]];
  expect(new Set(en.map(([k]) => plain(k)))).toEqual(new Set(zh.map(([k]) => plain(k))));
  const values = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((m) => m[1]).sort();
  const chinese = new Map(zh.map(([k, v]) => [plain(k), v]));
  for (const [key, text] of en) expect(values(text), `${namespace}:${key}`).toEqual(values(chinese.get(plain(key)) ?? ''));
  for (const [key, text] of [...zh, ...en]) expect(text.trim(), `${namespace}:${key} is empty`).not.toBe('');
});

test('no text is missing', () => {
  const known = new Set(namespaces.flatMap((n) => textsOf('zh-CN', n).map(([k]) => `${n}:${plain(k)}`)));
  const missing = files.flatMap((f) => askedIn(f.text).filter((k) => !known.has(k)).map((k) => `${f.name}: ${k}`));
  expect(missing).toEqual([]);
});

test('no text is unused', () => {
  const unused = namespaces.flatMap((namespace) => {
    const own = files.filter((f) => namespacesIn(f.text).includes(namespace)).map((f) => f.text).join('\n');
    const begun = [...own.matchAll(/`(?:\w+:)?([\w.-]+)\$\{/g)].map((m) => m[1] as string);
    const named = (key: string) => own.includes(`'${key}'`) || own.includes(`'${namespace}:${key}'`) || own.includes(`"${key}"`);
    return [...new Set(textsOf('zh-CN', namespace).map(([k]) => plain(k)))]
      .filter((key) => !named(key) && !begun.some((b) => key.startsWith(b))).map((key) => `${namespace}:${key}`);
  });
  expect(unused).toEqual([]);
});
