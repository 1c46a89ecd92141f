// The policy of the page takes style sheets that carry its nonce only. antd's own do; those that the libraries under it make while
// they measure scroll bars or hold the page still behind a drawer do not. So every style sheet that a script makes is given it.
export const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;

export function giveNonce(to: Document, value = nonce): void {
  if (!value) return;
  const make = to.createElement.bind(to) as Document['createElement'];
  to.createElement = ((name: string, options?: ElementCreationOptions) => {
    const made = make(name, options);
    if (made instanceof HTMLStyleElement) made.nonce = value;
    return made;
  }) as Document['createElement'];
}
