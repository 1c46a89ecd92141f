import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useEnter } from './after';
import { Door } from './Door';
import SignInForm, { SsoProblem } from './SignInForm';

export function Component() {
  const { t } = useTranslation('signin');
  const [params] = useSearchParams();
  const problem = params.get('problem');
  return (
    <Door title={t('title')}>
      {problem && <SsoProblem code={problem} />}
      <SignInForm onDone={useEnter()} />
      <p style={{ marginTop: 32 }}>{t('noAccount')} <Link to="/signup">{t('signUp')}</Link></p>
      <p className="quiet">{t('lost')}</p>
    </Door>
  );
}
