import { useQuery } from '@tanstack/react-query';
import { Flex, Form, Image, Input } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { Page, Section } from '@/ui/Page';
import { Picture } from '@/ui/Picture';
import { ProblemNote } from '@/ui/Problem';
import { ProductName } from '@/ui/ProductName';
import { StatusTag } from '@/ui/StatusTag';
import { Deadline, Time } from '@/ui/Time';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { complaintTones } from './ComplaintsPage';
import { said } from './words';

type Complaint = Schemas['Complaint'];

// A complaint as the party sees it that it is about: what the shopper says, its own answer, the decision, the appeal.
export function Component() {
  const { t } = useTranslation('quality');
  const { id = '' } = useParams();
  const complaint = useQuery({ queryKey: ['complaints', id], queryFn: () => answer(api.GET('/api/v1/complaints/{id}', { params: { path: { id } } })) });
  const c = complaint.data;
  return (
    <Page title={id} crumbs={[{ title: t('complaints.title'), to: '/quality/complaints' }]}>
      <ProblemNote error={complaint.error} retry={() => void complaint.refetch()} />
      {complaint.isPending && <Waiting />}
      {c && <>
        <Flex gap={24} wrap style={{ marginBottom: 20 }}>
          <StatusTag tone={complaintTones[c.status]}>{t(`complaint.${c.status}`)}</StatusTag>
          {c.nextDue && <span>{t('complaints.due')} <Deadline at={c.nextDue} /></span>}
          <span><ProductName gtin={c.gtin} /> · <Link className="id" to={`/batches/${c.gtin}/${encodeURIComponent(c.lot)}?unit=${c.index}`}>{c.lot} #{c.index + 1}</Link></span>
        </Flex>
        <Section title={t('complaints.shopper')}>
          <article className="hairline" style={{ padding: 16 }}>
            <p style={{ margin: '0 0 12px', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{c.text || t('complaints.noText')}</p>
            <Image.PreviewGroup><Flex gap={8} wrap>{c.photos?.map((p) => (
              <Picture key={p.number} width={120} height={120} style={{ objectFit: 'cover', borderRadius: 8 }} href={`/api/v1/complaints/${encodeURIComponent(id)}/photos/${p.number}`} alt={t('complaints.photo', { number: p.number })} />))}</Flex></Image.PreviewGroup>
          </article>
        </Section>
        {c.answerText && <Said title={t('complaints.answer')} text={c.answerText} at={c.answer?.at} />}
        {c.decisions?.map((d) => <Said key={d.at} title={t(`outcome.${d.outcome}`)} text={said(d.reason)} at={d.at} />)}
        {c.appealText && <Said title={t('complaints.appeal')} text={c.appealText} at={c.appeal?.at} />}
        <Reply complaint={c} />
      </>}
    </Page>
  );
}

function Said({ title, text, at }: { title: string; text: string; at?: string }) {
  return <Section title={title} actions={<span className="quiet"><Time at={at} /></span>}><p className="hairline" style={{ padding: 16, margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</p></Section>;
}

// Reply asks for the answer, or for the appeal, while there is time for it.
function Reply({ complaint: c }: { complaint: Complaint }) {
  const { t } = useTranslation('quality');
  const me = useMe();
  const can = useCan();
  const [form] = Form.useForm<{ text: string }>();
  const appeals = c.status === 'decided' && !!c.appealUntil && dayjs(c.appealUntil).isAfter(dayjs());
  const what = appeals ? 'appeal' : 'answer';
  const write = useLedgerWrite(appeals ? 'appealComplaint' : 'answerComplaint', {
    send: (body: { text: string }, header) => api.POST(appeals ? '/api/v1/complaints/{id}/appeal' : '/api/v1/complaints/{id}/answer', { body, params: { path: { id: c.id }, header } }),
    form, refresh: [['complaints'], ['overview']], onDone: () => form.resetFields(),
  });
  if (c.respondent !== me.party || (c.status !== 'open' && !appeals) || !can(appeals ? 'appealComplaint' : 'answerComplaint')) return null;
  return (
    <Section title={t(`reply.${what}`)}>
      <Form form={form} layout="vertical" onFinish={(v) => void write.run(v)} style={{ maxWidth: 640 }}>
        <WriteNote write={write} />
        <Form.Item name="text" label={t('reply.text')} rules={[{ required: true, whitespace: true, message: t('needed') }]}><Input.TextArea maxLength={4000} showCount autoSize={{ minRows: 4 }} /></Form.Item>
        <WillStand stands={write.stands} values={{ id: c.id }} />
        <WriteButton write={write}>{t('reply.send')}</WriteButton>
      </Form>
    </Section>
  );
}
