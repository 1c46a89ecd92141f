import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goOn, onSessionEnded } from '@/api/again';
import { Waiting } from './Waiting';

const SignInForm = lazy(() => import('@/areas/signin/SignInForm'));

// SessionEnded asks for the sign-in above the page that was being worked on. What was sent goes on afterwards.
export function SessionEnded() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  useEffect(() => onSessionEnded(() => setOpen(true)), []);
  const done = () => {
    setOpen(false);
    goOn();
    void queries.invalidateQueries({ queryKey: ['me'] });
  };
  return (
    <Modal open={open} title={t('session.ended')} footer={null} closable={false} keyboard={false} mask={{ closable: false }} destroyOnHidden>
      <p>{t('session.endedWhy')}</p>
      <Suspense fallback={<Waiting />}><SignInForm onDone={done} /></Suspense>
    </Modal>
  );
}
