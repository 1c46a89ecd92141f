import { Form } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { api } from '@/api/client';
import { Beside } from '@/ui/Beside';
import { Page } from '@/ui/Page';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { BatchFields, useBatchFacts } from './BatchFields';
import { batchBody, type BatchValues, day, useDraft } from './draft';
import { batchPath } from './paths';

// Component registers a batch and all its units.
export function Component() {
  const { t } = useTranslation('goods');
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [form] = Form.useForm<BatchValues>();
  const values = Form.useWatch([], form) as Partial<BatchValues> | undefined;
  const draft = useDraft(values, values?.gtin ?? search.get('gtin') ?? '');
  const facts = useBatchFacts(draft, day(draft.computed));
  const write = useLedgerWrite('registerBatch', {
    send: (v: BatchValues, key) => api.POST('/api/v1/batches', { body: batchBody(v), params: { header: key } }),
    form, refresh: [['batches'], ['products']], onDone: (_, v) => navigate(batchPath(v), { replace: true }), onSettled: (_, v) => navigate(batchPath(v), { replace: true }),
  });
  return (
    <Page title={t('newBatch')} crumbs={[{ title: t('batches'), to: '/batches' }]}>
      <Form form={form} layout="vertical" onFinish={(v) => void write.run({ ...v, lot: v.lot.trim() })} scrollToFirstError={{ focus: true }} disabled={write.busy}
        initialValues={{ gtin: search.get('gtin') ?? undefined, producedOn: dayjs() }}>
        <Beside stands={<WillStand stands={write.stands} facts={facts} />} send={<WriteButton write={write} disabled={!!draft.taken}>{t('register')}</WriteButton>}>
          <WriteNote write={write} />
          <BatchFields draft={draft} />
        </Beside>
      </Form>
    </Page>
  );
}
