import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

// Id is an identifier: in tabular figures, a link where it leads somewhere, and copied with one press.
// `short` shows its beginning and end only; what is copied is the whole.
export function Id({ value, to, short = false }: { value: string; to?: string; short?: boolean }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const text = short && value.length > 14 ? `${value.slice(0, 6)}…${value.slice(-6)}` : value;
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', maxWidth: '100%' }}>
      <span className="id" title={short ? value : undefined} style={{ overflowWrap: 'anywhere' }}>{to ? <Link to={to}>{text}</Link> : text}</span>
      <Button type="text" size="small" className="no-print quiet" icon={copied ? <CheckOutlined /> : <CopyOutlined />}
        aria-label={copied ? t('copied') : t('copy', { value })} onClick={(e) => { e.stopPropagation(); void copy(); }} />
    </span>
  );
}
