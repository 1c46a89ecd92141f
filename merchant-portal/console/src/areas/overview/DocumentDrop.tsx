import { FileDoneOutlined, InboxOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Flex, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { Intent } from '@/api/intent';
import { ProblemNote } from '@/ui/Problem';
import { useId, useState } from 'react';
import { documentFault } from './document';

type Props = { id?: string; value?: string; onChange?: (sha256?: string) => void };

// DocumentDrop takes one document by drag and drop, checks it as it lands, and gives the SHA-256 by which an application names it.
export function DocumentDrop({ id, value, onChange }: Props) {
  const { t } = useTranslation(['overview', 'common']);
  const own = useId();
  const [fault, setFault] = useState('');
  const [intent] = useState(() => new Intent());
  const known = useQuery({ queryKey: ['documents', value], enabled: !!value, staleTime: Infinity,
    queryFn: () => answer(api.GET('/api/v1/documents', { params: { query: { sha256: [value as string] } } })) });
  const keep = useMutation({
    mutationFn: (file: File) => answer(api.POST('/api/v1/documents', {
      body: { file: file as unknown as string }, params: { header: { 'Idempotency-Key': intent.keyFor([file.name, file.size, file.lastModified]) } },
      bodySerializer: () => { const form = new FormData(); form.append('file', file); return form; },
    })),
    onSuccess: (kept) => { intent.happened(); onChange?.(kept.sha256); },
  });
  const take = async (file: File) => {
    const wrong = await documentFault(file);
    setFault(wrong === 'unreadable' ? t('common:fileUnreadable') : wrong ? t(`document.${wrong}`) : '');
    if (!wrong) keep.mutate(file);
  };
  const name = known.data?.[0]?.name;
  if (value) {
    return (
      <Flex align="center" gap={8} id={id} tabIndex={-1}>
        <FileDoneOutlined aria-hidden="true" style={{ color: 'var(--green)' }} />
        <span style={{ overflowWrap: 'anywhere' }}>{name ?? `${value.slice(0, 12)}…`}</span>
        <Button size="small" onClick={() => onChange?.(undefined)}>{t('document.other')}</Button>
      </Flex>
    );
  }
  return (
    <div id={id} tabIndex={-1}>
      <Upload.Dragger accept=".pdf,.jpg,.jpeg,.png" showUploadList={false} disabled={keep.isPending} beforeUpload={(file) => { void take(file); return false; }} aria-describedby={own}>
        <InboxOutlined aria-hidden="true" style={{ fontSize: 24 }} />
        <p style={{ margin: 4 }}>{keep.isPending ? t('document.checking') : t('document.drop')}</p>
        <p className="quiet" id={own} style={{ margin: 0 }}>{t('document.kinds')}</p>
      </Upload.Dragger>
      {fault && <p role="alert" style={{ color: 'var(--red)', margin: '8px 0 0' }}>{fault}</p>}
      <div style={{ marginTop: keep.error ? 8 : 0 }}><ProblemNote error={keep.error} /></div>
    </div>
  );
}
