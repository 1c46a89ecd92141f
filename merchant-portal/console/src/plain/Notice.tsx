import type { ReactNode } from 'react';

type Props = { tone: 'bad' | 'wait'; title: ReactNode; action?: ReactNode; children?: ReactNode };

const shapes = { bad: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm-1 3h2v5H7zm0 6h2v2H7z', wait: 'M8 1l7.5 13.5H.5zM7 6h2v4H7zm0 5h2v2H7z' };

// Notice tells, above what it is about, that something went wrong or wants attention. Who hears the page hears it at once.
export function Notice({ tone, title, action, children }: Props) {
  return (
    <div className={`notice ${tone}`} role="alert">
      <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" fillRule="evenodd" aria-hidden="true"><path d={shapes[tone]} /></svg>
      <div>
        <div className="notice-title">{title}</div>
        {children && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}
