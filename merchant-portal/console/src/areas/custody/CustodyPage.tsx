import { useTranslation } from 'react-i18next';
import { Page } from '@/ui/Page';

export function Component() {
  const { t } = useTranslation('custody');
  return <Page title={t('title')}>{null}</Page>;
}
