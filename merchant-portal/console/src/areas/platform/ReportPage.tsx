import { useQuery } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { answer, api } from '@/api/client';
import { Waiting } from '@/app/Waiting';
import { Id } from '@/ui/Id';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { useWrite } from '@/ui/useWrite';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { Moment } from '@/ui/Time';
import { SubNav } from './SubNav';

// ReportPage shows all that was said of one unknown code, and closes what is open with what was found out.
export function Component() {
  const { t } = useTranslation('platform');
  const { id = '' } = useParams();
  const [form] = Form.useForm<{ note: string }>();
  const reported = useQuery({ queryKey: ['reports', id], queryFn: () => answer(api.GET('/api/v1/reported-codes/{id}', { params: { path: { id } } })) });
  const write = useWrite({
    form,
    send: (body: { note: string }, header) => api.POST('/api/v1/reported-codes/{id}/closing', { body, params: { path: { id }, header } }),
    refresh: [['reports']],
    onDone: () => form.resetFields(),
  });
  const r = reported.data;
  return (
    <Page title={t('reports.one')} crumbs={[{ title: t('reports.title'), to: '/platform/reports' }]}>
      <SubNav of="watch" />
      <ProblemNote error={reported.error} retry={() => void reported.refetch()} />
      {reported.isPending && <Waiting />}
      {r && <>
        <p><Id value={r.code} /></p>
        <Section title={t('reports.said')}>
          <ul className="card-list">{r.said.map((s) => (
            <li key={s.id} className="hairline">
              <div className="quiet"><Moment at={s.at} />{s.place && ` · ${s.place}`}{s.closed && ` · ${t('reports.closed')}`}</div>
              <p style={{ margin: '4px 0', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{s.text || '—'}</p>
              {s.contact && <div>{t('reports.contact')} {s.contact}</div>}
            </li>
          ))}</ul>
        </Section>
        {r.closings.length > 0 && <Section title={t('party.history')}><ul>{r.closings.map((c) => <li key={c.at}><Moment at={c.at} /> · {c.note} · {c.account}</li>)}</ul></Section>}
        {r.open > 0 && <Section title={t('reports.close')}>
          <Form form={form} layout="vertical" style={{ maxWidth: 640 }} onFinish={(values) => void write.run(values)}>
            <WriteNote write={write} />
            <Form.Item name="note" label={t('reports.found')} rules={[{ required: true, whitespace: true, message: t('review.reasonNeeded') }]}><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
            <WriteButton write={write}>{t('reports.closeThem', { count: r.open })}</WriteButton>
          </Form>
        </Section>}
      </>}
    </Page>
  );
}
