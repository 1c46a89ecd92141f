import { Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Empty } from '@/ui/Empty';
import { Section } from '@/ui/Page';
import { save } from '@/ui/Download';
import { CountChart } from './CountChart';
import { csv } from './csv';

type Figure = Schemas['Figure'];
type Props = { title: string; kind: 'line' | 'bar'; figures: Figure[]; nameOf: (f: Figure) => string; column: string; file: string };

// Figures are a chart, its table and its download; what too few shoppers are behind is said to be hidden, never guessed.
export function Figures({ title, kind, figures, nameOf, column, file }: Props) {
  const { t } = useTranslation('insight');
  const shown = figures.filter((f) => !f.hidden).slice(0, kind === 'bar' ? 12 : 400);
  const download = () => save(new Blob([csv([[column, t('count')], ...figures.map((f) => [nameOf(f), f.hidden ? t('hidden') : String(f.count)])])], { type: 'text/csv' }), `${file}.csv`);
  return (
    <Section title={title} actions={figures.length > 0 && <Button size="small" onClick={download}>{t('download')}</Button>}>
      {figures.length === 0 ? <Empty>{t('none')}</Empty> : (
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(300px, 100%), 1fr))', gap: 16 }}>
          <CountChart title={title} kind={kind} points={shown.map((f) => [nameOf(f), f.count])} />
          <Table<Figure> size="small" rowKey="key" dataSource={figures} pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false, simple: true }} columns={[
            { title: column, render: (_, f) => nameOf(f) },
            { title: t('count'), align: 'right', render: (_, f) => (f.hidden ? <span className="quiet">{t('hidden')}</span> : <span className="figure">{f.count.toLocaleString()}</span>) },
          ]} />
        </div>
      )}
    </Section>
  );
}
