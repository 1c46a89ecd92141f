// What a lot may be made of: GS1's character set 82, 1 to 20 of it (General Specifications, AI 10).
export type LotFault = 'missing' | 'long' | 'signs' | 'dots';

export function lotFault(lot: string): LotFault | null {
  if (lot === '') return 'missing';
  if (!/^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/.test(lot)) return 'signs';
  if (lot.length > 20) return 'long';
  return lot === '.' || lot === '..' ? 'dots' : null;
}
