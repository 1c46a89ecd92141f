import { Alert, Button, Spin, type ButtonProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Id } from './Id';
import { ProblemNote } from './Problem';
import type { Write } from './useWrite';

// WriteButton sends a form, or does what `onClick` says, and cannot be pressed again while that is under way.
export function WriteButton<V>({ write, ...rest }: { write: Write<V> } & ButtonProps) {
  return <Button type="primary" htmlType={rest.onClick ? 'button' : 'submit'} loading={write.busy} aria-describedby={write.stands?.id} {...rest} />;
}

// WriteNote says what became of a write: why it was refused, or that its outcome is not known yet.
export function WriteNote<V>({ write }: { write: Write<V> }) {
  const { t } = useTranslation();
  if (write.txId) {
    return <Alert type="warning" showIcon icon={<Spin size="small" />} role="status" style={{ marginBottom: 16 }} title={t('write.unknown')}
      description={<>{t('write.unknownWhy')} <Id value={write.txId} short /></>} />;
  }
  return <ProblemNote error={write.error} retry={() => void write.again()} />;
}
