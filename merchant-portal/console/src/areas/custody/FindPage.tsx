import { useQuery } from '@tanstack/react-query';
import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag } from '@/ui/StatusTag';
import { Place } from './Place';
import { ScanField } from './scan/ScanField';

type Unit = Schemas['NamedUnit'];

// Any code finds its unit or container: scanned, typed, or only its last six characters.
export function Component() {
  const { t, i18n } = useTranslation('custody');
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const [search, setSearch] = useSearchParams();
  const code = search.get('code') ?? '';
  const found = useQuery({ queryKey: ['resolve', code], enabled: code !== '', queryFn: () => answer(api.POST('/api/v1/units/resolve', { body: { codes: [code] } })) });
  const one = found.data?.items[0];
  return (
    <Page title={t('find.title')} crumbs={[{ title: t('title'), to: '/custody' }]} help={t('find.help')}>
      <div style={{ maxWidth: 560 }}>
        <ScanField label={t('find.field')} onCode={(next) => setSearch({ code: next })} />
        <ProblemNote error={found.error} retry={() => void found.refetch()} />
        <div aria-live="polite" style={{ marginTop: 16 }}>
          {one?.fault && !one.choices && <p><StatusTag tone="bad">{t('scan.notFound')}</StatusTag> {one.fault.messages[language] || one.fault.message}</p>}
          {one?.choices && <p>{t('find.several', { count: one.choices.length })}</p>}
          {one?.sscc && <p>{t('scan.container')} <Link className="figure" to={`/custody/containers/${one.sscc}`}>{one.sscc}</Link></p>}
          <Flex vertical gap={8}>{(one?.choices ?? (one?.unit ? [one.unit] : [])).map((u) => <UnitCard key={`${u.gtin}/${u.lot}/${u.index}`} unit={u} language={language} code={code} />)}</Flex>
        </div>
      </div>
    </Page>
  );
}

function UnitCard({ unit, language, code }: { unit: Unit; language: 'zh-CN' | 'en'; code: string }) {
  const { t } = useTranslation('custody');
  return (
    <div className="hairline" style={{ padding: 16, borderRadius: 12 }}>
      <strong>{unit.name[language] || unit.name['zh-CN']}</strong>
      <div className="quiet figure">{unit.gtin} · {unit.lot} · {t('scan.piece', { number: unit.index + 1 })}</div>
      <div style={{ margin: '8px 0' }}><Place holding={unit.holding} /></div>
      <Link to={`/batches/${unit.gtin}/${encodeURIComponent(unit.lot)}?unit=${encodeURIComponent(unit.serial ?? code)}`}>{t('find.story')}</Link>
    </div>
  );
}
