import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { api, type Schemas } from '@/api/client';
import { Page } from '@/ui/Page';
import { PartyPicker } from '@/ui/PartyPicker';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';

type NewCase = Schemas['NewCase'];
const causes = ['shortage', 'damage', 'wrong_lot', 'missing_data', 'unknown_code', 'till_refused', 'other'] as const;
const fixes = ['take_back', 'send_replacement', 'credit', 'correct_data', 'recount', 'other'] as const;

// Whoever finds that something does not fit says so here; units beyond those sent open their case by themselves on receipt.
export function Component() {
  const { t } = useTranslation('custody');
  const [search] = useSearchParams();
  const shipment = search.get('shipment') ?? undefined;
  const go = useNavigate();
  const [form] = Form.useForm<NewCase>();
  const cause = Form.useWatch('cause', form);
  const fix = Form.useWatch('fix', form);
  const write = useLedgerWrite('openCase', {
    send: (body: NewCase, header) => api.POST('/api/v1/cases', { body, params: { header } }), form, refresh: [['cases'], ['overview']],
    onDone: (made) => void go(`/custody/cases/${made.id}`), onSettled: () => void go('/custody/cases'),
  });
  return (
    <Page title={t('cases.new')} crumbs={[{ title: t('title'), to: '/custody' }, { title: t('cases.title'), to: '/custody/cases' }]} help={t('cases.newHelp')}>
      <Form form={form} layout="vertical" style={{ maxWidth: 560 }} initialValues={{ shipment, cause: causes.find((c) => c === search.get('cause')), code: search.get('code') ?? undefined, note: search.get('note') ?? undefined }} onFinish={(v) => void write.run(v)}>
        <WriteNote write={write} />
        <Form.Item name="cause" label={t('cases.cause')} rules={[{ required: true, message: t('cases.causeMissing') }]}>
          <Select options={causes.map((c) => ({ value: c, label: t(`cause.${c}`) }))} />
        </Form.Item>
        <Form.Item name="fix" label={t('cases.fix')} rules={[{ required: true, message: t('cases.fixMissing') }]}>
          <Select options={fixes.map((f) => ({ value: f, label: t(`fix.${f}`) }))} />
        </Form.Item>
        <Form.Item name="shipment" label={t('cases.shipment')}><Input /></Form.Item>
        {!shipment && <Form.Item name="with" label={t('cases.with')} extra={t('cases.withWhy')}><PartyPicker /></Form.Item>}
        <Form.Item name="code" label={t('cases.code')} extra={t('cases.codeWhy')}><Input maxLength={300} /></Form.Item>
        <Form.Item name="note" label={t('cases.note')} rules={[{ required: true, whitespace: true, message: t('cases.noteMissing') }]}><Input maxLength={1000} /></Form.Item>
        <WillStand stands={write.stands} values={{ cause: cause && t(`cause.${cause}`), fix: fix && t(`fix.${fix}`) }} />
        <WriteButton write={write}>{t('cases.send')}</WriteButton>
      </Form>
    </Page>
  );
}
