import { Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { language } from '@/app/language';
import { figure } from '@/app/figure';
import { Empty } from '@/ui/Empty';
import { Section } from '@/ui/Page';
import { save } from '@/ui/Download';
import { CountChart } from './CountChart';
import { csv } from './csv';

type Link = Schemas['LinkFigures'];
type Column = { title: string; text: (l: Link) => string };

export const percent = (rate: number) => rate.toLocaleString(language(), { style: 'percent', maximumFractionDigits: 1 });

// Links tell to how many a creator's, a seller's or a campaign's links were shown, and what came of it.
export function Links({ by, links }: { by: Link['by']; links: Link[] }) {
  const { t } = useTranslation('insight');
  const count = (f?: Schemas['Figure']) => (!f ? '' : f.hidden ? t('hidden') : figure(f.count));
  const part = (rate?: number) => (rate === undefined ? t('untold') : percent(rate));
  const nameOf = (l: Link) => l.name?.[language()] || l.name?.['zh-CN'] || l.key;
  const title = t(`links.${by}`);
  const columns: Column[] = [
    { title: t(`linkOf.${by}`), text: nameOf }, { title: t('shown'), text: (l) => count(l.shown) }, { title: t('opened'), text: (l) => count(l.opened) }, { title: t('rate'), text: (l) => part(l.rate) },
    ...(by === 'creator' ? [{ title: t('bought'), text: (l: Link) => count(l.bought) }, { title: t('conversion'), text: (l: Link) => part(l.conversion) }] : []),
  ];
  const download = () => save(new Blob([csv([columns.map((c) => c.title), ...links.map((l) => columns.map((c) => c.text(l)))])], { type: 'text/csv' }), `links-by-${by}.csv`);
  const points = links.filter((l) => !l.opened.hidden).slice(0, 12).map((l): [string, number] => [nameOf(l), l.opened.count]);
  return (
    <Section title={title} actions={links.length > 0 && <Button size="small" onClick={download}>{t('download')}</Button>}>
      {links.length === 0 ? <Empty>{t(`noLinks.${by}`)}</Empty> : <>
        <CountChart title={`${title} (${t('opened')})`} kind="bar" points={points} />
        <div tabIndex={0} role="region" aria-label={title} style={{ overflowX: 'auto', marginTop: 12 }}>
          <Table<Link> size="small" rowKey="key" dataSource={links} pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false, simple: true }}
          columns={columns.map((c, i) => ({ title: c.title, align: i === 0 ? 'left' : 'right', render: (_, l) => <span className={i === 0 ? undefined : 'figure'}>{c.text(l)}</span> }))} />
        </div>
      </>}
    </Section>
  );
}
