import { Button, Flex, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ListState, sizes } from './listState';

// ListPager goes on and back. It is not shown where everything fits on one page.
export function ListPager({ state, count, next, total, more }: { state: ListState; count: number; next?: string; total?: number; more?: boolean }) {
  const { t } = useTranslation();
  const { previous, first, params } = state;
  if (!next && !first && count <= 20) return null;
  return (
    <Flex gap={8} align="center" justify="end" wrap component="nav" aria-label={t('list.pages')}>
      <span className="quiet figure">{total === undefined ? t('list.shown', { count }) : t(more ? 'list.totalMore' : 'list.total', { total })}</span>
      <Select aria-label={t('list.size')} value={params.limit} options={sizes.map((s) => ({ value: s, label: t('list.perPage', { count: s }) }))} onChange={(s) => state.set({ limit: String(s) })} />
      {first && <Button onClick={previous ?? first}>{previous ? t('list.previous') : t('list.first')}</Button>}
      <Button disabled={!next} onClick={() => next && state.next(next)}>{t('list.next')}</Button>
    </Flex>
  );
}
