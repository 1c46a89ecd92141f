import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { said } from '@/ui/said';
import { productQuery } from '../queries';
import { Editor } from './Editor';
import { presentationQuery } from './queries';

// Component is where a brand writes what shoppers see of a product, beside the shopper's own page.
export function Component() {
  const { t } = useTranslation('presentation');
  const { gtin = '' } = useParams();
  const product = useQuery(productQuery(gtin));
  const kept = useQuery(presentationQuery(gtin));
  const name = product.data ? said(product.data.name) : gtin;
  const error = product.error ?? kept.error;
  return (
    <Page title={t('title')} crumbs={[{ title: t('goods'), to: '/goods' }, { title: name, to: `/goods/${gtin}` }]} help={t('help')}>
      <ProblemNote error={error} retry={() => { void product.refetch(); void kept.refetch(); }} />
      {!error && !(product.data && kept.data) && <Skeleton active />}
      {product.data && kept.data && <Editor key={gtin} product={product.data} kept={kept.data} />}
    </Page>
  );
}
