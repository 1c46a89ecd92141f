import { useSyncExternalStore } from 'react';

export type Appearance = 'system' | 'light' | 'dark';
const kept = 'touchstone.appearance';
const system = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function chosen(): Appearance {
  const value = localStorage.getItem(kept);
  return value === 'light' || value === 'dark' ? value : 'system';
}

export function setAppearance(value: Appearance): void {
  localStorage.setItem(kept, value);
  for (const tell of listeners) tell();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  system.addEventListener('change', tell);
  return () => {
    listeners.delete(tell);
    system.removeEventListener('change', tell);
  };
}

// useAppearance gives what was chosen and whether it is dark now.
export function useAppearance(): { appearance: Appearance; isDark: boolean } {
  const appearance = useSyncExternalStore(subscribe, chosen);
  const systemDark = useSyncExternalStore(subscribe, () => system.matches);
  return { appearance, isDark: appearance === 'system' ? systemDark : appearance === 'dark' };
}
