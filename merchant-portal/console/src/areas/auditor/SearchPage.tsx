import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answer, api } from '@/api/client';
import { useMe } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { HitRow } from './HitRow';
import { pathOf } from './hits';

// SearchPage finds whatever a text names; one single find is opened at once.
export function Component() {
  const { t } = useTranslation('auditor');
  const me = useMe();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  const found = useQuery({ queryKey: ['search', q], queryFn: () => answer(api.GET('/api/v1/search', { params: { query: { q } } })), enabled: q !== '' });
  const hits = found.data?.hits ?? [];
  const only = hits.length === 1 && params.has('go') ? pathOf(hits[0]!) : undefined;
  useEffect(() => { if (only) void navigate(only, { replace: true }); }, [only, navigate]);
  const supervises = me.role === 'platform' || me.role === 'auditor';
  return (
    <Page title={t('title')} help={t('help')} actions={supervises && <Link to="/auditor/health"><Button>{t('health.title')}</Button></Link>}>
      <form role="search" onSubmit={(e) => { e.preventDefault(); setParams(text.trim() ? { q: text.trim(), go: '1' } : {}); }} style={{ maxWidth: 720, marginBottom: 24 }}>
        <Input.Search size="large" allowClear autoFocus value={text} placeholder={t('placeholder')} aria-label={t('placeholder')} enterButton={t('find')}
          onChange={(e) => setText(e.target.value)} onSearch={(value) => setParams(value.trim() ? { q: value.trim(), go: '1' } : {})} />
      </form>
      <ProblemNote error={found.error} retry={() => void found.refetch()} />
      {found.isLoading && <Waiting />}
      {found.isSuccess && hits.length === 0 && <p className="quiet" role="status">{t('nothing', { q })}</p>}
      {q === '' && <ul className="quiet" style={{ lineHeight: 2 }}>{(['gtin', 'lot', 'serial', 'ending', 'sscc', 'party', 'tx', 'label'] as const).map((kind) => <li key={kind}>{t(`by.${kind}`)}</li>)}</ul>}
      {hits.length > 0 && <ul className="card-list" aria-label={t('found')}>{hits.map((h) => <HitRow key={h.kind + h.id} hit={h} />)}</ul>}
    </Page>
  );
}
