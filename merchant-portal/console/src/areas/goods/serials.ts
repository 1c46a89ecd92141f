// serialsIn gives the serials of a text, in their order: one on a line, or divided by commas, semicolons, tabs or spaces.
export function serialsIn(text?: string): string[] {
  return (text ?? '').normalize('NFKC').split(/[\s,;、]+/).filter((s) => s !== '');
}

// doubled gives a serial that stands there twice.
export function doubled(serials: string[]): string | undefined {
  const seen = new Set<string>();
  return serials.find((s) => seen.size === seen.add(s).size);
}
