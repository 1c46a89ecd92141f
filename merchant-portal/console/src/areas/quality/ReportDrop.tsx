import { Button, Flex, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

// hashOf gives a file's SHA-256 in hexadecimal. The file does not leave the device.
export async function hashOf(file: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...digest].map((b) => b.toString(16).padStart(2, '0')).join('');
}

// ReportDrop takes the report of an inspection and gives its hash, by which the ledger names it.
export function ReportDrop({ id, value, onChange }: { id?: string; value?: string; onChange?: (hash?: string) => void }) {
  const { t } = useTranslation(['quality', 'common']);
  const [name, setName] = useState('');
  const [unreadable, setUnreadable] = useState(false);
  const take = async (file: File) => {
    setName(file.name);
    const hash = await hashOf(file).catch(() => undefined);
    setUnreadable(!hash);
    onChange?.(hash);
  };
  if (value) return <Flex gap={8} align="center" id={id} tabIndex={-1}><span>{name}</span><span className="id quiet">{value.slice(0, 12)}…</span><Button size="small" onClick={() => onChange?.(undefined)}>{t('inspect.other')}</Button></Flex>;
  return (
    <>
      <Upload.Dragger id={id} showUploadList={false} beforeUpload={(file) => { void take(file); return false; }}>
        <p style={{ margin: 0 }}>{t('inspect.drop')}</p>
      </Upload.Dragger>
      {unreadable && <p role="alert" style={{ color: 'var(--red)', margin: '8px 0 0' }}>{name}: {t('common:fileUnreadable')}</p>}
    </>
  );
}
