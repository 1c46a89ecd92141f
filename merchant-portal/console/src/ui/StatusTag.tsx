import type { ReactNode } from 'react';

export type Tone = 'good' | 'wait' | 'bad' | 'none';

const colours: Record<Tone, string> = { good: 'var(--green)', wait: 'var(--amber)', bad: 'var(--red)', none: 'var(--grey)' };
const shapes: Record<Tone, ReactNode> = {
  good: <><circle cx="8" cy="8" r="6.5" /><path d="M5 8.2l2.1 2.1L11 6.2" /></>,
  wait: <><path d="M8 1.8l6.6 11.9H1.4z" /><path d="M8 6.2v3.4M8 11.6v.1" /></>,
  bad: <><path d="M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z" /><path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" /></>,
  none: <circle cx="8" cy="8" r="6.5" strokeDasharray="2.6 2" />,
};

// StatusTag says a status by word, shape and colour: tick in a circle, triangle, octagon, dashed circle.
export function StatusTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, color: colours[tone], whiteSpace: 'nowrap' }}>
      <svg style={{ flexShrink: 0 }} width="15" height="15" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">{shapes[tone]}</svg>
      {children}
    </span>
  );
}
