// What can be done about a case: the other side answers, the platform decides, the opener takes it back.
import { Button, Flex, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { Section } from '@/ui/Page';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';

type Case = Schemas['Case'];
const refresh = [['cases'], ['overview'], ['shipments']];
const waits = (c: Case) => c.status === 'open' || c.status === 'disputed' || c.status === 'escalated';

export function CaseReply({ of: c }: { of: Case }) {
  const { t } = useTranslation('custody');
  const me = useMe();
  const can = useCan();
  const [form] = Form.useForm<{ note?: string }>();
  const write = useLedgerWrite('answerCase', {
    send: (body: Schemas['NewCaseAnswer'], header) => api.POST('/api/v1/cases/{id}/answer', { body, params: { path: { id: c.id }, header } }), form, refresh });
  if (c.with !== me.party || c.answer || !waits(c) || !can('answerCase')) return null;
  const dispute = async () => {
    const note = (form.getFieldValue('note') as string | undefined)?.trim();
    if (note) await write.run({ accept: false, note });
    else form.setFields([{ name: 'note', errors: [t('cases.noteMissing')] }]);
  };
  return (
    <Section title={t('cases.reply')}>
      <WriteNote write={write} />
      <p>{t('cases.proposed', { fix: t(`fix.${c.fix}`) })}</p>
      <Form form={form} layout="vertical" style={{ maxWidth: 560 }}>
        <Form.Item name="note" label={t('cases.replyNote')}><Input maxLength={1000} /></Form.Item>
        <WillStand stands={write.stands} values={{ id: c.id, fix: t(`fix.${c.fix}`) }} />
        <Flex gap={8} wrap>
          <WriteButton write={write} onClick={() => void write.run({ accept: true, note: form.getFieldValue('note') as string | undefined })}>{t('cases.accept')}</WriteButton>
          <Button disabled={write.busy} onClick={() => void dispute()}>{t('cases.dispute')}</Button>
        </Flex>
      </Form>
    </Section>
  );
}

export function CaseDecision({ of: c }: { of: Case }) {
  const { t } = useTranslation('custody');
  const me = useMe();
  const can = useCan();
  const [form] = Form.useForm<Schemas['NewCaseDecision']>();
  const outcome = Form.useWatch('outcome', form);
  const write = useLedgerWrite('decideCase', {
    send: (body: Schemas['NewCaseDecision'], header) => api.POST('/api/v1/cases/{id}/decision', { body, params: { path: { id: c.id }, header } }), form, refresh });
  if (!can('decideCase') || c.owner !== me.party) return null;
  return (
    <Section title={t('cases.decide')}>
      <Form form={form} layout="vertical" onFinish={(v) => void write.run(v)} style={{ maxWidth: 560 }}>
        <WriteNote write={write} />
        <Form.Item name="outcome" rules={[{ required: true, message: t('cases.outcomeMissing') }]}>
          <Radio.Group options={(['upheld', 'dismissed', 'cannot_tell'] as const).map((o) => ({ value: o, label: t(`caseOutcome.${o}`) }))} />
        </Form.Item>
        <Form.Item name="note" label={t('cases.decisionNote')} rules={[{ required: true, whitespace: true, message: t('cases.noteMissing') }]}><Input maxLength={1000} /></Form.Item>
        <WillStand stands={write.stands} values={{ id: c.id, outcome: outcome && t(`caseOutcome.${outcome}`) }} />
        <WriteButton write={write}>{t('cases.decide')}</WriteButton>
      </Form>
    </Section>
  );
}

export function CaseWithdrawal({ of: c }: { of: Case }) {
  const { t } = useTranslation('custody');
  const me = useMe();
  const can = useCan();
  const write = useLedgerWrite('withdrawCase', { send: (_: object, header) => api.POST('/api/v1/cases/{id}/withdrawal', { params: { path: { id: c.id }, header } }), refresh });
  if (c.opener !== me.party || !waits(c) || !can('withdrawCase')) return null;
  return <><WriteNote write={write} /><div style={{ maxWidth: 560 }}><WillStand stands={write.stands} values={{ id: c.id }} /></div><WriteButton write={write} type="default" onClick={() => void write.run({})}>{t('cases.withdraw')}</WriteButton></>;
}
