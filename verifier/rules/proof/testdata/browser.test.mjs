// The browser's check against the tests of the one in Go: the same cases, which
// TestCases writes to the file CASES, and every byte of the same real bundle.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import '../../../internal/web/proofs/assets/inflate.js';
import '../../../internal/web/proofs/assets/proof.js';

const { verify, verifyTransaction } = globalThis.touchstoneProof;
const read = (name) => readFileSync(new URL(name, import.meta.url));
const trust = JSON.parse(read('trust.json'));

for (const name of ['bundle.json', 'busy.json']) {
  test(`${name} of a real network is proved`, async () => {
    const report = await verify(new Uint8Array(read(name)), trust);
    assert.equal(report.failed, null);
    assert.deepEqual(report.endorsers, ['PlatformMSP', 'ProducerMSP']);
  });
}

// The same transaction by itself: whole with its block, and alone without the other envelopes.
const { block } = JSON.parse(read('busy.json'));
const version = 'touchstone/transaction/v1';
const alone = { ...block, envelopes: [block.envelopes[block.position]], position: 0 };
const flipped = (text, at) => { const b = Buffer.from(text, 'base64'); b[at] ^= 1; return b.toString('base64'); };

for (const [name, proof, failed] of [
  ['a transaction with its block', { version, whole: true, block }, null],
  ['a transaction alone', { version, whole: false, block: alone }, null],
  ['a transaction said to be whole', { version, whole: true, block: alone }, { check: 'block', reason: 'DATA_HASH_WRONG' }],
  ['another transaction altered', { version, whole: true, block: { ...block, envelopes: block.envelopes.map((e, i) => i === block.position ? e : flipped(e, 50)) } },
    { check: 'block', reason: 'DATA_HASH_WRONG' }],
  ['a transaction marked invalid', { version, whole: true, block: { ...block, validation: 11 } }, { check: 'transaction', reason: 'NOT_VALID' }],
  ['another format', { version: 'x', whole: false, block: alone }, { check: 'transaction', reason: 'UNKNOWN_VERSION' }],
]) {
  test(name, async () => {
    const report = await verifyTransaction(proof, trust);
    assert.deepEqual(report.failed, failed);
    if (!failed) {
      assert.equal(report.endorsedBy.length, 2);
      assert.match(report.signer.name, /./);
      assert.equal(report.event.type, 'batch_registered');
    }
  });
}

test('every altered byte of a transaction alone fails', async () => {
  const length = Buffer.from(alone.envelopes[0], 'base64').length;
  for (let at = 0; at < length; at += Number(process.env.STEP)) {
    const { failed } = await verifyTransaction({ version, whole: false, block: { ...alone, envelopes: [flipped(alone.envelopes[0], at)] } }, trust);
    assert.ok(failed, `byte ${at}`);
  }
});

for (const c of JSON.parse(readFileSync(process.env.CASES))) {
  test(c.name, async () => {
    const { failed, statement } = await verify(new TextEncoder().encode(c.bundle), c.trust, c.unit, c.maxAge);
    assert.deepEqual(failed, c.reason ? { check: c.check, reason: c.reason } : null);
    if (!failed && c.name.startsWith('facts')) assert.deepEqual([statement.facts.index, statement.signers.length >= 2], [2, true]);
  });
}

test('every flipped byte fails', async () => {
  const whole = new Uint8Array(read('bundle.json').toString().trim().split('').map((c) => c.charCodeAt(0)));
  for (let at = 0; at < whole.length; at += Number(process.env.STEP)) {
    const mask = [0x01, 0x20, 0x80][at % 3]; // every byte in one of three ways; the test in Go tries all three
    const data = whole.slice();
    data[at] ^= mask;
    const { failed } = await verify(data, trust);
    assert.ok(failed && failed.reason, `byte ${at} with ${mask}`);
  }
});

test('what is cut short or goes on is no bundle', async () => {
  const whole = new Uint8Array(read('bundle.json'));
  for (const data of [whole.slice(0, 500), new Uint8Array(), new TextEncoder().encode('null'), new Uint8Array([...whole, 123, 125])]) {
    assert.ok((await verify(data, trust)).failed);
  }
});

test('every flipped byte of what is signed fails', async () => {
  const c = JSON.parse(readFileSync(process.env.CASES)).find((c) => c.name === 'facts: as it should be');
  const whole = new TextEncoder().encode(c.bundle);
  for (let at = Buffer.from(whole).indexOf('"block":'); at < whole.length; at += Number(process.env.STEP)) {
    const data = whole.slice();
    data[at] ^= [0x01, 0x20, 0x80][at % 3];
    const { failed } = await verify(data, c.trust, undefined, c.maxAge);
    assert.ok(failed && failed.reason, `byte ${at}`);
  }
});
