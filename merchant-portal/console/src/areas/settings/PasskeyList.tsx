import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { canPasskey, leftIt, makePasskey } from '@/areas/signin/passkeys';
import { waysQuery } from '@/areas/signin/SignInForm';
import { ProblemNote } from '@/ui/Problem';
import { Time } from '@/ui/Time';
import { useConfirmed } from './useConfirmed';

// PasskeyList shows the person's passkeys, adds and removes them.
export function PasskeyList({ passkeys }: { passkeys: Schemas['Passkey'][] }) {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const ways = useQuery(waysQuery);
  const [naming, setNaming] = useState(false);
  const { guard, question } = useConfirmed();
  const fresh = () => { setNaming(false); void queries.invalidateQueries({ queryKey: ['security'] }); };
  const add = useMutation({
    mutationFn: guard(async ({ name }: { name: string }) => {
      const { step, options } = await answer(api.POST('/api/v1/me/passkeys'));
      const credential = await makePasskey(options);
      await answer(api.POST('/api/v1/me/passkeys/confirmation', { body: { step, name, credential } }));
    }),
    onSuccess: fresh,
  });
  const remove = useMutation({ mutationFn: guard((passkey: string) => answer(api.DELETE('/api/v1/me/passkeys/{passkey}', { params: { path: { passkey } } }))), onSuccess: fresh });
  if (ways.data && !ways.data.passkeys) return <p className="quiet" style={{ margin: 0 }}>{t('passkeysNot')}</p>;
  return (
    <>
      <p className="quiet" style={{ marginTop: 0, maxWidth: 560 }}>{t('passkeysWhy')}</p>
      <ProblemNote error={leftIt(add.error) ? null : add.error ?? remove.error} />
      <ul style={{ listStyle: 'none', margin: '0 0 12px', padding: 0, maxWidth: 560 }}>
        {passkeys.map((k) => (
          <li key={k.id} style={{ padding: '8px 0', borderBottom: '1px solid var(--hairline)' }}>
            <Flex justify="space-between" align="center" gap={8}>
              <span>{k.name}<br /><span className="quiet">{k.lastUsedAt ? t('lastUsed') : t('addedAt')} <Time at={k.lastUsedAt ?? k.createdAt} /></span></span>
              <Popconfirm title={t('passkeyRemoveWhy', { name: k.name })} okText={t('remove')} onConfirm={() => remove.mutate(k.id)}>
                <Button type="text" danger>{t('remove')}</Button>
              </Popconfirm>
            </Flex>
          </li>
        ))}
      </ul>
      <Button disabled={!canPasskey()} onClick={() => setNaming(true)}>{t('passkeyAdd')}</Button>
      <Modal open={naming} title={t('passkeyAdd')} footer={null} onCancel={() => setNaming(false)} destroyOnHidden>
        <Form layout="vertical" requiredMark={false} onFinish={(values: { name: string }) => add.mutate(values)}>
          <Form.Item name="name" label={t('passkeyName')} extra={t('passkeyNameHelp')} rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}>
            <Input autoFocus maxLength={40} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={add.isPending}>{t('goOn')}</Button>
        </Form>
      </Modal>
      {question}
    </>
  );
}
