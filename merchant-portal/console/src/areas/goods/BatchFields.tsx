import { Alert, AutoComplete, DatePicker, Flex, Form, Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { figure } from '@/app/figure';
import { ProductPicker } from '@/ui/ProductPicker';
import { joined, said } from '@/ui/said';
import type { Fact } from '@/ui/WillStand';
import { BatchMore } from './BatchMore';
import { day, type Draft, unmade, useLotRule } from './draft';
import { batchPath } from './paths';

type Props = { draft: Draft; within?: string[]; lasts?: ReactNode }; // within: where in the form they are; lasts: what an empty date means, beside the shelf life

// BatchFields asks for a batch, whether it is registered by itself or made of others.
export function BatchFields({ draft, within = [], lasts }: Props) {
  const { t } = useTranslation('goods');
  const { me, values, product, taken, fault, left, over, shelf, computed } = draft;
  const lotRule = useLotRule();
  return (
    <>
      <Form.Item name={[...within, 'gtin']} label={t('product')} rules={[{ required: true, message: t('productMissing') }]} extra={<Link to="/goods/new">{t('productNotThere')}</Link>}><ProductPicker owner={me.party} chosen={product} /></Form.Item>
      <Form.Item name={[...within, 'lot']} label={t('lot')} required extra={t('lotRules')} validateStatus={fault || taken ? 'error' : undefined}
        help={fault ? t(`lotFault.${fault}`) : taken ? <>{t('lotTaken')} <Link to={batchPath(taken)}>{t('open')}</Link></> : undefined} rules={[lotRule]}>
        <Input className="id" autoComplete="off" maxLength={30} spellCheck={false} />
      </Form.Item>
      <Form.Item name={[...within, 'quantity']} label={t('quantity')} rules={[{ required: true, message: t('quantityMissing') }]} extra={left === undefined ? t('quotaNone') : t('quotaLeft', { count: Math.max(0, left) })}>
        <InputNumber<number> min={1} max={100_000_000} precision={0} style={{ width: '100%' }} suffix={t('units')} formatter={(v) => (v ? figure(Number(v)) : '')} parser={(v) => Number((v ?? '').normalize('NFKC').replace(/[,\s]/g, ''))} />
      </Form.Item>
      {over && <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t('overQuota')} description={t('overQuotaWhy')} />}
      <Flex gap={16} wrap>
        <Form.Item name={[...within, 'producedOn']} label={t('producedOn')} style={{ flex: '1 1 200px' }} rules={[{ required: true, message: t('producedMissing') }]}>
          <DatePicker style={{ width: '100%' }} disabledDate={unmade} /></Form.Item>
        <Form.Item name={[...within, 'expiresOn']} label={t('expiresOn')} style={{ flex: '1 1 200px' }} extra={lasts ?? (computed ? t('expiresComputed', { days: shelf, on: day(computed) }) : product ? t('expiresNone') : undefined)}>
          <DatePicker style={{ width: '100%' }} placeholder={day(computed)} disabledDate={(d) => !!values?.producedOn && !d.isAfter(values.producedOn, 'day')} /></Form.Item>
      </Flex>
      <Flex gap={16} wrap>
        <Form.Item name={[...within, 'origin']} label={t('origin')} style={{ flex: '1 1 200px' }}><AutoComplete options={product?.origin ? [{ value: product.origin }] : []} maxLength={100} /></Form.Item>
        <Form.Item name={[...within, 'line']} label={t('line')} style={{ flex: '1 1 200px' }}><Input maxLength={100} /></Form.Item>
      </Flex>
      <BatchMore quantity={values?.quantity} within={within} />
    </>
  );
}

// useBatchFacts says in words what of a batch will stand on the ledger. `lastsUntil` is its date where none was typed.
export function useBatchFacts({ values, product, gtin, lot, listed, over }: Draft, lastsUntil?: string): Fact[] {
  const { t } = useTranslation('goods');
  return [
    { label: t('product'), value: product && said(product.name) },
    { label: t('gtin'), value: gtin && <span className="id">{gtin}</span> },
    { label: t('lot'), value: lot && <span className="id">{lot}</span> },
    { label: t('quantity'), value: values?.quantity && t('unitsCount', { count: values.quantity }) },
    { label: t('codes'), value: listed > 0 ? t('serialsRead', { count: listed }) : values?.quantity && t('codesWhy') },
    { label: t('producedOn'), value: day(values?.producedOn) },
    { label: t('expiresOn'), value: day(values?.expiresOn) ?? lastsUntil ?? t('noExpiry') },
    { label: t('origin'), value: values?.origin },
    { label: t('line'), value: values?.line },
    { label: t('markets'), value: values?.markets?.length ? joined(values.markets) : t('marketsAny') },
    ...(values?.legacy ? [{ label: t('legacy'), value: t('legacyWhy') }] : []),
    ...(values?.documents ?? []).map((d) => ({ label: t(`document.${(d?.kind ?? 'other') as 'other'}`), value: d?.hash && <span className="id quiet">SHA-256 {d.hash.slice(0, 12)}…</span> })),
    { label: t('status'), value: over ? t('state.awaiting_approval') : t('state.registered') },
  ];
}
