import { Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { figure } from '@/app/figure';
import { Empty } from '@/ui/Empty';
import { Section } from '@/ui/Page';
import { save } from '@/ui/Download';
import { CountChart, type Point } from './CountChart';
import { csv } from './csv';
import { everyDay } from './period';

type Figure = Schemas['Figure'];
type Props = { title: string; figures: Figure[]; nameOf: (f: Figure) => string; column: string; file: string; period?: { from: string; to: string } };

// Figures are a chart, its table and its download, over time where there is a period; what too few shoppers are behind is said to be hidden, never guessed.
export function Figures({ title, figures, nameOf, column, file, period }: Props) {
  const { t } = useTranslation('insight');
  const points = period ? everyDay(period.from, period.to, figures) : figures.filter((f) => !f.hidden).slice(0, 12).map((f): Point => [nameOf(f), f.count]);
  const download = () => save(new Blob([csv([[column, t('count')], ...figures.map((f) => [nameOf(f), f.hidden ? t('hidden') : String(f.count)])])], { type: 'text/csv' }), `${file}.csv`);
  return (
    <Section title={title} actions={figures.length > 0 && <Button size="small" onClick={download}>{t('download')}</Button>}>
      {figures.length === 0 ? <Empty>{t('none')}</Empty> : (
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(300px, 100%), 1fr))', gap: 16 }}>
          <div style={{ minWidth: 0 }}>
            <CountChart title={title} kind={period ? 'line' : 'bar'} points={points} />
            {period && figures.some((f) => f.hidden) && <p className="quiet" style={{ margin: '4px 0 0' }}>{t('gaps')}</p>}
          </div>
          <Table<Figure> size="small" rowKey="key" dataSource={figures} pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false, simple: true }} columns={[
            { title: column, render: (_, f) => nameOf(f) },
            { title: t('count'), align: 'right', render: (_, f) => (f.hidden ? <span className="quiet">{t('hidden')}</span> : <span className="figure">{figure(f.count)}</span>) },
          ]} />
        </div>
      )}
    </Section>
  );
}
