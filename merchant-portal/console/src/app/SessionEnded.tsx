import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { goOn } from '@/api/again';
import SignInForm from '@/areas/signin/SignInForm';
import { Look } from './Look';
import { meQuery, useMe } from './session';

// SessionEnded asks for the sign-in above the page that was being worked on. What was sent goes on afterwards, where a colleague of
// the same party signs in: what one party has filled in is never sent as another.
export default function SessionEnded({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { party } = useMe();
  const done = async () => {
    const now = await queries.fetchQuery({ ...meQuery, staleTime: 0 });
    if (now.party !== party) return window.location.assign('/');
    onDone();
    goOn();
  };
  return (
    <Look><Modal open title={t('session.ended')} footer={null} closable={false} keyboard={false} mask={{ closable: false }}>
      <p>{t('session.endedWhy')}</p>
      <SignInForm onDone={() => void done()} />
    </Modal></Look>
  );
}
