import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown, Flex, Input, Popover } from 'antd';
import { DownOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { answer, api } from '@/api/client';
import { useSay } from './Problem';

// withoutPage is what of an address makes a view: what is searched, filtered and sorted, not where the page begins.
export function withoutPage(search: string): string {
  const query = new URLSearchParams(search);
  for (const name of ['after', 'tx', 'lang']) query.delete(name);
  query.sort();
  return query.toString();
}

// SavedViews keeps a list's searches, filters and order under names of one's own; each is a link like any other.
export function SavedViews({ list }: { list: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const say = useSay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const here = withoutPage(useLocation().search);
  const [name, setName] = useState('');
  const [open, setOpen] = useState(false);
  const key = ['views', list];
  const views = useQuery({ queryKey: key, queryFn: () => answer(api.GET('/api/v1/views', { params: { query: { list } } })) });
  const change = async (call: Promise<unknown>) => {
    try {
      await call;
      setName('');
      setOpen(false);
      await queries.invalidateQueries({ queryKey: key });
    } catch (e) {
      const { title, detail } = say(e);
      void message.error(`${title} ${detail}`);
    }
  };
  const save = () => name.trim() && void change(api.POST('/api/v1/views', { body: { list, name: name.trim(), query: here } }));
  const current = views.data?.find((v) => withoutPage(v.query) === here);
  const items = (views.data ?? []).map((v) => ({ key: v.id, label: v.name }));
  return (
    <Flex gap={8} wrap>
      {items.length > 0 && (
        <Dropdown trigger={['click']} menu={{ items, selectedKeys: current ? [current.id] : [], onClick: ({ key: id }) => navigate({ search: views.data?.find((v) => v.id === id)?.query }) }}>
          <Button>{current?.name ?? t('views.mine')} <DownOutlined /></Button>
        </Dropdown>
      )}
      {current && <Button type="text" onClick={() => void change(api.DELETE('/api/v1/views/{id}', { params: { path: { id: current.id } } }))}>{t('views.forget')}</Button>}
      {!current && here && (
        <Popover trigger="click" open={open} onOpenChange={setOpen} content={
          <Flex gap={8}>
            <Input autoFocus maxLength={60} value={name} aria-label={t('views.name')} placeholder={t('views.name')} onChange={(e) => setName(e.target.value)} onPressEnter={save} />
            <Button type="primary" disabled={!name.trim()} onClick={save}>{t('views.save')}</Button>
          </Flex>}>
          <Button type="text">{t('views.keep')}</Button>
        </Popover>
      )}
    </Flex>
  );
}
