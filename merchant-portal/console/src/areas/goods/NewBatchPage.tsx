import { useQuery } from '@tanstack/react-query';
import { Alert, AutoComplete, DatePicker, Flex, Form, Input, InputNumber } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { useMe } from '@/app/session';
import { figure } from '@/app/figure';
import { Page } from '@/ui/Page';
import { ProductPicker } from '@/ui/ProductPicker';
import { joined, said } from '@/ui/said';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { BatchMore, type More } from './BatchMore';
import { lotFault } from './lot';
import { batchPath } from './paths';
import { serialsIn } from './serials';
import { lotTakenQuery, partyQuery, productQuery } from './queries';

type Values = { gtin: string; lot: string; quantity: number; producedOn: Dayjs; expiresOn?: Dayjs | null; origin?: string; line?: string } & More;

const day = (d?: Dayjs | null) => d?.format('YYYY-MM-DD');

const bodyOf = ({ producedOn, expiresOn, serials, markets, legacy, documents, ...rest }: Values): Schemas['NewBatch'] => {
  const listed = serialsIn(serials);
  return { ...rest, producedOn: day(producedOn) ?? '', expiresOn: day(expiresOn), legacy: legacy ?? false, markets: markets?.length ? markets : undefined,
    documents: documents?.length ? documents : undefined, serials: listed.length ? listed : undefined };
};

// Component registers a batch and all its units.
export function Component() {
  const { t } = useTranslation('goods');
  const me = useMe();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch([], form) as Partial<Values> | undefined;
  const gtin = values?.gtin ?? search.get('gtin') ?? '';
  const lot = (values?.lot ?? '').trim();
  const product = useQuery(productQuery(gtin));
  const taken = useQuery(lotTakenQuery(gtin, lotFault(lot) ? '' : lot));
  const party = useQuery(partyQuery(me.party));
  const left = useQuotaLeft(me.party, party.data?.dailyQuota ?? 0);
  const write = useLedgerWrite('registerBatch', {
    send: (v: Values, key) => api.POST('/api/v1/batches', { body: bodyOf(v), params: { header: key } }),
    form, refresh: [['batches'], ['products']], onDone: (_, v) => navigate(batchPath(v), { replace: true }), onSettled: (_, v) => navigate(batchPath(v), { replace: true }),
  });
  const shelf = product.data?.shelfLifeDays;
  const computed = values?.producedOn && shelf ? values.producedOn.add(shelf, 'day') : null;
  const over = left !== undefined && (values?.quantity ?? 0) > left;
  const listed = useMemo(() => serialsIn(values?.serials).length, [values?.serials]);
  const fault = lot ? lotFault(lot) : null;
  const expires = values?.expiresOn ?? computed;
  return (
    <Page title={t('newBatch')} crumbs={[{ title: t('batches'), to: '/batches' }]}>
      <Flex gap={40} wrap align="start">
        <Form form={form} layout="vertical" style={{ flex: '1 1 420px', maxWidth: 560 }} onFinish={(v) => void write.run({ ...v, lot: v.lot.trim() })} scrollToFirstError={{ focus: true }} disabled={write.busy}
          initialValues={{ gtin: search.get('gtin') ?? undefined, producedOn: dayjs() }}>
          <WriteNote write={write} />
          <Form.Item name="gtin" label={t('product')} rules={[{ required: true, message: t('productMissing') }]} extra={<Link to="/goods/new">{t('productNotThere')}</Link>}><ProductPicker owner={me.party} chosen={product.data} /></Form.Item>
          <Form.Item name="lot" label={t('lot')} required extra={t('lotRules')} validateStatus={fault || taken.data ? 'error' : undefined}
            help={fault ? t(`lotFault.${fault}`) : taken.data ? <>{t('lotTaken')} <Link to={batchPath(taken.data)}>{t('open')}</Link></> : undefined}
            rules={[{ validator: (_, v: string) => { const f = lotFault((v ?? '').trim()); return f ? Promise.reject(new Error(t(`lotFault.${f}`))) : Promise.resolve(); } }]}>
            <Input className="id" autoComplete="off" maxLength={30} spellCheck={false} />
          </Form.Item>
          <Form.Item name="quantity" label={t('quantity')} rules={[{ required: true, message: t('quantityMissing') }]} extra={left === undefined ? t('quotaNone') : t('quotaLeft', { count: Math.max(0, left) })}>
            <InputNumber<number> min={1} max={100_000_000} precision={0} style={{ width: '100%' }} suffix={t('units')} formatter={(v) => (v ? figure(Number(v)) : '')} parser={(v) => Number((v ?? '').normalize('NFKC').replace(/[,\s]/g, ''))} />
          </Form.Item>
          {over && <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t('overQuota')} description={t('overQuotaWhy')} />}
          <Flex gap={16} wrap>
            <Form.Item name="producedOn" label={t('producedOn')} style={{ flex: '1 1 200px' }} rules={[{ required: true, message: t('producedMissing') }]}>
              <DatePicker style={{ width: '100%' }} disabledDate={(d) => d.isAfter(dayjs(), 'day') || d.year() < 1990} /></Form.Item>
            <Form.Item name="expiresOn" label={t('expiresOn')} style={{ flex: '1 1 200px' }} extra={computed ? t('expiresComputed', { days: shelf, on: day(computed) }) : product.data ? t('expiresNone') : undefined}>
              <DatePicker style={{ width: '100%' }} placeholder={day(computed)} disabledDate={(d) => !!values?.producedOn && !d.isAfter(values.producedOn, 'day')} /></Form.Item>
          </Flex>
          <Flex gap={16} wrap>
            <Form.Item name="origin" label={t('origin')} style={{ flex: '1 1 200px' }}><AutoComplete options={product.data?.origin ? [{ value: product.data.origin }] : []} maxLength={100} /></Form.Item>
            <Form.Item name="line" label={t('line')} style={{ flex: '1 1 200px' }}><Input maxLength={100} /></Form.Item>
          </Flex>
          <BatchMore quantity={values?.quantity} />
          <WriteButton write={write} disabled={!!taken.data}>{t('register')}</WriteButton>
        </Form>
        <div style={{ flex: '1 1 300px', maxWidth: 480 }}>
          <WillStand stands={write.stands} facts={[
            { label: t('product'), value: product.data && said(product.data.name) },
            { label: t('gtin'), value: gtin && <span className="id">{gtin}</span> },
            { label: t('lot'), value: lot && <span className="id">{lot}</span> },
            { label: t('quantity'), value: values?.quantity && t('unitsCount', { count: values.quantity }) },
            { label: t('codes'), value: listed > 0 ? t('serialsRead', { count: listed }) : values?.quantity && t('codesWhy') },
            { label: t('producedOn'), value: day(values?.producedOn) },
            { label: t('expiresOn'), value: expires ? day(expires) : t('noExpiry') },
            { label: t('origin'), value: values?.origin },
            { label: t('line'), value: values?.line },
            { label: t('markets'), value: values?.markets?.length ? joined(values.markets) : t('marketsAny') },
            ...(values?.legacy ? [{ label: t('legacy'), value: t('legacyWhy') }] : []),
            ...(values?.documents ?? []).map((d) => ({ label: t(`document.${(d?.kind ?? 'other') as 'other'}`), value: d?.hash && <span className="id quiet">SHA-256 {d.hash.slice(0, 12)}…</span> })),
            { label: t('status'), value: over ? t('state.awaiting_approval') : t('state.registered') },
          ]} />
        </div>
      </Flex>
    </Page>
  );
}

// useQuotaLeft is how many units the party may still register today without being asked; undefined where there is no bound.
function useQuotaLeft(party: string, quota: number): number | undefined {
  const today = useQuery({ queryKey: ['batches', party, 'today'], enabled: quota > 0,
    queryFn: () => answer(api.GET('/api/v1/batches', { params: { query: { producer: party, sort: '-registeredAt', limit: 200 } } })) });
  if (!quota || !today.data) return undefined;
  const shanghai = (at: string | Date) => new Date(new Date(at).getTime() + 8 * 3600_000).toISOString().slice(0, 10);
  const used = today.data.items.filter((b) => b.status === 'registered' && shanghai(b.registeredAt) === shanghai(new Date())).reduce((n, b) => n + b.quantity, 0);
  return quota - used;
}
