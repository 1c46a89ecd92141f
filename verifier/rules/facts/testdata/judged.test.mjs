// The browser's judgement of facts against the one in Go, which gives the file CASES.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import '../../../internal/web/proofs/assets/facts.js';

test('the checks that do not pass are the same', () => {
  const cases = JSON.parse(readFileSync(process.env.CASES));
  assert.ok(cases.length > 1000);
  for (const { name, facts, at, asked, checks } of cases) {
    assert.deepEqual(globalThis.touchstoneFacts.judge(facts, Date.parse(at), asked), checks, name);
  }
});
