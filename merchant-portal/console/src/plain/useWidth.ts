import { useSyncExternalStore } from 'react';

// The widths at which a page is laid out anew, in pixels; antd's.
const queries = { sm: window.matchMedia('(min-width: 576px)'), md: window.matchMedia('(min-width: 768px)') };

// useWidth tells whether the window is at least so wide.
export function useWidth(name: keyof typeof queries): boolean {
  const query = queries[name];
  return useSyncExternalStore((tell) => { query.addEventListener('change', tell); return () => query.removeEventListener('change', tell); }, () => query.matches);
}
