// What changes who gets in asks for the password first, where the last sign-in is a while ago.
//
//   const { guard, question } = useConfirmed();
//   const remove = useMutation({ mutationFn: guard((id: string) => answer(api.DELETE(...))) });   ... {question}
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { asProblem } from '@/api/problem';
import { ProblemNote } from '@/ui/Problem';

type Decision = { confirmed: () => void; left: () => void };

export function useConfirmed(): { guard: <V, R>(act: (values: V) => Promise<R>) => (values: V) => Promise<R>; question: ReactNode } {
  const [open, setOpen] = useState(false);
  const decision = useRef<Decision>(undefined);
  const guard = <V, R>(act: (values: V) => Promise<R>) => async (values: V) => {
    try {
      return await act(values);
    } catch (e) {
      if (asProblem(e).code !== 'SIGN_IN_AGAIN') throw e;
      await new Promise<void>((resolve, reject) => {
        decision.current = { confirmed: resolve, left: () => reject(e) };
        setOpen(true);
      });
      return act(values);
    }
  };
  const close = (how: keyof Decision) => { setOpen(false); decision.current?.[how](); };
  return { guard, question: <Question open={open} onDone={() => close('confirmed')} onLeave={() => close('left')} /> };
}

function Question({ open, onDone, onLeave }: { open: boolean; onDone: () => void; onLeave: () => void }) {
  const { t } = useTranslation('settings');
  const confirm = useMutation({ mutationFn: (body: Schemas['OwnPassword']) => answer(api.POST('/api/v1/session/confirmation', { body })), onSuccess: onDone });
  return (
    <Modal open={open} title={t('confirmTitle')} footer={null} onCancel={onLeave} destroyOnHidden>
      <p>{t('confirmWhy')}</p>
      <ProblemNote error={confirm.error} />
      <Form layout="vertical" requiredMark={false} onFinish={(values: Schemas['OwnPassword']) => confirm.mutate(values)}>
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('passwordMissing') }]}>
          <Input.Password autoFocus autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>{t('goOn')}</Button>
      </Form>
    </Modal>
  );
}
