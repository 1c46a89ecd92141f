import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Input, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Id } from '@/ui/Id';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag } from '@/ui/StatusTag';
import { RecoveryCodes } from './RecoveryCodes';
import { useConfirmed } from './useConfirmed';

// Authenticator switches the second factor on and off.
export function Authenticator({ security }: { security: Schemas['Security'] }) {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const { guard, question } = useConfirmed();
  const fresh = () => queries.invalidateQueries({ queryKey: ['security'] });
  const begin = guard((_: void) => answer(api.POST('/api/v1/me/totp')));
  const end = guard((_: void) => answer(api.DELETE('/api/v1/me/totp')));
  const start = useMutation({ mutationFn: begin });
  const remove = useMutation({ mutationFn: end, onSuccess: fresh });
  return (
    <>
      <ProblemNote error={start.error ?? remove.error} />
      {security.totp ? (
        <Flex gap={16} align="center" wrap>
          <StatusTag tone="good">{t('totpOn')}</StatusTag>
          <span className="quiet">{t('recoveryLeft', { count: security.recoveryCodes })}</span>
          <Popconfirm title={t('totpOffWhy')} okText={t('totpOff')} onConfirm={() => remove.mutate()}>
            <Button loading={remove.isPending}>{t('totpOff')}</Button>
          </Popconfirm>
        </Flex>
      ) : (
        <>
          <p className="quiet" style={{ marginTop: 0, maxWidth: 560 }}>{t('totpWhy')}</p>
          <Button loading={start.isPending} onClick={() => start.mutate()}>{t('totpStart')}</Button>
        </>
      )}
      {start.data && <Setup setup={start.data} onDone={() => { start.reset(); void fresh(); }} onLeave={() => start.reset()} />}
      {question}
    </>
  );
}

function Setup({ setup, onDone, onLeave }: { setup: Schemas['NewTotp']; onDone: () => void; onLeave: () => void }) {
  const { t } = useTranslation('settings');
  const [codes, setCodes] = useState<string[]>();
  const prove = useMutation({
    mutationFn: ({ code }: { code: string }) => answer(api.POST('/api/v1/me/totp/confirmation', { body: { step: setup.step, code } })),
    onSuccess: (made) => setCodes(made.codes),
  });
  return (
    <Modal open title={codes ? t('recoveryTitle') : t('totpTitle')} footer={null} onCancel={codes ? onDone : onLeave} mask={{ closable: false }}>
      {codes ? <RecoveryCodes codes={codes} onDone={onDone} /> : (
        <>
          <p>{t('totpScan')}</p>
          <img alt={t('totpQr')} width={200} height={200} style={{ background: '#fff', padding: 8 }} src={`data:image/svg+xml,${encodeURIComponent(setup.qr)}`} />
          <p className="quiet">{t('totpByHand')} <Id value={setup.secret} /></p>
          <ProblemNote error={prove.error} />
          <Form layout="vertical" requiredMark={false} onFinish={(values: { code: string }) => prove.mutate(values)}>
            <Form.Item name="code" label={t('totpCode')} rules={[{ required: true, message: t('totpCodeMissing') }]}>
              <Input inputMode="numeric" autoComplete="one-time-code" maxLength={8} className="figure" />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={prove.isPending}>{t('totpSwitchOn')}</Button>
          </Form>
        </>
      )}
      {codes && <Alert type="warning" showIcon style={{ marginTop: 16 }} title={t('recoveryOnce')} />}
    </Modal>
  );
}
