// What can be said of a barcode number while it is typed (GS1 General Specifications, section 7.9).

export type GtinFault = 'digits' | 'short' | 'long' | 'check';

// plain takes out what scanners, spreadsheets and Chinese input methods add to digits.
export const plain = (typed: string): string => typed.normalize('NFKC').replace(/[\s\u200B\uFEFF-]/g, '');

// checkDigit is the last digit that the digits before it ask for.
export function checkDigit(before: string): number {
  const sum = [...before].reverse().reduce((s, d, i) => s + Number(d) * (i % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

export function gtinFault(typed: string): GtinFault | null {
  const digits = plain(typed);
  if (!/^\d*$/.test(digits)) return 'digits';
  if (digits.length > 14) return 'long';
  if (![8, 12, 13, 14].includes(digits.length)) return 'short';
  return checkDigit(digits.slice(0, -1)) === Number(digits.slice(-1)) ? null : 'check';
}

export const gtin14 = (typed: string): string => plain(typed).padStart(14, '0');

// under tells whether a barcode is under a company prefix; a GTIN-14 has its prefix behind the first digit.
export function under(gtin: string, prefix: string): boolean {
  return gtin14(gtin).slice(1).startsWith(prefix);
}
