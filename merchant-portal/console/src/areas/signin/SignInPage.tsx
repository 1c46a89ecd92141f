import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { Mark } from '@/app/Mark';
import SignInForm from './SignInForm';

// inside keeps the way back within the console: an address of somebody else's is none.
function inside(to: string | null): string {
  return to && to.startsWith('/') && !to.startsWith('//') && !to.startsWith('/\\') ? to : '/';
}

export function Component() {
  const { t } = useTranslation('signin');
  const [params] = useSearchParams();
  const navigate = useNavigate();
  return (
    <main style={{ maxWidth: 400, margin: '0 auto', padding: '64px 16px' }}>
      <Mark />
      <h1 style={{ fontSize: 24 }}>{t('title')}</h1>
      <SignInForm onDone={() => navigate(inside(params.get('to')), { replace: true })} />
    </main>
  );
}
