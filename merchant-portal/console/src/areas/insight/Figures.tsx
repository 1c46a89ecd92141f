import { Button, Table } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Empty } from '@/ui/Empty';
import { Section } from '@/ui/Page';
import { save } from '@/ui/Download';
import { csv } from './csv';

type Figure = Schemas['Figure'];
type Props = { title: string; kind: 'line' | 'bar'; figures: Figure[]; nameOf: (f: Figure) => string; column: string; file: string };

// Figures are a chart, its table and its download; what too few shoppers are behind is said to be hidden, never guessed.
export function Figures({ title, kind, figures, nameOf, column, file }: Props) {
  const { t } = useTranslation('insight');
  const place = useRef<HTMLDivElement>(null);
  const shown = figures.filter((f) => !f.hidden).slice(0, kind === 'bar' ? 12 : 400);
  const description = t('described', { title, list: shown.slice(0, 12).map((f) => `${nameOf(f)} ${f.count}`).join('; ') });
  const drawn = JSON.stringify(shown.map((f) => [nameOf(f), f.count]));
  useEffect(() => {
    if (!place.current || drawn === '[]') return;
    const points = JSON.parse(drawn) as [string, number][];
    const style = getComputedStyle(place.current);
    const [ink, line] = [style.getPropertyValue('--quiet').trim(), style.getPropertyValue('--hairline').trim()];
    const names = { type: 'category', data: points.map((p) => p[0]), axisLabel: { color: ink, width: 120, overflow: 'truncate' }, axisLine: { lineStyle: { color: line } }, inverse: kind === 'bar' };
    const counts = { type: 'value', minInterval: 5, axisLabel: { color: ink }, splitLine: { lineStyle: { color: line } } };
    const option = {
      animation: false, aria: { enabled: true, label: { description } }, tooltip: { trigger: 'axis' }, grid: { left: 8, right: 24, top: 16, bottom: 8, containLabel: true },
      xAxis: kind === 'line' ? names : counts, yAxis: kind === 'line' ? counts : names,
      series: [{ type: kind, data: points.map((p) => p[1]), symbolSize: 6, barMaxWidth: 18, itemStyle: { color: ink }, lineStyle: { color: ink } }],
    };
    let end: (() => void) | undefined;
    let left = false;
    void import('./chart').then(({ draw }) => { if (!left && place.current) end = draw(place.current, option); });
    return () => { left = true; end?.(); };
  }, [drawn, description, kind]);
  const download = () => save(new Blob([csv([[column, t('count')], ...figures.map((f) => [nameOf(f), f.hidden ? t('hidden') : String(f.count)])])], { type: 'text/csv' }), `${file}.csv`);
  return (
    <Section title={title} actions={figures.length > 0 && <Button size="small" onClick={download}>{t('download')}</Button>}>
      {figures.length === 0 ? <Empty>{t('none')}</Empty> : (
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(300px, 100%), 1fr))', gap: 16 }}>
          {shown.length > 0 && <div ref={place} role="img" aria-label={description} className="hairline" style={{ height: 280, minWidth: 0 }} />}
          <Table<Figure> size="small" rowKey="key" dataSource={figures} pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false, simple: true }} columns={[
            { title: column, render: (_, f) => nameOf(f) },
            { title: t('count'), align: 'right', render: (_, f) => (f.hidden ? <span className="quiet">{t('hidden')}</span> : <span className="figure">{f.count.toLocaleString()}</span>) },
          ]} />
        </div>
      )}
    </Section>
  );
}
