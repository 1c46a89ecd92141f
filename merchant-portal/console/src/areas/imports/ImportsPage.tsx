import { useQuery } from '@tanstack/react-query';
import { Alert, Flex, Segmented, Upload } from 'antd';
import { InboxOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answer, api } from '@/api/client';
import { Download } from '@/ui/Download';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { useWrite } from '@/ui/useWrite';
import { check, kinds, maxSize, preview, type Kind, type Mapping, type Preview } from './calls';
import { Seen } from './Seen';

type Dropped = { file: File; seen?: Preview; mapping?: Mapping };

// Component takes a spreadsheet, shows how it is read, and has it checked. Nothing is written here.
export function Component() {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const kind: Kind = kinds.find((k) => k === search.get('kind')) ?? 'products';
  const [dropped, setDropped] = useState<Dropped>();
  const [fault, setFault] = useState(''); // why a file is not sent at all
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const write = useWrite({ send: (d: Dropped & { kind: Kind }, key) => check(d.kind, d.file, d.mapping, key), refresh: [['imports'], ['jobs']], onDone: (v) => navigate(`/imports/${v.id}`) });

  const look = async (file: File, of: Kind, mapping?: Mapping) => {
    setError(undefined);
    const large = file.size > maxSize;
    setFault(large ? t('tooLarge', { size: (file.size / 1024 / 1024).toFixed(1) }) : '');
    if (large) return setDropped(undefined);
    setBusy(true);
    try {
      setDropped({ file, mapping, seen: await preview(of, file, mapping) });
    } catch (e) {
      setDropped(undefined);
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  const choose = (of: Kind) => {
    setSearch((old) => { const now = new URLSearchParams(old); now.set('kind', of); return now; }, { replace: true });
    if (dropped) void look(dropped.file, of);
  };

  return (
    <Page title={t('title')} help={t('help')}>
      <Flex gap={12} wrap align="center" style={{ marginBottom: 16 }}>
        <Segmented<Kind> value={kind} onChange={choose} aria-label={t('kind')} options={kinds.map((k) => ({ value: k, label: t(k) }))} />
        <Download href={`/api/v1/imports/templates/${kind}?format=xlsx`}>{t('template', { format: 'XLSX' })}</Download>
        <Download type="text" href={`/api/v1/imports/templates/${kind}?format=csv`}>{t('template', { format: 'CSV' })}</Download>
      </Flex>
      {kind === 'serials' && <p className="quiet" style={{ marginTop: 0 }}>{t('serialsHelp')}</p>}
      <div style={{ marginBottom: 16 }}><Upload.Dragger accept=".xlsx,.csv,.txt" maxCount={1} showUploadList={false} disabled={busy || write.busy}
        beforeUpload={(file) => { void look(file, kind); return false; }}>
        <p style={{ fontSize: 28, margin: 0 }}><InboxOutlined aria-hidden="true" /></p>
        <p style={{ margin: '8px 0' }}>{busy ? t('reading') : dropped ? t('otherFile', { name: dropped.file.name }) : t('drop')}</p>
        <p className="quiet" style={{ margin: 0 }}>{t('dropWhat')}</p>
      </Upload.Dragger></div>
      {fault && <Alert type="error" showIcon role="alert" title={fault} />}
      <ProblemNote error={error} />
      {dropped?.seen && <Seen seen={dropped.seen} write={write} run={() => void write.run({ ...dropped, kind })} map={(mapping) => void look(dropped.file, kind, mapping)} busy={busy} />}
      <Recent />
    </Page>
  );
}

// Recent leads back to imports that were left.
function Recent() {
  const { t } = useTranslation('imports');
  const { t: c } = useTranslation();
  const jobs = useQuery({ queryKey: ['jobs', 'imports'], queryFn: () => answer(api.GET('/api/v1/jobs', { params: { query: { limit: 100 } } })) });
  const own = (jobs.data?.items ?? []).filter((j) => j.kind === 'import').slice(0, 10);
  if (own.length === 0) return null;
  const tone = { queued: 'wait', running: 'wait', done: 'good', failed: 'bad', cancelled: 'bad' } as const;
  return (
    <Section title={t('recent')}>
      <ul className="card-list">
        {own.map((j) => (
          <li key={j.id} className="hairline" style={{ display: 'flex', gap: 16, flexWrap: 'wrap', alignItems: 'center' }}>
            <Link to={`/imports/${j.id}`}>{t('rowsOf', { count: j.total })}</Link>
            <StatusTag tone={tone[j.status]}>{c(`job.${j.status}`)}</StatusTag>
            <span style={{ marginLeft: 'auto' }} className="quiet"><Time at={j.createdAt} /></span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
