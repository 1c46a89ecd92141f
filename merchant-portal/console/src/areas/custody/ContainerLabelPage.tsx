import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Page } from '@/ui/Page';
import { SsccLabel } from './SsccLabel';

// The label of a case or a pallet, printed again where it was damaged.
export function Component() {
  const { t } = useTranslation('custody');
  const { sscc = '' } = useParams();
  return (
    <Page title={t('pack.label')} crumbs={[{ title: t('title'), to: '/custody' }]}>
      {/^[0-9]{18}$/.test(sscc) ? <SsccLabel sscc={sscc} /> : <p>{t('pack.ssccForm')}</p>}
    </Page>
  );
}
