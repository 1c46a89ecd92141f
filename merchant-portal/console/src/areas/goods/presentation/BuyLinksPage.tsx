import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { said } from '@/ui/said';
import { useWrite } from '@/ui/useWrite';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { productQuery } from '../queries';
import { linksOf, type Values } from './body';
import { BuyLinks } from './Links';

// linksQuery is not read again by itself: the form begins with what it gave.
const linksQuery = (gtin: string) => queryOptions({
  queryKey: ['buy-links', gtin], staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false,
  queryFn: () => answer(api.GET('/api/v1/products/{gtin}/buy-links', { params: { path: { gtin } } })),
});

// Component is where a seller says where it sells a product of somebody else's, which it has or has had in hand.
export function Component() {
  const { t } = useTranslation('presentation');
  const { gtin = '' } = useParams();
  const product = useQuery(productQuery(gtin));
  const kept = useQuery(linksQuery(gtin));
  return (
    <Page title={t('own.title')} crumbs={[{ title: t('goods'), to: '/goods' }, { title: product.data ? said(product.data.name) : gtin, to: `/goods/${gtin}` }]} help={t('own.help')}>
      <ProblemNote error={product.error ?? kept.error} retry={() => { void product.refetch(); void kept.refetch(); }} />
      {kept.isPending && <Skeleton active />}
      {kept.data && <Links key={gtin} kept={kept.data} />}
    </Page>
  );
}

type Own = { links: NonNullable<Values['buy']> };

function Links({ kept }: { kept: Schemas['BuyLinks'] }) {
  const { t } = useTranslation('presentation');
  const queries = useQueryClient();
  const [form] = Form.useForm<Own>();
  const write = useWrite({
    send: ({ links }: Own) => api.PUT('/api/v1/products/{gtin}/buy-links', { params: { path: { gtin: kept.gtin } }, body: { links: linksOf(links) } }),
    form, onDone: (now) => queries.setQueryData(linksQuery(kept.gtin).queryKey, now),
  });
  return (
    <Form form={form} layout="vertical" initialValues={{ links: kept.links }} onValuesChange={write.reset} onFinish={(v) => void write.run(v)} scrollToFirstError={{ focus: true }} disabled={write.busy} style={{ maxWidth: 620 }}>
      <WriteNote write={write} />
      {kept.links.length === 0 && <p className="quiet" style={{ marginTop: 0 }}>{t('own.none')}</p>}
      <BuyLinks name="links" own />
      {write.done && <Alert type="success" showIcon role="status" style={{ marginBottom: 16 }} title={t('own.kept')} />}
      <WriteButton write={write}>{t('own.send')}</WriteButton>
    </Form>
  );
}
