// Every write to the ledger that the console can send is shown before it is sent.
//
// The document of the interface says which operations write to the ledger: those that may answer with an outcome that is not
// known yet, and the registration of an import. tsc refuses such a call in useWrite, and a hook that nothing shows refuses to run.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const source = join(__dirname, '..');
const read = (file: string) => readFileSync(join(source, file), 'utf8');
const document = read('api/schema.gen.ts');
const byJob = ['registerImport', 'mendImport'];

// operationsOf gives each path's operations by method, as the generated types have them.
function operationsOf(text: string): Map<string, string> {
  const all = new Map<string, string>();
  for (const [, path, block] of text.matchAll(/^ {4}"(\/api\/[^"]+)": \{\n([\s\S]*?)^ {4}\};/gm)) {
    for (const [, method, operation] of block!.matchAll(/^ {8}(get|put|post|delete|patch): operations\["(\w+)"\]/gm)) all.set(`${method!.toUpperCase()} ${path}`, operation!);
  }
  return all;
}

const operations = operationsOf(document);
const toLedger = new Set([...byJob, ...[...document.matchAll(/^ {4}(\w+): \{\n(?: {8}.*\n)*? {8}responses: \{\n([\s\S]*?)^ {8}\};/gm)]
  .filter(([, , answers]) => answers!.includes('202: components["responses"]["Unknown"]')).map(([, operation]) => operation!)]);
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f) && !/\.(gen|test)\./.test(f))
  .map((name) => ({ name, text: read(name).replace(/^\s*\/\/.*$/gm, '') }));
const writes = files.flatMap(({ name, text }) => [...text.matchAll(/api\.(POST|PUT|DELETE|PATCH)\(([^,)]+)/g)]
  .flatMap(([, method, paths]) => [...paths!.matchAll(/'(\/api[^']+)'/g)].map(([, path]) => ({ name, text, operation: operations.get(`${method} ${path}`) ?? path! }))));

test('the document names what writes to the ledger', () => {
  expect([...toLedger].length).toBeGreaterThan(40);
  expect(toLedger).toContain('ship');
  expect(toLedger).not.toContain('createKey');
});

test('every call that writes to the ledger is one that shows itself before', () => {
  const bare = writes.filter(({ operation }) => toLedger.has(operation))
    .filter(({ text, operation }) => !new RegExp(`useLedgerWrite\\([^,]*'${operation}'`).test(text) && !text.includes(`operation="${operation}"`));
  expect(bare.map(({ name, operation }) => `${name}: ${operation}`)).toEqual([]);
});

test('who may write to the ledger shows what, on the same page', () => {
  const blind = files.filter(({ text }) => /useLedgerWrite\(|useStands\(/.test(text) && !/<WillStand\b/.test(text) && !/export function use(LedgerWrite|Stands)/.test(text));
  expect(blind.map(({ name }) => name)).toEqual([]);
});

test('what the gateway is sent by other ways than openapi-fetch writes nothing to the ledger, but for the outbox', () => {
  const raw = files.filter(({ text }) => /(?<![\w.])fetch\(|XMLHttpRequest|sendBeacon|api\.(POST|PUT) as unknown/.test(text)).map(({ name }) => name).sort();
  expect(raw).toEqual(['api/client.ts', 'areas/custody/scan/outbox.ts']);
});

test.each(['zh-CN', 'en'])('each has its sentences in %s, and no other', (language) => {
  const { says, mend } = JSON.parse(read(`texts/${language}/stands.json`)) as { says: Record<string, string>; mend: Record<string, string> };
  const scanned = [...read('areas/custody/scan/doings.ts').matchAll(/: '(ship|receive|sell|takeBack|pack|decommission)'/g)].map((m) => m[1]!);
  const used = [...new Set([...writes.map((w) => w.operation).filter((o) => toLedger.has(o)), ...scanned])].sort();
  expect(Object.keys(mend).sort()).toEqual(used);
  expect([...new Set(Object.keys(says).map((k) => k.replace(/_(one|other)$/, '')))].sort()).toEqual(used);
});
