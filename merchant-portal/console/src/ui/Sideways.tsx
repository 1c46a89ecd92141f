import type { ReactNode } from 'react';

// Sideways lets a table that has nothing to press in it be moved sideways, by the keyboard too.
export function Sideways({ label, children }: { label: string; children: ReactNode }) {
  return <div className="sideways" tabIndex={0} role="region" aria-label={label}>{children}</div>;
}
