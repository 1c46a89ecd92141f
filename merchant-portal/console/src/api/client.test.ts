import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';

const answers: Response[] = [];
const sent: Request[] = [];
vi.stubGlobal('window', { location: { origin: 'https://console.example' } });
vi.stubGlobal('fetch', async (request: Request) => { sent.push(request); return answers.shift(); });
const { api, fetched } = await import('./client');
const { goOn, onSessionEnded } = await import('./again');

beforeEach(() => { answers.length = sent.length = 0; });

const ended = () => new Response('{}', { status: 401 });

// Whatever a page asks for waits for a sign-in where the session has ended, and then goes on as it was: nothing else reaches the gateway.
test.each([
  ['an answer', () => api.GET('/api/v1/overview'), 'GET', ''],
  ['a write', () => api.POST('/api/v1/recalls/{id}/closing', { params: { path: { id: 'R-1' } }, body: { note: '全部退回' } }), 'POST', '{"note":"全部退回"}'],
  ['a file', () => fetched('/api/v1/imports/templates/products?format=csv'), 'GET', ''],
  ['a file that is made of what was typed', () => fetched('/api/v1/labels/test-sheet', { method: 'POST', body: '{"format":"pdf"}' }), 'POST', '{"format":"pdf"}'],
])('%s waits for a sign-in and then comes', async (_, call, method, body) => {
  answers.push(ended(), new Response('{"id": 7}', { status: 200 }));
  const asked = new Promise<void>((resolve) => onSessionEnded(resolve));
  const done = call();
  await asked;
  expect(sent).toHaveLength(1);
  goOn();
  await done;
  expect(sent).toHaveLength(2);
  expect(sent[1]!.method).toBe(method);
  expect(sent[1]!.url).toBe(sent[0]!.url);
  expect(sent[1]!.headers.get('Accept-Language')).toBe('en');
  expect(await sent[1]!.text()).toBe(body);
});

test('a file that is refused is a problem like every other', async () => {
  answers.push(new Response('{"code": "JOB_FILE_GONE", "detail": "made again"}', { status: 410 }));
  await expect(fetched('/api/v1/jobs/7/file')).rejects.toMatchObject({ status: 410, code: 'JOB_FILE_GONE', detail: 'made again' });
});

test('there is no way past the client: no page fetches by itself, and none shows or links what the gateway keeps by its bare address', () => {
  const source = join(__dirname, '..');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f) && !/\.(gen|test)\./.test(f) && f !== 'api/client.ts');
  const past = files.flatMap((f) => [...readFileSync(join(source, f), 'utf8').replace(/^\s*\/\/.*$/gm, '')
    .matchAll(/(?<![\w.])fetch\(|XMLHttpRequest|sendBeacon|<(?!Download\b|Picture\b)\w+\b[^>]*\b(?:src|href)=\{?['"`]\/api[^>]*/g)].map((m) => `${f}: ${m[0]}`));
  expect(past).toEqual([]);
});
