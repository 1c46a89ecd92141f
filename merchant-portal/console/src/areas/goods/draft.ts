// What is known of a batch while it is typed.
import { useQuery } from '@tanstack/react-query';
import dayjs, { type Dayjs } from 'dayjs';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { useMe } from '@/app/session';
import type { More } from './BatchMore';
import { lotFault } from './lot';
import { lotTakenQuery, partyQuery, productQuery } from './queries';
import { serialsIn } from './serials';

export type BatchValues = { gtin: string; lot: string; quantity: number; producedOn: Dayjs; expiresOn?: Dayjs | null; origin?: string; line?: string } & More;
export type Draft = ReturnType<typeof useDraft>;

export const day = (d?: Dayjs | null) => d?.format('YYYY-MM-DD');

// batchBody is the batch as it is sent.
export function batchBody({ lot, producedOn, expiresOn, serials, markets, legacy, documents, ...rest }: BatchValues): Schemas['NewBatch'] {
  const listed = serialsIn(serials);
  return { ...rest, lot: lot.trim(), producedOn: day(producedOn) ?? '', expiresOn: day(expiresOn), legacy: legacy ?? false, markets: markets?.length ? markets : undefined,
    documents: documents?.length ? documents : undefined, serials: listed.length ? listed : undefined };
}

// useDraft gives the batch's product, whether its lot is free, until when it lasts, and what of the day's quota is left.
export function useDraft(values: Partial<BatchValues> | undefined, gtin: string) {
  const me = useMe();
  const lot = (values?.lot ?? '').trim();
  const fault = lot ? lotFault(lot) : null;
  const product = useQuery(productQuery(gtin)).data;
  const taken = useQuery(lotTakenQuery(gtin, lotFault(lot) ? '' : lot)).data;
  const left = useQuotaLeft(me.party, useQuery(partyQuery(me.party)).data?.dailyQuota ?? 0);
  const shelf = product?.shelfLifeDays;
  const computed = values?.producedOn && shelf ? values.producedOn.add(shelf, 'day') : null;
  const listed = useMemo(() => serialsIn(values?.serials).length, [values?.serials]);
  return { me, values, gtin, lot, fault, product, taken, left, shelf, computed, listed, over: left !== undefined && (values?.quantity ?? 0) > left };
}

// useLotRule refuses a lot that GS1 does not allow.
export function useLotRule() {
  const { t } = useTranslation('goods');
  return { validator: (_: unknown, v?: string) => { const f = lotFault((v ?? '').trim()); return f ? Promise.reject(new Error(t(`lotFault.${f}`))) : Promise.resolve(); } };
}

// unmade tells of a day that nothing can have been produced on.
export const unmade = (d: Dayjs) => d.isAfter(dayjs(), 'day') || d.year() < 1990;

// useQuotaLeft is how many units the party may still register today without being asked; undefined where there is no bound.
function useQuotaLeft(party: string, quota: number): number | undefined {
  const today = useQuery({ queryKey: ['batches', party, 'today'], enabled: quota > 0,
    queryFn: () => answer(api.GET('/api/v1/batches', { params: { query: { producer: party, sort: '-registeredAt', limit: 200 } } })) });
  if (!quota || !today.data) return undefined;
  const shanghai = (at: string | Date) => new Date(new Date(at).getTime() + 8 * 3600_000).toISOString().slice(0, 10);
  const used = today.data.items.filter((b) => b.status === 'registered' && shanghai(b.registeredAt) === shanghai(new Date())).reduce((n, b) => n + b.quantity, 0);
  return quota - used;
}
