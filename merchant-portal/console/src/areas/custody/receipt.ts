// A shipment's receipt is what was said of its units, one word after another: of units that were spoken of again, as by an
// amendment, the last word counts.
export type Said = { gtin: string; lot: string; from: number; count: number; condition: 'good' | 'damaged' | 'missing' | 'withheld' };

export function lastWord(receipt: Said[]): Said[] {
  return receipt.reduce<Said[]>((before, now) => [...before.flatMap((line) => without(line, now)), now], []);
}

// without gives what is left of a line beside another one.
function without(line: Said, other: Said): Said[] {
  const end = line.from + line.count;
  const otherEnd = other.from + other.count;
  if (line.gtin !== other.gtin || line.lot !== other.lot || other.from >= end || otherEnd <= line.from) return [line];
  return [{ ...line, count: other.from - line.from }, { ...line, from: otherEnd, count: end - otherEnd }].filter((l) => l.count > 0);
}
