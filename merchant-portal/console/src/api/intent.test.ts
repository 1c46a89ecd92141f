import { expect, test } from 'vitest';
import { Intent } from './intent';

test('the same intent keeps its key, another gets its own', () => {
  const intent = new Intent();
  const first = intent.keyFor({ lot: 'A1' });
  expect(intent.keyFor({ lot: 'A1' })).toBe(first);
  const changed = intent.keyFor({ lot: 'A2' });
  expect(changed).not.toBe(first);
  intent.happened();
  expect(intent.keyFor({ lot: 'A2' })).not.toBe(changed);
});
