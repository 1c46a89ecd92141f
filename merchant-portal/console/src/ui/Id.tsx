import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCopy } from './useCopy';

// Id is an identifier: in tabular figures, a link where it leads somewhere, and copied with one press.
// `short` shows its beginning and end only; what is copied is the whole.
export function Id({ value, to, short = false }: { value: string; to?: string; short?: boolean }) {
  const { t } = useTranslation();
  const { state, copy } = useCopy(value);
  const text = short && value.length > 14 ? `${value.slice(0, 6)}…${value.slice(-6)}` : value;
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', maxWidth: '100%' }}>
      <span className="id" title={short ? value : undefined} style={{ overflowWrap: 'anywhere' }}>{to ? <Link to={to}>{text}</Link> : text}</span>
      <Button type="text" size="small" className="no-print quiet" style={{ flex: 'none' }} icon={state === 'copied' ? <CheckOutlined /> : <CopyOutlined />}
        aria-label={state === 'copied' ? t('copied') : t('copy', { value })} onClick={(e) => { e.stopPropagation(); copy(); }} />
      {state === 'failed' && <span role="alert" style={{ color: 'var(--red)' }}>{t('copyFailed')}</span>}
    </span>
  );
}
