import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { goOn } from '@/api/again';
import { Waiting } from './Waiting';

const SignInForm = lazy(() => import('@/areas/signin/SignInForm'));

// SessionEnded asks for the sign-in above the page that was being worked on. What was sent goes on afterwards.
export default function SessionEnded({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const done = () => {
    onDone();
    goOn();
    void queries.invalidateQueries({ queryKey: ['me'] });
  };
  return (
    <Modal open title={t('session.ended')} footer={null} closable={false} keyboard={false} mask={{ closable: false }}>
      <p>{t('session.endedWhy')}</p>
      <Suspense fallback={<Waiting />}><SignInForm onDone={done} /></Suspense>
    </Modal>
  );
}
