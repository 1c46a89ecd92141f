// A new SSCC under a company prefix: extension digit, prefix, a number of its own, check digit (GS1 General Specifications
// 3.2.1). The number is random, so that two packers do not meet; the ledger refuses one that was used.
export function ssccUnder(prefix: string): string {
  const free = 16 - prefix.length;
  const number = [...crypto.getRandomValues(new Uint8Array(free))].map((b) => b % 10).join('');
  const body = `3${prefix}${number}`;
  const sum = [...body].reverse().reduce((s, d, i) => s + Number(d) * (i % 2 ? 1 : 3), 0);
  return body + String((10 - (sum % 10)) % 10);
}
