import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

// Empty teaches with one sentence and one button.
export function Empty({ children, action, to, onAction }: { children: ReactNode; action?: ReactNode; to?: string; onAction?: () => void }) {
  const button = action && <Button type="primary" onClick={onAction}>{action}</Button>;
  return (
    <div style={{ padding: '48px 16px', textAlign: 'center' }}>
      <p className="quiet" style={{ margin: '0 auto 16px', maxWidth: 480 }}>{children}</p>
      {to ? <Link to={to}>{button}</Link> : button}
    </div>
  );
}
