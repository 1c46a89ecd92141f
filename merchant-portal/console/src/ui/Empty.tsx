import type { ReactNode } from 'react';
import { Button, ButtonLink } from '@/plain/Button';

// Empty teaches with one sentence and one button.
export function Empty({ children, action, to, onAction }: { children: ReactNode; action?: ReactNode; to?: string; onAction?: () => void }) {
  return (
    <div style={{ padding: '48px 16px', textAlign: 'center' }}>
      <p className="quiet" style={{ margin: '0 auto 16px', maxWidth: 480 }}>{children}</p>
      {action && (to ? <ButtonLink kind="primary" to={to}>{action}</ButtonLink> : <Button kind="primary" onClick={onAction}>{action}</Button>)}
    </div>
  );
}
