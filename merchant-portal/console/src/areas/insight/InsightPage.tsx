import { useQuery } from '@tanstack/react-query';
import { Alert, Flex, Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { language } from '@/app/language';
import { Waiting } from '@/app/Waiting';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { Figures } from './Figures';
import { Links, percent } from './Links';

const periods = [7, 30, 90, 365] as const;
type Period = (typeof periods)[number];

// InsightPage tells what scans add up to; of groups under five it tells nothing.
export function Component() {
  const { t } = useTranslation('insight');
  const [params, setParams] = useSearchParams();
  const days = (periods.find((p) => String(p) === params.get('days')) ?? 30) as Period;
  const gtin = params.get('gtin') ?? '';
  const set = (name: string, value: string) => setParams((p) => { if (value) p.set(name, value); else p.delete(name); return p; });
  const insight = useQuery({ queryKey: ['insight', days, gtin], queryFn: () => answer(api.GET('/api/v1/insight', { params: { query: { days, ...(gtin ? { gtin } : {}) } } })) });
  const v = insight.data;
  const step = (f: Schemas['Figure']) => t(`step.${f.key as 'scanned'}`);
  return (
    <Page title={t('title')} help={t('help')}>
      <Flex gap={12} wrap style={{ marginBottom: 20 }}>
        <Segmented<Period> aria-label={t('period')} value={days} onChange={(d) => set('days', String(d))} options={periods.map((p) => ({ value: p, label: t('days', { count: p }) }))} />
        <Input.Search key={gtin} allowClear defaultValue={gtin} placeholder={t('gtin')} aria-label={t('gtin')} style={{ width: 240 }} onSearch={(text) => set('gtin', text.trim())} />
      </Flex>
      <ProblemNote error={insight.error} retry={() => void insight.refetch()} />
      {insight.isPending && <Waiting />}
      {v && <>
        <p className="quiet">{t('from', { from: v.from, to: v.to })}</p>
        {v.unusual.length > 0 && <Alert type="warning" showIcon style={{ marginBottom: 20 }} message={t('unusual')}
          description={v.unusual.map((u) => t('unusualPlace', { place: u.key, count: u.count, before: u.before })).join(t('then'))} />}
        <Figures title={t('overTime')} period={v} figures={v.days} nameOf={(f) => f.key} column={t('day')} file="scans-by-day" />
        <Figures title={t('steps')} figures={v.steps} nameOf={step} column={t('stepColumn')} file="steps" />
        {v.complaintRate !== undefined && <p>{t('complaintRate', { rate: percent(v.complaintRate) })}</p>}
        <Figures title={t('byPlace')} figures={v.places} nameOf={(f) => f.key || t('nowhere')} column={t('place')} file="scans-by-place" />
        <Figures title={t('goods')} figures={v.goods} nameOf={(f) => f.name?.[language()] || f.name?.['zh-CN'] || f.key} column={t('product')} file="scans-by-product" />
        {(['creator', 'seller', 'campaign'] as const).map((by) => <Links key={by} by={by} links={v.links.filter((l) => l.by === by)} />)}
      </>}
    </Page>
  );
}
