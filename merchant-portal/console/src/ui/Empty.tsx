import type { ReactNode } from 'react';
import { ButtonLink } from '@/plain/Button';
import { BorrowedMain } from './main';

// Empty teaches with one sentence and one button: the page's main one, or one that leads elsewhere.
export function Empty({ children, main, action, to }: { children: ReactNode; main?: boolean; action?: ReactNode; to?: string }) {
  return (
    <div style={{ padding: '48px 16px', textAlign: 'center' }}>
      <p className="quiet" style={{ margin: '0 auto 16px', maxWidth: 480 }}>{children}</p>
      {main && <BorrowedMain />}
      {action && to && <ButtonLink kind="primary" to={to}>{action}</ButtonLink>}
    </div>
  );
}
