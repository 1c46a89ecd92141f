import { useTranslation } from 'react-i18next';

// Or stands between two ways in.
export function Or() {
  const { t } = useTranslation('signin');
  return <div className="or">{t('or')}</div>;
}
