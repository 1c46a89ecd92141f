import { useQuery } from '@tanstack/react-query';
import { Flex, Form, Input, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { ProductName } from '@/ui/ProductName';
import { StatusTag } from '@/ui/StatusTag';
import { Deadline } from '@/ui/Time';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { joined } from '@/ui/said';
import { Holders } from './Holders';
import { classTones, said } from './words';

// A recall: what shoppers read, whom it reaches, who has acknowledged it, and what is left to do.
export function Component() {
  const { t } = useTranslation('quality');
  const { id = '' } = useParams();
  const recall = useQuery({ queryKey: ['recalls', id], queryFn: () => answer(api.GET('/api/v1/recalls/{id}', { params: { path: { id } } })), refetchInterval: 30_000 });
  const r = recall.data;
  return (
    <Page title={id} crumbs={[{ title: t('recalls.title'), to: '/quality/recalls' }]}>
      <ProblemNote error={recall.error} retry={() => void recall.refetch()} />
      {recall.isPending && <Waiting />}
      {r && <>
        <Flex gap={24} wrap style={{ marginBottom: 20 }}>
          <StatusTag tone={classTones[r.class]}>{t(`class.${r.class}`)}</StatusTag>
          <StatusTag tone={r.closedAt ? 'none' : 'wait'}>{t(r.closedAt ? 'recalls.closed' : 'recalls.open')}</StatusTag>
          <span><ProductName gtin={r.gtin} /> · <span className="id">{joined([...new Set([...(r.lots ?? []), ...(r.lines ?? []).map((l) => l.lot)])])}</span></span>
          {!r.closedAt && <span>{t('recalls.due')} <Deadline at={r.dueAt} /></span>}
        </Flex>
        <Section title={t('recalls.read')}>
          <div className="hairline" style={{ padding: '12px 16px' }}><p style={{ margin: 0 }}>{said(r.reason)}</p><p className="quiet" style={{ margin: '4px 0 0' }}>{said(r.instruction)}</p></div>
        </Section>
        <Section title={t('recalls.reach', { count: r.units })}>
          <Progress percent={Math.floor(100 * r.effectiveness)} aria-label={t('recalls.accounted', { accounted: r.accounted, units: r.units })} />
          <p className="quiet figure">{t('recalls.accounted', { accounted: r.accounted, units: r.units })}</p>
          <Holders holders={r.holders} acknowledged />
        </Section>
        {!r.closedAt && <Todo recall={r} />}
      </>}
    </Page>
  );
}

function Todo({ recall }: { recall: Schemas['RecallReach'] }) {
  const { t } = useTranslation('quality');
  const me = useMe();
  const can = useCan();
  const mine = recall.holders.find((h) => h.party === me.party);
  return <>
    {mine && !mine.acknowledgedAt && mine.held > 0 && can('acknowledgeRecall') && <Section title={t('recalls.acknowledge')}><Acknowledge id={recall.id} held={mine.held} /></Section>}
    {recall.by === me.party && can('closeRecall') && <Section title={t('recalls.close')}><Close id={recall.id} /></Section>}
  </>;
}

function Acknowledge({ id, held }: { id: string; held: number }) {
  const { t } = useTranslation('quality');
  const [form] = Form.useForm<{ note?: string }>();
  const write = useLedgerWrite('acknowledgeRecall', {
    send: (body: { note?: string }, header) => api.POST('/api/v1/recalls/{id}/acknowledgements', { body, params: { path: { id }, header } }),
    form, refresh: [['recalls'], ['overview']],
  });
  return (
    <Form form={form} layout="vertical" onFinish={(v) => void write.run({ note: v.note || undefined })} style={{ maxWidth: 560 }}>
      <WriteNote write={write} />
      <Form.Item name="note" label={t('recalls.done')}><Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} /></Form.Item>
      <WillStand stands={write.stands} values={{ id, count: held }} />
      <WriteButton write={write}>{t('recalls.acknowledge')}</WriteButton>
    </Form>
  );
}

function Close({ id }: { id: string }) {
  const { t } = useTranslation('quality');
  const [form] = Form.useForm<{ note: string }>();
  const write = useLedgerWrite('closeRecall', {
    send: (body: { note: string }, header) => api.POST('/api/v1/recalls/{id}/closing', { body, params: { path: { id }, header } }),
    form, refresh: [['recalls'], ['overview']],
  });
  return (
    <Form form={form} layout="vertical" onFinish={(v) => void write.run(v)} style={{ maxWidth: 560 }}>
      <WriteNote write={write} />
      <Form.Item name="note" label={t('recalls.result')} rules={[{ required: true, whitespace: true, message: t('needed') }]}><Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} /></Form.Item>
      <WillStand stands={write.stands} values={{ id }} />
      <WriteButton write={write} danger>{t('recalls.close')}</WriteButton>
    </Form>
  );
}
