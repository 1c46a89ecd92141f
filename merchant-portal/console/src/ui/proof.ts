// The check of a transaction's signatures, with nothing but WebCrypto: the same script as on the shopper's page.
import '../../../../verifier/internal/web/proofs/assets/proof.js';
import type { Schemas } from '@/api/client';

export type Signer = { msp: string; name: string };
export type Report = {
  passed: string[];
  failed: { check: string; reason: string } | null;
  signer?: Signer;
  endorsedBy?: Signer[];
  event?: unknown;
};

declare global {
  var touchstoneProof: { verifyTransaction: (proof: Schemas['TransactionProof'], trust: unknown) => Promise<Report> };
}

export const check = (proof: Schemas['TransactionProof']): Promise<Report> => globalThis.touchstoneProof.verifyTransaction(proof, proof.trust);

// sameRecord compares what the gateway tells with what was signed, whatever the order of the fields.
export function sameRecord(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => sameRecord(x, b[i]));
  if (a && b && Array.isArray(a) === Array.isArray(b) && typeof a === 'object' && typeof b === 'object') {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((k) => k in b && sameRecord(a[k as never], b[k as never]));
  }
  return a === b;
}
