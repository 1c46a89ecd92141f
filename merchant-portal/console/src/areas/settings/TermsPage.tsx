import { useQuery } from '@tanstack/react-query';
import { App, Descriptions, Form, InputNumber, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { useCan } from '@/app/session';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';

type Terms = Schemas['CustodyTerms'];
// What counts in hours here counts in minutes on the ledger.
const terms = { openDays: 1, amendMinutes: 60, undoMinutes: 60, answerMinutes: 60, decideMinutes: 60 } as const;
const names = Object.keys(terms) as (keyof typeof terms)[];

// TermsPage says for how long goods may stay open and mistakes be mended; the platform sets it.
export function Component() {
  const { t } = useTranslation('settings');
  const can = useCan();
  const found = useQuery({ queryKey: ['custody-terms'], queryFn: () => answer(api.GET('/api/v1/custody-terms')) });
  const now = found.data;
  // inDays says a time in days where it is whole ones, and more than one.
  const inDays = (name: keyof typeof terms, value: number) => {
    const days = name === 'openDays' ? value : value / 60 / 24;
    return name === 'openDays' || (days > 1 && Number.isInteger(days)) ? `${days} ${t('terms.days')}` : undefined;
  };
  return (
    <Page title={t('terms.title')} help={t('terms.help')}>
      <ProblemNote error={found.error} retry={() => void found.refetch()} />
      {found.isPending && <Skeleton active />}
      {now && (can('setCustodyTerms') ? <TermsForm now={now} /> : (
        <Descriptions column={1} styles={{ content: { whiteSpace: 'nowrap', flex: 'none' } }} items={names.map((n) => ({ key: n, label: t(`terms.${n}`), children: <span className="figure">{inDays(n, now[n]) ?? `${now[n] / 60} ${t('terms.hours')}`}</span> }))} />
      ))}
      {now?.expired?.length ? <Section title={t('terms.expired')}>{now.expired.map((e) => (
        <p key={e.category}><strong>{e.category}</strong> {e.donationDays ? t('terms.donation', { count: e.donationDays }) : ''} {e.disposal ? t('terms.disposal') : ''}</p>))}</Section> : null}
    </Page>
  );
}

function TermsForm({ now }: { now: Terms }) {
  const { t } = useTranslation('settings');
  const { message } = App.useApp();
  const [form] = Form.useForm<Terms>();
  const write = useLedgerWrite('setCustodyTerms', {
    send: (v: Terms) => api.PUT('/api/v1/custody-terms', { body: { ...now, ...Object.fromEntries(names.map((n) => [n, Math.round(v[n] * terms[n])])) } }),
    form, refresh: [['custody-terms']], onDone: () => void message.success(t('terms.saved')),
  });
  return (
    <Form form={form} layout="vertical" style={{ maxWidth: 480 }} initialValues={Object.fromEntries(names.map((n) => [n, now[n] / terms[n]]))} onFinish={(v) => void write.run(v)}>
      <WriteNote write={write} />
      {names.map((n) => (
        <Form.Item key={n} name={n} label={t(`terms.${n}`)} rules={[{ required: true, message: t('terms.missing') }]}>
          <InputNumber<number> min={n === 'openDays' ? 1 : 0.25} step={1} suffix={t(n === 'openDays' ? 'terms.days' : 'terms.hours')} style={{ width: 200 }} />
        </Form.Item>
      ))}
      <WillStand stands={write.stands} />
      <WriteButton write={write}>{t('terms.save')}</WriteButton>
    </Form>
  );
}
