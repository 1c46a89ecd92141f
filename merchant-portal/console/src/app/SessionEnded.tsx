import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { goOn } from '@/api/again';
import SignInForm from '@/areas/signin/SignInForm';
import { Look } from './Look';

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
    <Look><Modal open title={t('session.ended')} footer={null} closable={false} keyboard={false} mask={{ closable: false }}>
      <p>{t('session.endedWhy')}</p>
      <SignInForm onDone={done} />
    </Modal></Look>
  );
}
