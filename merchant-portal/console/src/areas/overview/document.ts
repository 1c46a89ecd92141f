export const mostBytes = 10 * 1024 * 1024;

const beginnings: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46], // %PDF
  [0xff, 0xd8, 0xff], // JPEG
  [0x89, 0x50, 0x4e, 0x47], // PNG
];

// documentFault says why a file is no document that the gateway takes, by its size and by what it begins with, before it is sent.
export async function documentFault(file: Blob): Promise<'empty' | 'large' | 'otherKind' | 'unreadable' | undefined> {
  if (file.size === 0) return 'empty';
  if (file.size > mostBytes) return 'large';
  const read = await file.slice(0, 4).arrayBuffer().catch(() => undefined);
  if (!read) return 'unreadable';
  const start = new Uint8Array(read);
  return beginnings.some((b) => b.every((byte, i) => start[i] === byte)) ? undefined : 'otherKind';
}
