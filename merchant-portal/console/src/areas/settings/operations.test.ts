import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operations } from './operations';

// What is done before anybody is known stands in the log as signIn or signInFailed; what only reads does not stand there.
const atTheDoor = ['signInDemo', 'signUp', 'giveSecondFactor', 'askPasskey', 'signInPasskey', 'startSso', 'lookAtInvitation', 'acceptInvitation'];
const reads = ['resolveCodes', 'previewImport', 'previewRecall', 'previewLabel', 'previewPresentation'];

test('every operation that writes has words in the log', () => {
  const document = readFileSync(new URL('../../../../../gateway/api/openapi.yaml', import.meta.url), 'utf8');
  const writes = [...document.matchAll(/^ {4}(?:post|put|patch|delete):\n {6}operationId: (\w+)/gm)].map((m) => m[1] ?? '');
  const silent = [...atTheDoor, ...reads, 'signIn'];
  expect(writes.filter((o) => !silent.includes(o) && !(operations as readonly string[]).includes(o))).toEqual([]);
  expect(writes.length).toBeGreaterThan(80);
});
