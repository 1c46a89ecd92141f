import { useState } from 'react';

// useCopy puts a text on the clipboard and says for a moment that it is there, or lastingly that the browser did not let it.
export function useCopy(value: string): { state: 'ready' | 'copied' | 'failed'; copy: () => void } {
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value); // missing on pages without HTTPS
      setState('copied');
      setTimeout(() => setState('ready'), 1500);
    } catch {
      setState('failed');
    }
  };
  return { state, copy: () => void copy() };
}
