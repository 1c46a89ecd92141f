// CodeInput is a field of the browser's own: what ends in it is taken out at once, however fast the next code comes, which a
// field that React or antd keeps a copy of would not survive.
import { type InputHTMLAttributes, type Ref } from 'react';

export function CodeInput({ ref, style, ...rest }: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return (
    <input ref={ref} type="text" autoComplete="off" autoCapitalize="off" autoCorrect="off" spellCheck={false} {...rest}
      style={{ font: 'inherit', fontVariantNumeric: 'tabular-nums', width: '100%', minWidth: 0, height: 44, padding: '0 12px', color: 'inherit', background: 'var(--paper, transparent)', border: '1px solid var(--grey)', borderRadius: 12, ...style }} />
  );
}

// typeSeparator lets Ctrl+], as many scanners type the separator, stand for it.
export function typeSeparator(e: { ctrlKey: boolean; key: string; preventDefault: () => void; currentTarget: HTMLInputElement }): void {
  if (!e.ctrlKey || e.key !== ']') return;
  e.preventDefault();
  e.currentTarget.setRangeText('\x1d', e.currentTarget.selectionStart ?? 0, e.currentTarget.selectionEnd ?? 0, 'end');
}
