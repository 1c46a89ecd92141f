import { useQuery } from '@tanstack/react-query';
import { Collapse, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Empty } from '@/ui/Empty';
import { joined } from '@/ui/said';
import { Day } from './Day';
import { Paper } from './Paper';

type Props = { party: string; licences: Schemas['Licence'][]; authorisations: Schemas['Authorisation'][]; prefixes: string[] };

// Papers are a party's licences and authorisations; each opens its document in place.
export function Papers({ party, licences, authorisations, prefixes }: Props) {
  const { t } = useTranslation('platform');
  const hashes = [...licences, ...authorisations].map((p) => p.documentHash).filter((h) => !!h) as string[];
  const documents = useQuery({
    queryKey: ['documents', party, hashes],
    queryFn: () => answer(api.GET('/api/v1/documents', { params: { query: { party, sha256: hashes } } })),
    enabled: hashes.length > 0,
  });
  const rows = [
    ...licences.map((l) => ({ key: `l${l.number}`, title: l.kind, detail: `${l.number} · ${l.issuer}`, validTo: l.validTo, hash: l.documentHash })),
    ...authorisations.map((a) => ({ key: `a${a.prefix}`, title: t('papers.authorisation', { brand: a.brand }), detail: a.prefix, validTo: a.validTo, hash: a.documentHash })),
  ];
  return (
    <>
      {prefixes.length > 0 && <p>{t('papers.prefixes')} <span className="id">{joined(prefixes)}</span></p>}
      {rows.length === 0 ? <Empty>{t('papers.none')}</Empty> : (
        <Collapse defaultActiveKey={rows.slice(0, 1).map((r) => r.key)} items={rows.map((r) => ({
          key: r.key,
          label: <Flex gap={12} wrap><strong style={{ fontWeight: 600 }}>{r.title}</strong><span className="id">{r.detail}</span><Day on={r.validTo} /></Flex>,
          children: <Paper document={documents.data?.find((d) => d.sha256 === r.hash)} pending={documents.isLoading} named={!!r.hash} />,
        }))} />
      )}
    </>
  );
}
