import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { say } from './words';

type Party = Schemas['Party'];
type Change = Schemas['StatusChange'];

const next: Record<Party['status'], Change['status'][]> = { applied: ['qualified', 'revoked'], qualified: ['suspended', 'revoked'], suspended: ['qualified', 'revoked'], revoked: [] };

// StatusButtons qualify, suspend, reinstate or revoke a party, with the reason that it reads. A revocation is for good, so its id is typed.
export function StatusButtons({ party }: { party: Party }) {
  const { t } = useTranslation('platform');
  const [status, setStatus] = useState<Change['status']>();
  return (
    <>
      {next[party.status].map((s) => <Button key={s} danger={s !== 'qualified'} onClick={() => setStatus(s)}>{t(`become.${s}`)}</Button>)}
      {status && <ChangeStatus party={party} status={status} close={() => setStatus(undefined)} />}
    </>
  );
}

function ChangeStatus({ party, status, close }: { party: Party; status: Change['status']; close: () => void }) {
  const { t } = useTranslation('platform');
  const [form] = Form.useForm<Change & { typed?: string }>();
  const write = useLedgerWrite('setPartyStatus', {
    form,
    send: ({ reason, reasonEn }: Change, header) => api.POST('/api/v1/parties/{id}/status', { body: { status, reason, reasonEn }, params: { path: { id: party.id }, header } }),
    refresh: [['parties', party.id], ['standings']],
    onDone: close,
    onSettled: close,
  });
  return (
    <Modal open title={t(`become.${status}`)} onCancel={close} footer={null} destroyOnHidden>
      <Form form={form} layout="vertical" onFinish={(values) => void write.run(values)}>
        <p>{t(`becomes.${status}`, { name: say(party.name) })}</p>
        <WriteNote write={write} />
        <Form.Item name="reason" label={t('review.reason')} rules={[{ required: true, whitespace: true, message: t('review.reasonNeeded') }]}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
        <Form.Item name="reasonEn" label={t('review.reasonEn')}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
        {status === 'revoked' && <Form.Item name="typed" label={t('become.type', { id: party.id })} rules={[{ validator: (_, v: string) => (v === party.id ? Promise.resolve() : Promise.reject(new Error(t('become.typeNeeded')))) }]}><Input autoComplete="off" /></Form.Item>}
        <WillStand stands={write.stands} values={{ party: say(party.name), status: t(`become.${status}`) }} />
        <WriteButton write={write} danger={status !== 'qualified'}>{t(`become.${status}`)}</WriteButton>
      </Form>
    </Modal>
  );
}
